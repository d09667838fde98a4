"""Works against their kind at the same age."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from opsdata import commands
from opsdata.analysis.ages import ENOUGH, Standing, among
from opsdata.analysis.curves import Curves
from opsdata.store import Store
from tests import exports
from tests.conftest import Take

START = datetime(2026, 3, 1)


def team(views_at_day: dict[int, list[float]], published: list[int]) -> Curves:
    """Works of one kind published on some days, exported on the same days with these plays."""
    return Curves.of(
        pd.DataFrame(
            [
                {
                    "video": f"v{i}",
                    "account": "甲",
                    "genre": "图文",
                    "published_at": START + timedelta(days=born),
                    "captured_at": START + timedelta(days=day),
                    "total": views_at_day[day][i],
                }
                for i, born in enumerate(published)
                for day in sorted(views_at_day)
                if day >= born and i < len(views_at_day[day])
            ]
        )
    )


def stand(every: Curves) -> list[Standing]:
    return among(every, np.arange(len(every.works)))


def curve(ages: list[float], totals: list[float]) -> Curves:
    """One work with these totals at these ages."""
    return Curves.of(
        pd.DataFrame(
            {
                "video": "v",
                "account": "甲",
                "genre": "图文",
                "published_at": START,
                "captured_at": [START + timedelta(days=age) for age in ages],
                "total": totals,
            }
        )
    )


def read_off(ages: list[float], totals: list[float], wanted: Sequence[float]) -> np.ndarray:
    return curve(ages, totals).at(np.array([0]), np.array(wanted, dtype=float))


def test_a_young_work_is_compared_with_what_older_ones_had_at_its_age() -> None:
    old = [100, 200, 300, 400, 500]
    every = team({7: [*old, 0], 14: [value * 10 for value in old] + [350]}, [0] * 5 + [7])
    young = stand(every)[-1]
    assert (young.age_days, young.n, young.percentile) == (7, 5, pytest.approx(0.6))


def test_below_five_comparable_works_there_is_no_place() -> None:
    few = stand(team({7: [100.0] * ENOUGH}, [0] * ENOUGH))
    assert {one.percentile for one in few} == {None}
    assert {one.n for one in few} == {ENOUGH - 1}


def test_the_best_is_ahead_of_all_and_works_alike_count_half() -> None:
    found = [one.percentile for one in stand(team({7: [1, 2, 3, 4, 5, 5]}, [0] * 6))]
    assert found == [0, 0.2, 0.4, 0.6, pytest.approx(0.9), pytest.approx(0.9)]


def test_between_exports_far_apart_nothing_is_read_off() -> None:
    assert np.isnan(read_off([1, 30], [5, 50], [15])[0])
    assert read_off([20, 38], [50, 50], [30])[0] == 50


def test_before_the_first_export_and_after_the_last_nothing_is_guessed() -> None:
    assert np.isnan(read_off([3, 10], [5, 9], [1, 2.8, 10.3])).all()


def test_an_export_at_nearly_that_age_counts() -> None:
    assert read_off([3, 10], [5, 9], [2.9, 3, 10, 10.2]).tolist() == [5, 5, 9, 9]


def test_what_is_read_off_passes_through_every_export_and_never_falls() -> None:
    ages, totals = [1.0, 2.0, 5.0, 9.0, 16.0], [10.0, 10.0, 300.0, 400.0, 400.0]
    assert read_off(ages, totals, ages).tolist() == totals
    values = read_off(ages, totals, np.linspace(1, 16, 200).tolist())
    assert (np.diff(values) >= -1e-6).all()
    assert (values[:13] == 10).all()


@pytest.mark.parametrize("seed", range(20))
def test_between_two_exports_nothing_leaves_the_two(seed: int) -> None:
    rng = np.random.default_rng(seed)
    ages = np.cumsum(rng.uniform(0.5, 7, 12)).tolist()
    totals = np.cumsum(rng.integers(0, 500, 12)).astype(float).tolist()
    wanted = np.linspace(ages[0], ages[-1], 300)
    values = read_off(ages, totals, wanted.tolist())
    after = np.clip(np.searchsorted(ages, wanted), 1, 11)
    low, high = np.array(totals)[after - 1], np.array(totals)[after]
    assert ((low - 1e-6 <= values) & (values <= high + 1e-6)).all()


def test_curves_lie_beside_each_other_without_touching() -> None:
    every = team({7: [1, 100, 10_000], 14: [2, 200, 20_000]}, [0, 0, 0])
    assert every.at(np.arange(3), np.array([7.0])).tolist() == [1, 100, 10_000]
    assert every.at(np.arange(3)[:, None], np.array([[14.0]]))[:, 0].tolist() == [2, 200, 20_000]


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
    assert best.keys() >= {"video", "title", "published_at", "age_days", "percentile", "n"}
    assert [one["day"] for one in best["at_days"]] == [3, 7, 14]
    window = ["--from", "2026-03-03", "--to", "2026-03-04"]
    answer = json.loads(commands.run(["analyse", "ages", "--json", *window], store).out)
    assert {video["title"] for video in answer["videos"]} == {"作品2", "作品3"}


def test_other_totals_can_be_compared_and_rates_cannot(known: Store) -> None:
    assert commands.run(["analyse", "ages", "--json", "--metric", "likes"], known).status == 0
    refused = commands.run(["analyse", "ages", "--json", "--metric", "completion_rate"], known)
    assert refused.status == 2
    assert "views" in refused.err
