"""Unusual days where days tell little: small counts, accounts that come and go, one great hit."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from opsdata import commands
from opsdata.alerts.unusual import UNUSUAL
from opsdata.analysis import steps
from opsdata.analysis.anomalies import Unusual, judge, peak, unusual
from opsdata.analysis.panels import lives, panels
from opsdata.backup import backup
from opsdata.intake.importer import Wish
from opsdata.store import Store
from opsdata.team.alerts import mark_seen
from tests import exports
from tests.pages import Open, said
from tests.simulate import anomalies as worlds

FIRST = date(2026, 6, 1)
HIT = [1656, 4693, 731, 517, 366, 354, 185, 272, 224, 101, 96, 151, 133, 35, 27, 28, 43, 59, 57,
       38, 755, 26644, 2937, 4339, 2522, 1321, 2009, 1055, 828, 1124]  # fmt: skip
"""A month of an account of which one work took off."""
Bringing = Callable[[str, list[int], date], None]


def days(values: list[int] | np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"day": pd.date_range(FIRST, periods=len(values)), "value": values})


@pytest.fixture
def bringing(store: Store, tmp_path: Path, shared_importer: object) -> Bringing:
    """Import daily plays of an account from a day on."""
    shared_importer.store = store  # type: ignore[attr-defined]

    def bring(account: str, values: list[int], since: date) -> None:
        rows = [[f"{since + timedelta(days=at)}", str(v)] for at, v in enumerate(values)]
        file = exports.write_csv(tmp_path / f"{account}.csv", ["日期", "播放量"], rows)
        shared_importer.take(file, Wish(account), "test")  # type: ignore[attr-defined]

    return bring


def found(store: Store) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        commands.run(["analyse", "anomalies", "--from", f"{FIRST}", "--json"], store).out
    )
    return answer


def plays(n: int, level: float, seed: int) -> list[int]:
    noise = np.random.default_rng(seed).normal(0, 0.05, n)
    return [round(value) for value in level * (1 + noise)]


@pytest.mark.parametrize("kind", worlds.SMALL)
@pytest.mark.parametrize("length", [30, 180])
def test_small_counts_bring_no_heaps_of_alarms(kind: str, length: int) -> None:
    assert worlds.small_alarms(kind, 1800 // length * 2, length) <= 0.012


@pytest.mark.parametrize("kind", worlds.SMALL)
def test_a_day_of_many_is_found_among_days_of_few(kind: str) -> None:
    values = worlds.SMALL[kind](np.random.default_rng(3), 90).astype(float)
    values[40] = 60
    (one,) = [one for one in unusual(days(values)) if one.value == 60]
    assert one.direction == "up"
    assert one.expected_high - one.expected_low > 1


def test_a_single_event_among_none_is_not_unusual() -> None:
    values = np.zeros(60)
    values[[7, 30]] = 1
    assert unusual(days(values)) == []


def test_measured_days_that_are_mostly_one_value_have_room_for_the_others() -> None:
    values = np.where(np.random.default_rng(2).random(120) < 0.6, 0.5, 0.7)
    assert unusual(days(values)) == []


def test_a_new_account_makes_no_day_unusual(store: Store, bringing: Bringing) -> None:
    old = plays(168, 1000, 1)
    bringing("甲", old, FIRST)
    before = found(store)["days"]
    bringing("乙", plays(10, 500, 2), FIRST + timedelta(days=158))
    assert found(store)["days"] == before


def test_a_day_far_out_stays_so_beside_a_new_account(store: Store, bringing: Bringing) -> None:
    old = plays(168, 1000, 1)
    old[163] = 2000
    bringing("甲", old, FIRST)
    bringing("乙", [500] * 10, FIRST + timedelta(days=158))
    last = found(store)["days"][-1]
    assert (last["day"], last["value"]) == (f"{FIRST + timedelta(days=163)}", 2500)
    assert 1300 < last["expected_low"] < 1500 < last["expected_high"] < 1700


def test_an_account_that_ended_makes_no_day_unusual(store: Store, bringing: Bringing) -> None:
    bringing("甲", plays(168, 1000, 1), FIRST)
    since = f"{FIRST + timedelta(days=60)}"
    before = [one for one in found(store)["days"] if one["day"] >= since]
    bringing("乙", plays(60, 900, 2), FIRST)
    assert [one for one in found(store)["days"] if one["day"] >= since] == before


def test_a_panel_leaves_out_who_is_too_new_and_takes_it_in_later() -> None:
    start = pd.Timestamp(FIRST)
    every = [("甲", start + pd.Timedelta(days=at)) for at in range(100)]
    every += [("乙", start + pd.Timedelta(days=at)) for at in range(80, 100)]
    lived = lives(pd.DataFrame(every, columns=["account", "day"]))
    assert [one.accounts for one in panels(lived, 28)] == [("甲",), ("甲",)]
    assert [set(one.accounts) for one in panels(lived, 20)] == [{"甲"}, {"甲", "乙"}]
    assert panels(lived, 101) == []


def test_where_half_a_month_may_fall_on_one_day_none_is_judged() -> None:
    one = judge(days(HIT))
    assert (one.days, one.reason, one.known) == ((), "wide", 30)
    assert one.most > 15 * np.mean(HIT)


def test_page_and_command_say_that_days_differ_too_much(
    visit: Open, store: Store, bringing: Bringing, tmp_path: Path
) -> None:
    bringing("甲", HIT, FIRST)
    assert "差得太多" in str(found(store)["reason"])
    copy = tmp_path / "home" / "ops.duckdb"
    copy.parent.mkdir()
    backup(store, copy)
    app = visit(copy, period="all", metric="views", basis="happened")
    assert "差得太多" in said(app)


def test_the_day_farthest_out_is_named_not_the_last_in_its_wake() -> None:
    hit = Unusual(FIRST, 215.0, 15.0, 26.0)
    wake = [Unusual(FIRST + timedelta(days=at), 12.0, -5.0, 6.0) for at in (3, 5)]
    other = Unusual(FIRST + timedelta(days=6), -20.0, -5.0, 6.0)
    assert peak(wake[1], [hit, *wake]) == hit
    assert peak(other, [hit, *wake, other]) == other
    newest = FIRST + timedelta(days=8)
    assert steps.unusual([hit, *wake], newest) == hit
    assert steps.unusual([hit, *wake], newest, {hit.day}) is None
    assert steps.unusual([hit, *wake, other], newest, {hit.day}) == other


def test_what_follows_a_hit_is_not_posted_again(store: Store, bringing: Bringing) -> None:
    values = plays(60, 1000, 4)
    values[56], values[58] = 4000, 2000
    bringing("甲", values, FIRST)
    told = UNUSUAL.find(store, 0.2, FIRST)
    assert [one.key for one in told] == [f"unusual|views||{FIRST + timedelta(days=56)}"]
    mark_seen(store, "views", (), [FIRST + timedelta(days=56)])
    assert UNUSUAL.find(store, 0.2, FIRST) == []
