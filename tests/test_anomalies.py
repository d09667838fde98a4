"""Unusual days: found when they are, few otherwise, and gone once they were looked at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from opsdata import commands
from opsdata.analysis.anomalies import ENOUGH_DAYS, unusual
from opsdata.analysis.panels import gaps
from opsdata.store import Store
from opsdata.team import alerts
from tests import exports
from tests.conftest import _opened
from tests.pages import Open, downloaded, said
from tests.simulate import anomalies as worlds

FIRST = date(2026, 1, 1)
GAP = FIRST + timedelta(days=20)


def days(values: list[float] | np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"day": pd.date_range(FIRST, periods=len(values)), "value": values})


def quiet(n: int = 120, seed: int = 1) -> np.ndarray:
    return np.asarray(1000 + 40 * np.random.default_rng(seed).normal(0, 1, n))


@pytest.mark.parametrize(("factor", "direction"), [(1.5, "up"), (0.5, "down")])
def test_a_day_far_out_is_found_with_its_direction(factor: float, direction: str) -> None:
    values = quiet()
    values[60] *= factor
    found = {one.day: one for one in unusual(days(values))}
    one = found[FIRST + timedelta(days=60)]
    assert one.direction == direction
    assert one.expected_low < 1000 < one.expected_high
    assert not one.expected_low <= one.value <= one.expected_high


def test_a_weekday_that_is_always_high_is_not_unusual() -> None:
    frame = days(quiet())
    frame.loc[frame["day"].dt.day_of_week == 6, "value"] += 1000
    sundays = [one for one in unusual(frame) if one.day.weekday() == 6]
    assert len(sundays) <= 1


def test_a_holiday_is_judged_among_holidays() -> None:
    frame = days(quiet())
    holidays = [FIRST + timedelta(days=at) for at in (10, 31, 45, 61, 80, 99)]
    frame.loc[frame["day"].dt.date.isin(holidays), "value"] *= 1.6
    plain = {one.day for one in unusual(frame)}
    knowing = {one.day for one in unusual(frame, holidays)}
    assert plain >= set(holidays)
    assert len(knowing & set(holidays)) <= 1


def test_a_steady_rise_is_not_unusual() -> None:
    assert len(unusual(days(quiet() * np.linspace(1, 3, 120)))) <= 2


def test_a_tiny_move_is_not_worth_an_alert() -> None:
    values = np.full(120, 10_000.0)
    values[50] = 10_300
    assert unusual(days(values)) == []
    values[50] = 11_000
    assert len(unusual(days(values))) == 1


def test_too_few_days_and_missing_days_say_nothing() -> None:
    assert unusual(days([1.0] * (ENOUGH_DAYS - 2) + [900.0])) == []
    values = quiet()
    values[10:20] = np.nan
    assert not {one.day for one in unusual(days(values))} & {
        FIRST + timedelta(days=at) for at in range(10, 20)
    }


def test_a_day_that_one_of_two_accounts_lacks_is_not_judged() -> None:
    every = [(name, FIRST + timedelta(days=at)) for name in "甲乙" for at in range(40)]
    known = pd.DataFrame(every, columns=["account", "day"])
    assert gaps(known).empty
    lacking = known[~((known["account"] == "乙") & (known["day"] == GAP))]
    assert [day.date() for day in gaps(lacking)] == [GAP]
    stopped = known[~((known["account"] == "乙") & (known["day"] >= GAP))]
    assert len(gaps(stopped)) == 14


def test_a_level_is_judged_by_how_it_moves() -> None:
    moves = quiet(seed=4) / 10
    moves[70] = 900
    found = unusual(days(50_000 + np.cumsum(moves)), level=True)
    assert FIRST + timedelta(days=70) in {one.day for one in found}
    assert FIRST + timedelta(days=71) not in {one.day for one in found}


@pytest.mark.slow
@pytest.mark.parametrize("kind", worlds.NOISES)
def test_quiet_days_stay_quiet_and_planted_ones_are_found(kind: str) -> None:
    assert worlds.false_alarms(kind, 40) <= 0.011
    assert worlds.finds(kind, 80) >= 0.93


@pytest.fixture
def daily_file(tmp_path: Path, empty_file: Path, shared_importer: object) -> Iterator[Path]:
    """Sixty days of one account, the 51st with three times the plays."""
    path = tmp_path / "ops.duckdb"
    for store in _opened(empty_file, tmp_path):
        values = quiet(60, seed=5).round().astype(int)
        values[50] = 3000
        rows = [[f"{FIRST + timedelta(days=at)}", str(v)] for at, v in enumerate(values)]
        file = exports.write_csv(tmp_path / "播放量数据.csv", ["日期", "播放量"], rows)
        shared_importer.store = store  # type: ignore[attr-defined]
        from opsdata.intake.importer import Wish

        shared_importer.take(file, Wish("号"), "test")  # type: ignore[attr-defined]
    yield path


SPIKE = FIRST + timedelta(days=50)


def test_the_command_lists_flagged_days_only(daily_file: Path) -> None:
    store = Store(daily_file)
    out = json.loads(commands.run(["analyse", "anomalies", "--json"], store).out)
    store.close()
    assert SPIKE.isoformat() in [one["day"] for one in out["days"]]
    assert set(out["days"][0]) == {"day", "value", "expected_low", "expected_high", "direction"}
    assert next(one for one in out["days"] if one["value"] == 3000)["direction"] == "up"
    assert out["reason"] is None


def test_the_command_says_when_there_are_too_few_days(filled: Store) -> None:
    out = json.loads(commands.run(["analyse", "anomalies", "--json"], filled).out)
    assert out["days"] == []
    assert "28" in out["reason"]


def test_seen_days_are_kept_for_their_metric_and_accounts(store: Store) -> None:
    alerts.mark_seen(store, "views", (), [SPIKE])
    alerts.mark_seen(store, "views", (), [SPIKE])
    assert alerts.seen(store, "views", ()) == {SPIKE}
    assert alerts.seen(store, "likes", ()) == alerts.seen(store, "views", ("号",)) == frozenset()
    alerts.mark_unseen(store, "views", ())
    assert alerts.seen(store, "views", ()) == frozenset()


def test_a_dot_and_an_alert_go_with_the_day_and_seen_takes_the_alert_away(
    visit: Open, alone: None, daily_file: Path
) -> None:
    app = visit(daily_file)
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    dots = next(trace for trace in spec["data"] if trace["name"] == "不寻常")
    assert [day for day in dots["x"] if day.startswith(SPIKE.isoformat())]
    assert "2月20日" in said(app)
    table = downloaded(app, "trend_csv").dropna(subset=["预期上限（不寻常的日子）"])
    assert SPIKE.isoformat() in list(table["日期"])
    button = next(b for b in app.button if b.key == f"seen_views_{SPIKE}")
    button.click().run()
    assert "2月20日" not in said(app)
    next(b for b in app.button if "重新列出" in b.label).click().run()
    assert "2月20日" in said(app)
