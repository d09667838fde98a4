"""Young works: what they will come to, how sure that is, and when nothing is said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from opsdata import commands, sample
from opsdata.analysis.ages import ages, at_days, company, newcomers
from opsdata.analysis.curves import Curves
from opsdata.analysis.forecast import ENOUGH, expect, forecast, lessons_of, past
from opsdata.analysis.growth import Guess, fit
from opsdata.filters import Filters
from opsdata.store import Store
from tests import exports
from tests.conftest import Take
from tests.simulate.ages import ranking, reading
from tests.simulate.forecast import trial
from tests.simulate.lives import world


def test_eighty_of_a_hundred_intervals_hold_and_none_lies_below_what_there_is() -> None:
    found = trial(range(20))
    assert 0.75 <= found.rate <= 0.85
    assert 0.75 <= found.told <= 0.85
    assert found.error <= found.naive
    assert found.below == 0


@pytest.mark.slow
@pytest.mark.parametrize(("works", "every"), [(80, 7.0), (200, 1.0)])
def test_intervals_hold_in_small_and_large_accounts(works: int, every: float) -> None:
    found = trial(range(100), works, every)
    assert 0.75 <= found.rate <= 0.85
    assert 0.75 <= found.told <= 0.85
    assert found.error <= found.naive * 1.001


def test_places_at_an_age_tell_more_of_the_end_than_totals_do() -> None:
    for seed in range(5):
        found = ranking(seed)
        assert found.day_3 > found.monday
        assert found.own_age > found.mixed


def test_what_is_read_off_is_near_the_truth_and_nearer_than_straight_lines() -> None:
    found = reading(1)
    assert found.median < 0.01
    assert found.tenth < 0.1
    assert found.median < found.straight_median


def test_growth_by_a_factor_is_found() -> None:
    had = np.tile(np.geomspace(100, 10_000, 30), (1, 1))
    guess = fit(had, 3 * had[0], np.ones((1, 30), dtype=bool), np.array([500.0]))
    assert guess.mid[0] == pytest.approx(1500, rel=0.01)
    assert guess.naive[0] == pytest.approx(1500, rel=0.01)
    assert guess.n[0] == 30


def test_an_expected_total_is_never_below_the_one_there_is() -> None:
    had = np.full((1, 30), 1000.0)
    guess = fit(had, np.full(30, 1000.0), np.ones((1, 30), dtype=bool), np.array([70.0]))
    assert guess.low[0] == guess.mid[0] == guess.high[0] == pytest.approx(70)


def test_whole_numbers_are_those_that_lie_in_the_interval_and_at_least_the_middle() -> None:
    low, mid, high = (
        np.array([10.2, 10.4, 7.0]),
        np.array([11.6, 10.5, 9.2]),
        np.array([13.9, 10.9, 9.8]),
    )
    told = Guess(low, mid, high, np.full(3, 30), mid).whole()
    assert told.low.tolist() == [11, 10, 7]
    assert told.mid.tolist() == [12, 10, 9]
    assert told.high.tolist() == [13, 10, 9]


def test_intervals_of_small_totals_hold_hardly_more_than_those_of_large_ones() -> None:
    hits = n = 0
    for seed in range(12):
        large = world(seed)
        small = replace(large, final=large.final / 150)
        told = expect(small.curves()).backtest
        assert told is not None
        hits, n = hits + told.hits, n + told.n
    assert 0.75 <= hits / n <= 0.86


def grown(n: int, young: int = 3) -> Curves:
    """Some works a day apart, long past day 30, and young ones; an export each day."""
    start = datetime(2026, 1, 1, 8)
    last = start + timedelta(days=80)
    rows = []
    births = [start + timedelta(hours=12 * i) for i in range(n)]
    births += [last - timedelta(days=3 + i) for i in range(young)]
    for i, born in enumerate(births):
        for day in range(1, 81):
            at = born + timedelta(days=day)
            if at <= last:
                total = 1000 * (1 + i % 7) * (1 - 0.5**day)
                rows.append((f"v{i}", "甲", "图文", born, at, total))
    names = ["video", "account", "genre", "published_at", "captured_at", "total"]
    return Curves.of(pd.DataFrame(rows, columns=names))


def test_under_twenty_grown_works_nothing_is_said_and_the_reason_is() -> None:
    found = expect(grown(ENOUGH - 1))
    assert (found.videos, found.reason, found.grown) == ((), "few_grown", ENOUGH - 1)
    assert found.backtest is None


def test_from_twenty_grown_works_each_young_one_has_a_range() -> None:
    found = expect(grown(ENOUGH))
    assert found.reason is None
    assert {one.video for one in found.videos} == {"v20", "v21", "v22"}
    assert {one.n for one in found.videos} == {ENOUGH}
    for one in found.videos:
        assert one.so_far <= one.low <= one.mid <= one.high


def test_without_young_works_there_is_nothing_to_forecast() -> None:
    assert expect(grown(ENOUGH, young=0)).reason == "none_young"


def test_no_works_at_all_are_no_error(store: Store) -> None:
    assert forecast(store, Filters()).reason == "few_grown"
    assert (ages(store, Filters()), newcomers(store, Filters())) == ([], [])
    assert at_days(store, Filters()).empty
    assert company(store, "nobody") is None


def test_forecasts_of_the_past_know_nothing_of_what_came_later() -> None:
    seen = world(3).seen(7.0, 180.0)
    until = pd.Timestamp("2026-04-20")
    later = seen["captured_at"] > until
    other = seen.assign(total=seen["total"].where(~later, seen["total"] * 3 + 500))
    one, two = (past(c, lessons_of(c, 30)[0]) for c in (Curves.of(seen), Curves.of(other)))
    before = one.moments <= np.datetime64(until)
    assert before.sum() >= 20
    assert (one.moments == two.moments).all()
    for name in ("low", "mid", "high", "n"):
        first, second = getattr(one.guess, name), getattr(two.guess, name)
        assert (first[before] == second[before]).all()


def test_twenty_two_works_of_one_export_claim_nothing(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = [
        [f"作品{at}", f"2026-03-{1 + at:02d} 08:00:00", "图文", "公开", *exports.WORKS_ROWS[0][4:]]
        for at in range(22)
    ]
    take(exports.write_xlsx(tmp_path / "w.xlsx", exports.WORKS_HEADER, rows))
    answer = json.loads(commands.run(["analyse", "forecast", "--json"], store).out)
    assert answer["videos"] == []
    assert "20" in answer["reason"]
    assert answer["backtest"] is None
    answer = json.loads(commands.run(["analyse", "ages", "--json"], store).out)
    assert {video["percentile"] for video in answer["videos"]} == {None}


@pytest.mark.slow
def test_the_command_names_horizon_level_and_each_young_work(tmp_path: Path) -> None:
    sample.build(tmp_path / "s.duckdb")
    store = Store(tmp_path / "s.duckdb")
    answer = json.loads(
        commands.run(["analyse", "forecast", "--json", "--horizon", "14"], store).out
    )
    store.close()
    assert len(answer["videos"]) > 10
    assert 0.7 < answer["backtest"]["hits"] / answer["backtest"]["n"] < 0.9
    assert (answer["horizon_days"], answer["level"]) == (14, 0.8)
    keys = {"video", "title", "published_at", "age_days", "so_far", "low", "mid", "high", "n"}
    for one in answer["videos"]:
        assert one.keys() == keys
        assert one["age_days"] < 14
