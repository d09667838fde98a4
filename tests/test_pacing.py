"""Will the target be hit: by hand where it can be, and over worlds whose end is known."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from opsdata import commands
from opsdata.analysis.history import history
from opsdata.analysis.outlook import outlook
from opsdata.analysis.pacing import Goal, Pace, pace
from opsdata.analysis.pacing_record import Record, record
from opsdata.intake.accounts import merge
from opsdata.sample.team import daily, team
from opsdata.store import Store
from opsdata.team import targets
from opsdata.team.targets import Target, target_for
from tests import exports
from tests.conftest import Take
from tests.simulate.pacing import measured

JUNE = (date(2026, 6, 1), date(2026, 6, 30))


def steady(days: int = 90, last: str = "2026-06-10", value: float = 100.0) -> pd.Series:
    return pd.Series(value, index=pd.date_range(end=last, periods=days))


def totals(found: Pace) -> list[float | None]:
    return [
        None if value is None else round(value, 6)
        for value in (found.so_far, found.low, found.mid, found.high)
    ]


def test_what_never_varied_goes_on_as_it_was() -> None:
    assert totals(pace(steady(), *JUNE)) == [1000, 3000, 3000, 3000]


@pytest.mark.parametrize(
    ("goal", "chance"),
    [
        (Goal(2999), 1.0),
        (Goal(3001), 0.0),
        (Goal(2999, more_is_better=False), 0.0),
        (Goal(3001, more_is_better=False), 1.0),
    ],
)
def test_the_chance_is_the_share_of_draws_that_meet_the_goal(goal: Goal, chance: float) -> None:
    found = pace(steady(), *JUNE, goal)
    assert (found.target, found.chance) == (goal.value, chance)


def test_weekdays_are_expected_as_they_are() -> None:
    """Sundays bring 800, other days 100; from 11 June on there are 3 Sundays in 20 days."""
    days = steady(180)
    days[days.index.day_of_week == 6] = 800.0
    found = pace(days, *JUNE)
    assert found.so_far == 1700
    assert found.mid == pytest.approx(1700 + 17 * 100 + 3 * 800, rel=0.12)


def test_a_day_without_data_counts_as_an_ordinary_one() -> None:
    days = steady()
    days["2026-06-05"] = float("nan")
    found = pace(days, *JUNE)
    assert (found.so_far, found.missing, round(found.mid or 0)) == (900, 1, 3000)


def test_a_period_that_is_over_is_what_it_was() -> None:
    found = pace(steady(), date(2026, 5, 1), date(2026, 5, 31), Goal(3100))
    assert totals(found) == [3100] * 4
    assert found.chance == 1.0


def test_a_level_ends_where_its_changes_lead() -> None:
    found = pace(steady(value=2.0), *JUNE, Goal(1060), start=1000.0)
    assert totals(found) == [1020, 1060, 1060, 1060]
    assert found.chance == 1.0


def test_a_level_moves_on_the_days_before_a_period_that_is_still_to_come() -> None:
    """Ten days of June and the whole of July are drawn at two a day: 1020 + 20·2 + 31·2."""
    july = pace(steady(value=2.0), date(2026, 7, 1), date(2026, 7, 31), start=1020.0)
    assert totals(july)[1:] == [1122, 1122, 1122]
    flow = pace(steady(value=2.0), date(2026, 7, 1), date(2026, 7, 31))
    assert totals(flow)[1:] == [62, 62, 62]


def test_under_eight_weeks_there_is_a_reason_instead_of_a_chance() -> None:
    found = pace(steady(days=40), *JUNE, Goal(3000))
    assert (found.chance, found.mid, found.reason) == (None, None, "short_history")
    assert dict(found.values) == {"n": 5, "least": 8}
    assert found.so_far == 1000


def test_the_band_opens_day_by_day_and_holds_the_middle() -> None:
    days = steady(180) + pd.Series(range(180), index=steady(180).index) % 13 * 10
    fan = pace(days, *JUNE).fan
    assert [one.day for one in fan] == [date(2026, 6, 11) + timedelta(days=i) for i in range(20)]
    assert all(one.low <= one.mid <= one.high for one in fan)
    assert fan[-1].high - fan[-1].low >= fan[0].high - fan[0].low


def test_the_same_data_give_the_same_answer() -> None:
    days = steady(180) + pd.Series(range(180), index=steady(180).index) % 7 * 10
    assert pace(days, *JUNE, Goal(4000)) == pace(days, *JUNE, Goal(4000))


def test_months_that_never_varied_are_forecast_without_error() -> None:
    found = record(steady(days=300))
    assert found is not None
    assert (found.months, found.n) == (8, 69)
    assert (found.ours, found.straight, found.inside) == (0, 0, 1)


@pytest.mark.parametrize("measure", ["views", "likes", "net"])
def test_over_the_sample_team_s_year_chances_beat_a_straight_line(measure: str) -> None:
    days = sum(daily(works).set_index("day")[measure] for works in team())
    found = record(pd.Series(days.to_numpy(dtype=float), index=pd.to_datetime(days.index)))
    assert found is not None
    assert found.better
    assert (found.months, found.n) == (11, 99)


def test_a_straight_line_that_did_as_well_is_admitted() -> None:
    assert Record(6, 54, 0.10, 0.12, 0.8).better
    assert not Record(6, 54, 0.12, 0.12, 0.8).better


def test_without_whole_months_there_is_no_record() -> None:
    assert record(steady(days=60)) is None


@pytest.mark.slow
def test_the_chances_beat_the_straight_line_and_the_band_holds_its_share() -> None:
    found = measured(worlds=60)
    assert found.ours < found.straight
    assert 0.7 <= found.inside <= 0.9


@pytest.fixture
def busy(store: Store, take: Take, tmp_path: Path) -> Store:
    """100 plays a day of one account and 50 of another, up to 10 June."""
    for account, plays in (("甲", 100), ("乙", 50)):
        rows = [[f"{day:%Y-%m-%d}", str(plays)] for day in steady().index]
        path = exports.write_xlsx(
            tmp_path / account / "播放量.xlsx", ["日期", "播放量"], rows, True
        )
        take(path, account=account)
    return store


def test_all_own_accounts_together_or_one(busy: Store) -> None:
    both, one = history(busy, "views"), history(busy, "views", ("乙",))
    assert both is not None
    assert one is not None
    assert (both.days.iloc[-1], one.days.iloc[-1]) == (150, 50)
    assert history(busy, "likes") is None


def test_a_target_is_that_of_its_accounts_and_days(busy: Store) -> None:
    targets.keep(busy, Target("views", "", *JUNE, 4000))
    targets.keep(busy, Target("views", "乙", *JUNE, 1600))
    targets.keep(busy, Target("views", "乙", date(2026, 6, 8), date(2026, 6, 14), 400))
    day = date(2026, 6, 10)
    assert [target_for(busy, "views", names, day) for names in ((), ("甲",), ("甲", "乙"))] == [
        Target("views", "", *JUNE, 4000), None, None,
    ]  # fmt: skip
    short = target_for(busy, "views", ("乙",), day)
    assert short is not None
    assert short.value == 400
    targets.drop(busy, short)
    found = outlook(busy, "views", ("乙",))
    assert found is not None
    assert (found.pace.target, found.pace.chance) == (1600, 0.0)
    assert found.reached == pytest.approx(500 / 1600)


def test_the_same_days_have_one_target(busy: Store) -> None:
    targets.keep(busy, Target("views", "", *JUNE, 4000))
    targets.keep(busy, Target("views", "", *JUNE, 4500))
    assert [one.value for one in targets.targets(busy)] == [4500]


def test_a_target_follows_its_account_to_another_name(busy: Store) -> None:
    targets.keep(busy, Target("views", "乙", *JUNE, 1600))
    merge(busy, "乙", "丙")
    assert [one.account for one in targets.targets(busy)] == ["丙"]


KEYS = ("target", "so_far", "expected_low", "expected_mid", "expected_high", "chance")


def answered(store: Store, *arguments: str) -> dict[str, object]:
    outcome = commands.run(["analyse", "pacing", *arguments, "--json"], store)
    assert outcome.status == 0
    answer: dict[str, object] = json.loads(outcome.out)
    return answer


def test_the_command_expects_even_without_a_target(busy: Store) -> None:
    said = answered(busy)
    assert [said[key] for key in KEYS] == [None, 1500, 4500, 4500, 4500, None]
    assert (said["from"], said["to"], said["reason"]) == ("2026-06-01", "2026-06-30", "还没有目标")


def test_the_command_says_the_chance_of_the_target_in_force(busy: Store) -> None:
    targets.keep(busy, Target("views", "", date(2026, 6, 8), date(2026, 6, 14), 1000))
    said = answered(busy)
    assert [said[key] for key in KEYS] == [1000, 450, 1050, 1050, 1050, 1]
    assert (said["from"], said["to"], said["reason"]) == ("2026-06-08", "2026-06-14", None)


def test_the_command_takes_days_and_an_account(busy: Store) -> None:
    said = answered(busy, "--account", "乙", "--from", "2026-06-01", "--to", "2026-06-20")
    assert [said[key] for key in KEYS] == [None, 500, 1000, 1000, 1000, None]


@pytest.mark.parametrize("metric", ["completion_rate", "likes"])
def test_the_command_says_why_it_cannot_answer(busy: Store, metric: str) -> None:
    said = answered(busy, "--metric", metric)
    assert [said[key] for key in KEYS] == [None] * 6
    assert said["reason"]
