"""A target of several accounts, however unlike the days are that each of them knows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from opsdata.analysis.history import history
from opsdata.analysis.outlook import Outlook, outlook, track_record
from opsdata.store import Store
from opsdata.team import targets
from opsdata.team.targets import Target
from tests.conftest import Take
from tests.own_team import Team
from tests.test_fair_change import Feed

pytestmark = pytest.mark.slow

JUNE = (date(2026, 6, 1), date(2026, 6, 30))


@pytest.fixture
def feed(store: Store, take: Take, tmp_path: Path) -> Feed:
    return Feed(take, tmp_path)


def june(store: Store, key: str = "views", target: float | None = None) -> Outlook:
    if target:
        targets.keep(store, Target(key, "", *JUNE, target))
    found = outlook(store, key)
    assert found is not None
    return found


def test_a_new_account_takes_nothing_from_the_others(store: Store, team: Team) -> None:
    """甲 brings 100 a day since March, 乙 50 a day since 11 June: 2000 + 10 · 50 by 20 June."""
    team.days("甲", "2026-03-01", "2026-06-20")
    team.days("乙", "2026-06-11", "2026-06-20", plays=50)
    found = june(store, target=5000)
    assert (found.pace.so_far, found.reached) == (2500, 0.5)
    assert found.pace.mid == pytest.approx(2500 + 10 * 150)
    assert (found.pace.missing, found.pace.reason) == (0, None)
    assert dict(found.pace.known)[date(2026, 6, 10)] == 1000
    assert track_record(store, "views") is not None


def test_an_account_of_few_days_is_not_yet_expected_to_go_on(store: Store, team: Team) -> None:
    team.days("甲", "2026-03-01", "2026-06-20")
    team.days("乙", "2026-06-20", "2026-06-20", plays=9000)
    found = june(store)
    assert found.pace.so_far == 11000
    assert found.pace.high is not None
    assert found.pace.high < 11000 + 10 * 1000


def test_an_account_long_gone_does_not_stop_the_others(store: Store, team: Team) -> None:
    team.days("甲", "2026-01-01", "2026-06-20")
    team.days("丙", "2026-01-01", "2026-02-20", plays=70)
    found = june(store)
    assert (found.pace.since, found.pace.so_far) == (JUNE[0], 2000)
    assert found.pace.mid == pytest.approx(3000)
    assert (found.gone, found.late) == ((("丙", date(2026, 2, 20)),), ())


def test_what_an_account_brought_before_it_was_gone_still_counts(store: Store, team: Team) -> None:
    team.days("甲", "2026-01-01", "2026-06-20")
    team.days("丙", "2026-01-01", "2026-06-02", plays=70)
    found = june(store)
    assert found.pace.so_far == 2000 + 2 * 70
    assert found.pace.mid == pytest.approx(2140 + 10 * 100)


def test_an_account_that_is_late_ends_the_count_and_is_named(store: Store, team: Team) -> None:
    team.days("甲", "2026-01-01", "2026-06-20")
    team.days("乙", "2026-01-01", "2026-06-18", plays=50)
    found = june(store)
    assert found.pace.so_far == 18 * 150
    assert (found.gone, found.late) == ((), (("乙", date(2026, 6, 18)),))


def test_a_day_that_one_account_lacks_counts_what_the_others_brought(
    store: Store,
    feed: Feed,
) -> None:
    feed("2026-03-01", [100] * 112)
    feed("2026-03-01", [50] * 100 + [None] + [50] * 11, account="乙")
    found = june(store)
    assert (found.pace.so_far, found.pace.missing) == (20 * 150 - 50, 1)
    assert found.pace.mid == pytest.approx(30 * 150)


def test_the_followers_of_a_new_account_are_no_growth(store: Store, feed: Feed) -> None:
    """甲 gains 2 a day; 乙, with 5000 followers, is known from 11 June on."""
    feed("2026-03-01", [1000 + 2 * i for i in range(112)], header="总粉丝量")
    feed("2026-06-11", [5000] * 10, account="乙", header="总粉丝量")
    found = june(store, "followers")
    assert found.pace.so_far == 1000 + 2 * 111 + 5000
    assert found.pace.mid == pytest.approx(1000 + 2 * 121 + 5000)


def test_works_are_counted_as_far_as_the_lists_reach(store: Store, team: Team) -> None:
    """Every other day since 1 July; what the daily files know later says nothing of works."""
    team.lists("甲", ("2026-09-01", "2026-09-15"))
    team.days("甲", "2026-07-01", "2026-09-20")
    days = history(store, "posts")
    assert days is not None
    assert days.counted.index[-1].date() == date(2026, 9, 14)
    assert days.counted[-14:].sum() == 7


def test_what_was_known_on_a_day_knows_no_later_silence(store: Store, team: Team) -> None:
    team.days("甲", "2026-01-01", "2026-06-20")
    team.days("丙", "2026-01-01", "2026-05-20", plays=70)
    may = date(2026, 5, 20)
    found = outlook(store, "views", known_until=may)
    assert found is not None
    assert (found.gone, found.pace.so_far) == ((), 20 * 170)
    assert found.pace.known[-1][0] == may
    later = outlook(store, "views", known_until=may + timedelta(days=20))
    assert later is not None
    assert later.gone == (("丙", may),)
