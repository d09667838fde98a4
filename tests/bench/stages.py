"""An import as the app does it, and where its time goes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from opsdata.intake import check, importer, load, reader, text, workbook
from opsdata.intake.child import Reader
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.limits import COMMAND_LINE
from opsdata.intake.receipt import Status
from opsdata.intake.staging import Staging
from opsdata.sample.bulk import bulk
from opsdata.sample.cells import save
from opsdata.store import Session, Store, scratch
from tests.bench.resources import Cost, spent

Parts = dict[str, float]

_OURS: tuple[tuple[Any, str, str], ...] = (
    (importer, "file_digest", "hash"),
    (Importer, "_keep", "archive"),
    (Reader, "read", "reading process, whole"),
    (Staging, "_stage", "stage"),
    (check, "draft", "judge"),
    (load, "append", "write"),
)
_CHILDS: tuple[tuple[Any, str, str], ...] = (
    (text, "decode", "decode, count lines"),
    (text, "layout", "find the header"),
    (workbook, "look_through", "look through the XML"),
    (workbook, "_cells", "cells to Arrow"),
    (reader, "clean", "parse and clean"),
    (reader, "save", "hand over"),
)


def imported(file: Path, folder: Path) -> tuple[Cost, Parts]:
    """Return what one import costs from bytes to receipt, its child ready, and its parts."""
    store = Store(folder / "ops.duckdb")
    small = folder / f"作品列表导出-20261115{file.suffix}"
    save(small, bulk(10, 2))
    with importer.importer(store, folder / "archive") as one, ExitStack() as stack:
        one.receive(small)
        child = one._reader.start().pid
        parts: Parts = {}
        for owner, name, part in _OURS:
            stack.enter_context(_timed(owner, name, part, parts))
        stack.enter_context(_timed(Session, "do", "commit", parts, lambda a: a[1] == "commit"))

        def take() -> None:
            receipt = one.take(file, Wish("量速号"), "bench")[0]
            assert receipt.status is Status.DONE
            assert receipt.new == receipt.rows

        cost = spent(take, child)
    store.close()
    parts["rest"] = cost.wall - sum(parts.values())
    return cost, parts | _reading(file, folder)


def _reading(file: Path, folder: Path) -> Parts:
    """Return the parts of what the child does, from doing it again in this process."""
    parts: Parts = {}
    made = folder / "again"
    made.mkdir()
    with scratch(file.parent, made) as session, ExitStack() as stack:
        for owner, name, part in _CHILDS:
            stack.enter_context(_timed(owner, name, f"  reading: {part}", parts))
        reader.read(file, file.name, made, COMMAND_LINE, session)
    return parts


@contextmanager
def _timed(
    owner: Any,
    name: str,
    part: str,
    parts: Parts,
    counts: Callable[[tuple[Any, ...]], bool] = lambda _: True,
) -> Iterator[None]:
    """Add the seconds of every call of a function to a part."""
    plain = getattr(owner, name)

    def watched(*arguments: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return plain(*arguments, **named)
        finally:
            if counts(arguments):
                parts[part] = parts.get(part, 0.0) + time.perf_counter() - start

    with patch.object(owner, name, watched):
        yield
