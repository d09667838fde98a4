"""What each analysis and each question of a page costs over a large team, none answered before."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.testing.v1 import AppTest

from opsdata.analyse import ANALYSES
from opsdata.analyse.asked import Asked
from opsdata.store import Store
from opsdata.ui import data
from opsdata.ui.frame import PLACES
from tests.bench import crowd
from tests.bench.pages import ROOT
from tests.bench.resources import Cost, spent

_SHOWN = 0.15
"""Questions of pages that cost more processor seconds are printed."""


def run(folder: Path, works: int) -> Iterator[str]:
    """Yield what comments cost at import, then each analysis, then the pages' questions."""
    path = folder / "sample.duckdb"
    if not path.exists():
        costs = crowd.build(path, works, works)
        total = sum(one.processor for one in costs.values())
        wall = sum(one.wall for one in costs.values())
        yield f"{works:,} comments at import: {wall:.2f} s, processor {total:.2f} s"
    store = Store(path)
    bare = spent(lambda: store.one("select sum(views) from video_snapshot"))
    yield f"{'bare scan of the snapshots':<54}{_line(bare, bare)}"
    for name, analysis in ANALYSES.items():
        cost = spent(lambda analysis=analysis: analysis(store, Asked()))  # type: ignore[misc]
        yield f"{'analyse ' + name:<54}{_line(cost, bare)}"
    store.remember("sample_complete", "yes")
    store.remember("sample", "small")
    store.close()
    yield from _pages(folder, bare)


def _line(cost: Cost, bare: Cost) -> str:
    ratio = cost.wall / max(bare.wall, 1e-3)
    return f"{cost.wall:>7.2f} s, processor {cost.processor:>6.2f} s{ratio:>9.0f}×"


def _pages(folder: Path, bare: Cost) -> Iterator[str]:
    """Yield the dear questions of every page, each asked in the first visit."""
    os.environ["OPSDATA_DB"] = str(folder / "ops.duckdb")
    for place in PLACES:
        st.cache_data.clear()
        costs: dict[str, Cost] = {}
        with patch.object(data, "_answer", _watched(costs)):
            whole = spent(lambda key=place.key: _visit(key))  # type: ignore[misc]
        yield f"{'page ' + place.key:<54}{_line(whole, bare)}"
        dear = (pair for pair in costs.items() if pair[1].processor > _SHOWN)
        for name, cost in sorted(dear, key=lambda pair: -pair[1].processor):
            yield f"{'    ' + name:<54}{_line(cost, bare)}"
    data.installation().close()


def _visit(key: str) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    if key != PLACES[0].key:
        app.switch_page(f"pages/{key}.py")
    app.run()
    assert not app.exception, (key, app.exception)


def _watched(costs: dict[str, Cost]) -> Callable[..., Any]:
    """Return what answers like the cache, and writes down what each question cost."""
    known: dict[Any, Any] = {}

    def answer(at: data.Stamp, name: str, args: tuple[Any, ...]) -> Any:
        key = (at, name, args)
        if key not in known:
            start, used = time.perf_counter(), time.process_time()
            known[key] = data._questions[name](data.store(), *args)
            cost = Cost(time.perf_counter() - start, time.process_time() - used, 0)
            worst = costs.get(name)
            costs[name] = cost if worst is None or worst.processor < cost.processor else worst
        return known[key]

    return answer
