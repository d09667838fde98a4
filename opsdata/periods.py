"""Which days a period is compared with, so that the comparison is fair.

Before: the same number of days with the same weekdays, the nearest such days that do not
overlap: so many whole weeks earlier. A month so far goes back four weeks, into the same
part of the month before. Data that do not reach back so far are compared with the days
immediately before, and it is said that their weekdays differ.

A year ago: 52 weeks earlier, so again the same weekdays. Where a holiday stands
elsewhere in the two years, the period moves with it, by whole weeks if that brings the
same days of the holiday, else by days. Where nothing does, there is no fair period.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from opsdata.holidays import Calendar, Holiday

WEEK = 7
YEAR = 52 * WEEK


def before(since: date, until: date, period: str = "custom") -> tuple[date, date]:
    """Return the days before with the same weekdays.

    >>> before(date(2026, 3, 14), date(2026, 4, 12))
    (datetime.date(2026, 2, 7), datetime.date(2026, 3, 8))
    """
    days = (until - since).days + 1
    weeks = max(-(-days // WEEK), 4 if period == "month" else 1)
    back = timedelta(days=weeks * WEEK)
    return since - back, until - back


def just_before(since: date, until: date) -> tuple[date, date]:
    """Return the same number of days immediately before, whatever their weekdays."""
    back = until - since + timedelta(days=1)
    return since - back, until - back


@dataclass(frozen=True)
class YearAgo:
    """The days of a year ago that are like those of a period, or why there are none."""

    since: date
    until: date
    holiday: str | None = None
    """The holiday that the days were moved with."""
    reason: str | None = None
    values: tuple[tuple[str, object], ...] = ()


def year_ago(since: date, until: date, calendar: Calendar) -> YearAgo:
    """Return the days of a year ago to compare a period with."""
    plain = YearAgo(_back(since, YEAR), _back(until, YEAR))
    if (until - since).days >= YEAR:
        return YearAgo(plain.since, plain.until, None, "longer_than_year")
    unknown = calendar.unknown_year(plain.since, until)
    if unknown is not None:
        reason = "holidays_unknown"
        return YearAgo(plain.since, plain.until, None, reason, (("year", unknown),))
    for holiday, shift in _shifts(since, until, calendar):
        then = _back(since, shift), _back(until, shift)
        if same_holidays((since, until), then, calendar):
            return YearAgo(*then, holiday)
    odd = calendar.within(since, until) or calendar.within(plain.since, plain.until)
    reason = "holiday_shifted"
    return YearAgo(plain.since, plain.until, None, reason, (("holiday", odd[0].name),))


def _back(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _shifts(since: date, until: date, calendar: Calendar) -> Iterator[tuple[str | None, int]]:
    """Yield how many days to go back, the best first, and the holiday that asks for it."""
    yield None, YEAR
    then = calendar.within(_back(since, YEAR), _back(until, YEAR))
    for one in (*calendar.within(since, until), *then):
        for year in (since.year, until.year):
            now, old = (
                calendar.of_year(one.names[0], year),
                calendar.of_year(one.names[0], year - 1),
            )
            if now and old:
                moved = (now.since - old.since).days
                yield one.names[0], round(moved / WEEK) * WEEK
                yield one.names[0], moved


def same_holidays(now: tuple[date, date], then: tuple[date, date], calendar: Calendar) -> bool:
    """Return whether two periods hold the same holidays, whole or the same days of them."""
    ours, theirs = calendar.within(*now), calendar.within(*then)
    if not (_mains(ours) <= _names(theirs) and _mains(theirs) <= _names(ours)):
        return False
    others = {one.names[0]: one for one in theirs}
    return all(
        _same_part(one, now, others[one.names[0]], then)
        for one in ours
        if one.names[0] in others
    )  # fmt: skip


def _mains(holidays: tuple[Holiday, ...]) -> set[str]:
    return {one.names[0] for one in holidays}


def _names(holidays: tuple[Holiday, ...]) -> set[str]:
    return {name for one in holidays for name in one.names}


def _same_part(
    one: Holiday, now: tuple[date, date], other: Holiday, then: tuple[date, date]
) -> bool:
    mine, theirs = one.part(*now), other.part(*then)
    whole = mine[1] == one.days and theirs[1] == other.days
    return whole or mine == theirs
