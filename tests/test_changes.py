"""Why a number changed: parts that add up, causes that are found, reasons when it is unfair."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from opsdata.analysis import changes
from opsdata.analysis.explain import basis_for, explain
from opsdata.filters import Filters
from opsdata.metrics import Basis
from opsdata.store import Store
from tests import exports
from tests.conftest import Take


def works(values: list[float], fresh: bool = True, account: str = "甲") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "video": [f"{account}{i}{fresh}" for i in range(len(values))],
            "title": [f"作品{i}" for i in range(len(values))],
            "account": account,
            "group": account,
            "genre": "图文",
            "fresh": fresh,
            "value": np.array(values, dtype=float),
        }
    )


def count(now: pd.DataFrame, before: pd.DataFrame) -> dict[str, float]:
    parts = changes.of_count(now, before, now["value"].sum(), before["value"].sum())
    total = now["value"].sum() - before["value"].sum()
    assert sum(part.amount for part in parts) == pytest.approx(total, abs=1e-9 * max(1, abs(total)))
    sums: dict[str, float] = {}
    for part in parts:
        sums[part.kind] = sums.get(part.kind, 0) + part.amount
    return sums


def test_twice_as_many_works_of_the_same_size_is_all_posts() -> None:
    assert count(works([100] * 4), works([100] * 2)) == {"posts": 200}


def test_as_many_works_that_bring_more_is_all_per_post() -> None:
    assert count(works([150] * 4), works([100] * 4)) == {"per_post": 200}


def test_a_hit_is_named_and_taken_out_of_the_typical_work() -> None:
    parts = changes.of_count(
        works([100, 110, 90, 105, 5000]), works([100, 110, 90, 105]), 5405, 405
    )
    assert [(p.kind, p.name, p.amount) for p in parts] == [("hit", "作品4", 5000)]


def test_older_works_are_the_tail() -> None:
    now = pd.concat([works([100] * 3), works([40, 60], fresh=False)])
    assert count(now, works([100] * 3)) == {"tail": 100}


def test_what_official_totals_hold_beyond_the_works_is_unexplained() -> None:
    parts = changes.of_count(works([100] * 3), works([100] * 3), 400, 330)
    assert [(p.kind, p.amount) for p in parts] == [("unexplained", 70)]


def test_parts_add_up_whatever_the_numbers() -> None:
    rng = np.random.default_rng(3)
    for _ in range(50):
        now, before = (
            pd.concat(
                works(list(rng.lognormal(6, 2, rng.integers(0, 9))), fresh, account)
                for fresh in (True, False)
                for account in ("甲", "乙")
            )
            for _ in range(2)
        )
        count(now, before)


def groups(rows: dict[str, tuple[float, float]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(g, p, w) for g, (p, w) in rows.items()], columns=["group", "part", "whole"]
    )


def test_a_rate_that_fell_only_because_of_its_mix_is_all_mix() -> None:
    before = groups({"图文": (10, 100), "视频": (40, 100)})
    now = groups({"图文": (30, 300), "视频": (40, 100)})
    parts = changes.of_rate(now, before)
    assert sum(p.amount for p in parts) == pytest.approx(70 / 400 - 50 / 200)
    assert {p.kind for p in parts} == {"mix"}


def test_a_rate_that_rose_in_every_group_is_all_rate() -> None:
    before = groups({"图文": (10, 100), "视频": (40, 100)})
    now = groups({"图文": (20, 100), "视频": (50, 100)})
    parts = changes.of_rate(now, before)
    assert {(p.kind, p.group): round(p.amount, 6) for p in parts} == {
        ("rate", "图文"): 0.05,
        ("rate", "视频"): 0.05,
    }


def test_a_group_that_is_new_is_mix() -> None:
    parts = changes.of_rate(groups({"a": (1, 10), "b": (9, 10)}), groups({"a": (1, 10)}))
    assert sum(p.amount for p in parts) == pytest.approx(0.5 - 0.1)
    assert all(abs(p.amount) < 1e-12 for p in parts if p.kind == "rate")


MARCH = Filters(date(2026, 3, 9), date(2026, 3, 11), basis=Basis.PUBLISHED)


@pytest.fixture
def seen_weekly(filled: Store, take: Take, tmp_path: Path) -> Store:
    """The five works as a second export saw them a week later, a fifth more of everything."""
    rows = exports.works_rows()
    for row in rows:
        row[4] = str(int(row[4]) * 6 // 5)
    path = exports.write_xlsx(tmp_path / "n.xlsx", exports.WORKS_HEADER, rows)
    take(path, captured=datetime(2026, 3, 19, 12))
    return filled


def test_without_an_export_of_then_the_percentage_is_withheld(known: Store) -> None:
    found = explain(known, "views", MARCH)
    assert (found.after, found.percent) == (4000, None)
    assert found.reason is not None


def test_what_happened_is_taken_apart_when_exports_span_both_periods(seen_weekly: Store) -> None:
    filters = Filters(date(2026, 3, 16), date(2026, 3, 18), basis=Basis.HAPPENED)
    assert basis_for(seen_weekly, filters) is Basis.HAPPENED
    found = explain(seen_weekly, "favorites", filters)
    assert found.difference == pytest.approx(sum(part.amount for part in found.parts))


def test_a_share_of_the_largest_works_is_said(known: Store) -> None:
    found = explain(known, "views", Filters(date(2026, 3, 2), date(2026, 3, 11)))
    assert found.after == 10000
    assert explain(known, "posts", MARCH).after == 2


def test_the_command_prints_the_fixed_keys(seen_weekly: Store) -> None:
    from opsdata import commands

    outcome = commands.run(
        ["analyse", "changes", "--from", "2026-03-09", "--to", "2026-03-11", "--json"], seen_weekly
    )
    answer = json.loads(outcome.out)
    assert outcome.status == 0
    assert answer.keys() >= {
        "metric", "basis", "before", "after", "difference", "percent", "reason", "parts",
    }  # fmt: skip
    if answer["difference"] is not None:
        total = sum(part["amount"] for part in answer["parts"])
        assert total == pytest.approx(answer["difference"])
