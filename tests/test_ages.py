"""Works against their kind at the same age."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from opsdata import commands
from opsdata.analysis.ages import ENOUGH, among, read_off
from opsdata.store import Store
from tests import exports
from tests.conftest import Take

START = datetime(2026, 3, 1)


def team(
    views_at_day: dict[int, list[float]], published: list[int]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Works published on some days, all exported on the same days with these plays."""
    last = max(views_at_day)
    works = pd.DataFrame(
        {
            "video": [f"v{i}" for i in range(len(published))],
            "published_at": [START + timedelta(days=day) for day in published],
            "captured_at": START + timedelta(days=last),
        }
    )
    seen = pd.DataFrame(
        [
            (f"v{i}", START + timedelta(days=day), value)
            for day, values in views_at_day.items()
            for i, value in enumerate(values)
            if day >= published[i]
        ],
        columns=["video", "captured_at", "views"],
    )
    return works, seen


def test_a_young_work_is_compared_with_what_older_ones_had_at_its_age() -> None:
    old = [100, 200, 300, 400, 500]
    works, seen = team({7: [*old, 0], 14: [value * 10 for value in old] + [350]}, [0] * 5 + [7])
    young = among(works, seen)[-1]
    assert (young.age_days, young.n, young.percentile) == (7, 5, pytest.approx(0.6))


def test_below_five_comparable_works_there_is_no_place() -> None:
    works, seen = team({7: [100.0] * ENOUGH}, [0] * ENOUGH)
    assert {one.percentile for one in among(works, seen)} == {None}
    assert {one.n for one in among(works, seen)} == {ENOUGH - 1}


def test_the_best_is_ahead_of_all_and_works_alike_count_half() -> None:
    works, seen = team({7: [1, 2, 3, 4, 5, 5]}, [0] * 6)
    found = [one.percentile for one in among(works, seen)]
    assert found == [0, 0.2, 0.4, 0.6, pytest.approx(0.9), pytest.approx(0.9)]


def test_between_exports_far_apart_nothing_is_read_off() -> None:
    assert np.isnan(read_off(np.array([1.0, 30.0]), np.array([5.0, 50.0]), [15.0]))[0]
    assert np.isnan(read_off(np.array([3.0]), np.array([5.0]), [1.0]))[0]


def test_what_is_read_off_never_falls() -> None:
    values = read_off(
        np.array([1.0, 5.0, 9.0]), np.array([10.0, 10.0, 400.0]), np.linspace(1, 9, 50)
    )
    assert (np.diff(values) >= -1e-6).all()


def test_one_export_says_what_is_missing(known: Store) -> None:
    answer = json.loads(commands.run(["analyse", "ages", "--json"], known).out)
    assert len(answer["videos"]) == 5
    assert {video["percentile"] for video in answer["videos"]} == {None}
    assert "每周" in answer["reason"]


def test_the_command_names_each_work(store: Store, take: Take, tmp_path: Path) -> None:
    for week in range(3):
        rows = [
            ["", f"2026-03-{1 + at:02d} 08:00:00", "图文", "公开", *exports.WORKS_ROWS[0][4:]]
            for at in range(7)
        ]
        for at, row in enumerate(rows):
            row[0], row[4] = f"作品{at}", str(100 * (at + 1) * (week + 1))
        path = exports.write_csv(tmp_path / f"{week}.csv", exports.WORKS_HEADER, rows)
        take(path, captured=datetime(2026, 3, 8 + 7 * week, 12))
    answer = json.loads(commands.run(["analyse", "ages", "--json"], store).out)
    best = max(answer["videos"], key=lambda video: video["percentile"] or 0)
    assert best["title"] == "作品6"
    assert best["percentile"] == 1
    assert best.keys() == {"video", "title", "published_at", "age_days", "percentile", "n"}
