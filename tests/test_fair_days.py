"""Which days a period is compared with: before, and a year ago with its holidays; by hand."""

from __future__ import annotations

from datetime import date

import pytest

from opsdata import periods
from opsdata.holidays import Calendar, Holiday, official
from opsdata.store import Store
from opsdata.team.holidays import calendar, keep_year, own_years


def span(text: str) -> tuple[date, date]:
    first, last = text.split("..")
    return date.fromisoformat(first), date.fromisoformat(last)


@pytest.mark.parametrize(
    ("days", "period", "before"),
    [
        ("2026-03-25..2026-03-31", "7d", "2026-03-18..2026-03-24"),
        ("2026-03-18..2026-03-31", "custom", "2026-03-04..2026-03-17"),
        ("2026-03-04..2026-03-31", "custom", "2026-02-04..2026-03-03"),
        ("2026-03-14..2026-04-12", "30d", "2026-02-07..2026-03-08"),
        ("2026-03-31..2026-03-31", "1d", "2026-03-24..2026-03-24"),
        ("2024-02-29..2024-02-29", "1d", "2024-02-22..2024-02-22"),
        ("2026-01-01..2026-01-07", "7d", "2025-12-25..2025-12-31"),
        ("2026-03-22..2026-03-31", "custom", "2026-03-08..2026-03-17"),
        ("2026-04-01..2026-04-12", "month", "2026-03-04..2026-03-15"),
        ("2026-03-01..2026-03-01", "month", "2026-02-01..2026-02-01"),
        ("2026-03-01..2026-03-31", "month", "2026-01-25..2026-02-24"),
        ("2026-02-01..2026-02-28", "last_month", "2026-01-04..2026-01-31"),
        ("2024-02-01..2024-02-29", "last_month", "2023-12-28..2024-01-25"),
    ],
)
def test_the_days_before_are_as_many_with_the_same_weekdays(
    days: str, period: str, before: str
) -> None:
    now, then = span(days), periods.before(*span(days), period)
    assert then == span(before)
    assert then[1] - then[0] == now[1] - now[0]
    assert then[0].weekday() == now[0].weekday()
    assert then[1] < now[0]


@pytest.mark.parametrize(
    ("days", "ago", "holiday"),
    [
        ("2026-07-06..2026-07-12", "2025-07-07..2025-07-13", None),
        ("2024-02-26..2024-03-03", "2023-02-27..2023-03-05", None),
        ("2025-03-01..2025-03-31", "2024-03-02..2024-04-01", None),
        ("2026-02-01..2026-03-02", "2025-01-12..2025-02-10", "春节"),
        ("2024-02-01..2024-02-29", "2023-01-12..2023-02-09", "春节"),
        ("2026-02-15..2026-02-21", "2025-01-28..2025-02-03", "春节"),
        ("2026-02-15..2026-02-23", "2025-01-28..2025-02-05", "春节"),
        ("2025-02-10..2025-02-16", "2024-02-26..2024-03-03", "春节"),
        ("2026-10-01..2026-10-07", "2025-10-01..2025-10-07", "国庆节"),
        ("2026-09-13..2026-10-12", "2025-09-14..2025-10-13", None),
        ("2026-05-01..2026-05-05", "2025-05-01..2025-05-05", "劳动节"),
        ("2026-04-04..2026-04-06", "2025-04-04..2025-04-06", "清明节"),
        ("2026-06-19..2026-06-21", "2025-05-31..2025-06-02", "端午节"),
        ("2026-01-01..2026-01-07", "2025-01-01..2025-01-07", "元旦"),
        ("2024-12-30..2025-01-05", "2024-01-01..2024-01-07", None),
        ("2025-01-01..2025-01-01", "2024-01-01..2024-01-01", "元旦"),
        ("2026-02-09..2026-02-14", "2025-01-20..2025-01-25", "春节"),
        ("2026-02-24..2026-03-02", "2025-02-25..2025-03-03", None),
        ("2024-10-01..2024-10-07", "2023-09-29..2023-10-05", "国庆节"),
    ],
)
def test_the_days_a_year_ago_hold_the_same_holidays(
    days: str, ago: str, holiday: str | None
) -> None:
    found = periods.year_ago(*span(days), official())
    assert (found.reason, found.holiday) == (None, holiday)
    assert (found.since, found.until) == span(ago)


@pytest.mark.parametrize(
    ("day", "ago", "worked"),
    [
        ("2026-02-28", "2025-02-08", True),
        ("2026-10-10", "2025-10-11", True),
        ("2026-09-20", "2025-09-28", True),
        ("2026-02-14", "2025-01-25", False),
        ("2026-05-09", "2025-05-10", False),
        ("2025-02-08", "2024-02-24", False),
    ],
)
def test_a_weekend_day_worked_for_a_holiday_is_set_against_such_a_day_where_there_is_one(
    day: str, ago: str, worked: bool
) -> None:
    """The like day is on the same side of the holiday and of the same weekday."""
    found = periods.year_ago(*span(f"{day}..{day}"), official())
    assert (found.reason, found.since, found.until) == (None, *span(f"{ago}..{ago}"))
    assert bool(official().worked(found.since, found.until)) == worked


@pytest.mark.parametrize(
    ("days", "reason", "values"),
    [
        ("2026-02-17..2026-02-23", "holiday_shifted", {"holiday": "春节"}),
        ("2026-09-21..2026-09-27", "holiday_shifted", {"holiday": "中秋节"}),
        ("2026-01-17..2026-02-15", "holiday_shifted", {"holiday": "春节"}),
        ("2027-03-01..2027-03-07", "holidays_unknown", {"year": 2027}),
        ("2023-06-05..2023-06-11", "holidays_unknown", {"year": 2022}),
        ("2025-01-01..2026-01-01", "longer_than_year", {}),
    ],
)
def test_without_like_days_there_is_a_reason(
    days: str, reason: str, values: dict[str, object]
) -> None:
    found = periods.year_ago(*span(days), official())
    assert (found.reason, dict(found.values)) == (reason, values)


@pytest.mark.parametrize(
    ("year", "free"),
    [(2023, 27), (2024, 32), (2025, 28), (2026, 33)],
)
def test_each_notice_names_so_many_days_off(year: int, free: int) -> None:
    assert sum(one.days for one in official().years[year]) == free


def test_weekends_worked_for_a_holiday_are_known() -> None:
    worked = official().worked(date(2026, 2, 1), date(2026, 2, 28))
    assert worked == (date(2026, 2, 14), date(2026, 2, 28))


def test_days_worked_for_holidays_are_weekends_and_no_holidays() -> None:
    for year in official().years.values():
        for one in year:
            assert one.since <= one.until
            for day in one.work:
                assert day.weekday() >= 5
                assert not official().within(day, day)


def test_the_team_writes_a_year_of_its_own_and_takes_it_back(store: Store) -> None:
    spring = Holiday("春节", date(2027, 2, 5), date(2027, 2, 12), (date(2027, 2, 14),))
    keep_year(store, 2027, [spring])
    assert own_years(store) == {2027: (spring,)}
    week = periods.year_ago(date(2027, 2, 5), date(2027, 2, 11), calendar(store))
    assert (week.since, week.until, week.reason) == (date(2026, 2, 15), date(2026, 2, 21), None)
    keep_year(store, 2027, [])
    assert 2027 not in calendar(store).years


def test_a_changed_official_year_stands_in_place_of_the_notice(store: Store) -> None:
    keep_year(store, 2026, [Holiday("店庆", date(2026, 8, 8), date(2026, 8, 8))])
    assert [one.name for one in calendar(store).years[2026]] == ["店庆"]
    keep_year(store, 2026, [])
    assert calendar(store) == Calendar(official().years)
