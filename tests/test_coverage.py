"""Accounts that start late, stop, or are exported too seldom: compared fairly, or not at all."""

from __future__ import annotations

from datetime import date

import pytest

from opsdata.analysis import coverage
from opsdata.analysis.comparison import Comparison, compare
from opsdata.analysis.explain import basis_for, explain
from opsdata.analysis.reconcile import reconcile
from opsdata.filters import Filters
from opsdata.metrics import Basis
from opsdata.store import Store
from tests.own_team import Team

pytestmark = pytest.mark.slow


def span(first: str, last: str, basis: Basis = Basis.HAPPENED, **more: object) -> Filters:
    days = date.fromisoformat(first), date.fromisoformat(last)
    return Filters(*days, basis=basis, **more)  # type: ignore[arg-type]


def one(store: Store, filters: Filters, key: str = "views") -> Comparison:
    return compare(store, [key], filters)[0]


AROUND = ("2026-08-03", "2026-08-10", "2026-08-17", "2026-09-23", "2026-09-30", "2026-10-07")
"""Weekly exports with 37 days of silence from 17 August on."""


def test_days_between_exports_too_far_apart_are_not_known(store: Store, team: Team) -> None:
    team.lists("甲", AROUND)
    inside = one(store, span("2026-09-01", "2026-09-07"))
    assert (inside.now, inside.reason) == (None, "no_data")
    after = one(store, span("2026-09-23", "2026-09-29"))
    assert (after.now is None, after.change, after.reason) == (False, None, "exports_missing")
    assert (
        store.one("select count(*) from gain where day between '2026-08-17' and '2026-09-22'") == 0
    )
    assert one(store, span("2026-09-30", "2026-10-06")).change is not None
    assert one(store, span("2026-08-10", "2026-08-16")).change is not None


def test_exports_of_a_month_apart_still_tell_of_their_days(store: Store, team: Team) -> None:
    team.lists("甲", ("2026-08-03", "2026-08-17", "2026-09-17", "2026-09-24"))
    assert one(store, span("2026-09-10", "2026-09-23")).change is not None


def test_no_cause_is_told_of_days_that_no_exports_tell(store: Store, team: Team) -> None:
    team.lists("甲", AROUND)
    team.days("甲", "2026-08-03", "2026-10-06")
    week = span("2026-09-23", "2026-09-29")
    found = explain(store, "views", week)
    assert (found.before, found.after, found.percent, found.parts) == (700, 700, 0.0, ())
    assert (found.top_one, basis_for(store, week)) == (None, Basis.PUBLISHED)
    gained = explain(store, "favorites", week)
    assert (gained.before, gained.percent, gained.reason) == (None, None, "exports_missing")


def test_a_week_between_exports_too_far_apart_is_no_check(store: Store, team: Team) -> None:
    team.lists("甲", AROUND)
    team.days("甲", "2026-08-03", "2026-10-04")
    reasons = {str(week.monday): week.reason for week in reconcile(store, "views", Filters())}
    assert [monday for monday, reason in reasons.items() if reason is None] == [
        "2026-08-03", "2026-08-10", "2026-09-28",
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["posts", "views"])
def test_works_of_days_still_to_come_are_not_compared(store: Store, team: Team, key: str) -> None:
    team.lists("甲", ("2026-09-01", "2026-09-08", "2026-09-15"))
    found = one(store, span("2026-09-01", "2026-09-30", Basis.PUBLISHED), key)
    assert (found.change, found.reason) == (None, "late")
    assert dict(found.values) == {"account": "甲", "day": date(2026, 9, 14)}
    over = one(store, span("2026-09-01", "2026-09-14", Basis.PUBLISHED), "posts")
    assert (over.now, over.before, over.reason) == (7, 7, "too_small")


def test_of_days_that_no_list_reaches_the_number_of_works_is_not_known(
    store: Store, team: Team
) -> None:
    team.lists("甲", ("2026-09-01", "2026-09-08", "2026-09-15"))
    found = one(store, span("2026-09-16", "2026-09-30", Basis.PUBLISHED), "posts")
    assert (found.now, found.change, found.reason) == (None, None, "late")


def test_works_of_a_late_list_are_not_compared(store: Store, team: Team) -> None:
    team.lists("甲", ("2026-09-01", "2026-10-01"))
    team.lists("乙", ("2026-09-01", "2026-09-20"))
    month = span("2026-09-17", "2026-09-30", Basis.PUBLISHED)
    found = one(store, month, "posts")
    assert (found.reason, dict(found.values)["account"]) == ("late", "乙")
    assert one(store, span("2026-09-17", "2026-09-30", accounts=("甲",)), "posts").reason != "late"


def test_an_account_that_starts_within_the_days_is_named(store: Store, team: Team) -> None:
    team.days("甲", "2026-06-01", "2026-06-30")
    team.days("乙", "2026-06-20", "2026-06-30")
    found = one(store, span("2026-06-17", "2026-06-30"))
    assert (found.change, found.reason) == (None, "other_coverage")
    assert dict(found.values) == {"account": "乙", "day": date(2026, 6, 20)}


def test_an_account_that_starts_later_takes_nothing_from_earlier_days(
    store: Store, team: Team
) -> None:
    team.days("甲", "2026-06-01", "2026-06-30")
    team.days("乙", "2026-06-20", "2026-06-30")
    assert one(store, span("2026-06-08", "2026-06-14")).change == 0


def test_an_account_long_gone_is_left_out_and_named(store: Store, team: Team) -> None:
    team.days("甲", "2026-05-01", "2026-07-31")
    team.days("丙", "2026-05-01", "2026-06-10")
    july = span("2026-07-18", "2026-07-31")
    assert (one(store, july).now, one(store, july).change) == (1400, 0)
    assert coverage.left_out(store, july) == [("丙", date(2026, 6, 10))]


def test_an_account_gone_since_the_days_before_is_named_instead_of_compared(
    store: Store, team: Team
) -> None:
    team.days("甲", "2026-05-01", "2026-07-31")
    team.days("丙", "2026-05-01", "2026-06-10")
    found = one(store, span("2026-06-20", "2026-06-30"))
    assert (found.reason, dict(found.values)) == (
        "gone",
        {"account": "丙", "day": date(2026, 6, 10)},
    )
    assert one(store, span("2026-06-20", "2026-06-30", accounts=("甲",))).change == 0


def test_an_account_silent_for_less_is_only_late(store: Store, team: Team) -> None:
    team.days("甲", "2026-05-01", "2026-06-21")
    team.days("丙", "2026-05-01", "2026-06-10")
    found = one(store, span("2026-06-21", "2026-06-21"))
    assert (found.change, found.reason) == (None, "late")
    assert coverage.left_out(store, span("2026-06-21", "2026-06-21")) == []


def test_works_lists_long_gone_keep_nobody_else_from_a_comparison(store: Store, team: Team) -> None:
    team.lists("甲", ("2026-09-01", "2026-09-08", "2026-09-15", "2026-09-22"))
    team.lists("丙", ("2026-07-10", "2026-07-20"))
    for week in (
        span("2026-09-15", "2026-09-21"),
        span("2026-09-15", "2026-09-21", Basis.PUBLISHED),
    ):
        assert one(store, week).change is not None
        assert coverage.left_out(store, week) == [("丙", date(2026, 7, 19))]
