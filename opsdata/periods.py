"""Which days a period is compared with, so that the comparison is fair.

Before: the same number of days with the same weekdays, the nearest such days that do not
overlap: so many whole weeks earlier. A month so far goes back four weeks, into the same
part of the month before. Data that do not reach back so far are compared with the days
immediately before, and it is said that their weekdays differ.

A year ago: 52 weeks earlier, so again the same weekdays. Where a holiday stands
elsewhere in the two years, the period moves with it, by whole weeks if that brings the
same days of the holiday, else by days. Days shortly before a long holiday are like days
before it, not after it, and weekends worked for it like such weekends where there are any.
Where nothing does, there is no fair period.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from opsdata.holidays import Calendar, Holiday

WEEK = 7
YEAR = 52 * WEEK
LONG = 5
"""A holiday of so many days makes the days around it unlike others."""
NEAR = timedelta(days=14)
"""So far around a long holiday days are unlike others."""

Span = tuple[date, date]


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
    now = since, until
    fair = [one for one in _shifted(now, calendar) if _alike(now, (one.since, one.until), calendar)]
    if fair:
        return next((one for one in fair if _as_worked(one, fair[0], now, calendar)), fair[0])
    odd = (*_around(now, calendar), *_around((plain.since, plain.until), calendar))
    reason = "holiday_shifted"
    return YearAgo(plain.since, plain.until, None, reason, (("holiday", odd[0].name),))


def _alike(now: Span, then: Span, calendar: Calendar) -> bool:
    return same_holidays(now, then, calendar) and _same_sides(now, then, calendar)


def _as_worked(one: YearAgo, first: YearAgo, now: Span, calendar: Calendar) -> bool:
    """Return whether days hold as many worked weekend days as now, with the weekdays of others."""
    same_weekdays = (one.since - first.since).days % WEEK == 0
    worked = len(calendar.worked(one.since, one.until))
    return same_weekdays and worked == len(calendar.worked(*now))


def _back(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _shifted(now: Span, calendar: Calendar) -> Iterator[YearAgo]:
    """Yield the days of a year ago, the best first, with the holiday that they are moved with."""
    for holiday, shift in _shifts(*now, calendar):
        yield YearAgo(_back(now[0], shift), _back(now[1], shift), holiday)


def _shifts(since: date, until: date, calendar: Calendar) -> Iterator[tuple[str | None, int]]:
    """Yield how many days to go back, the best first, and the holiday that asks for it."""
    yield None, YEAR
    plain = _back(since, YEAR), _back(until, YEAR)
    for one in (*_around((since, until), calendar), *_around(plain, calendar)):
        for year in (since.year, until.year):
            now, old = (
                calendar.of_year(one.names[0], year),
                calendar.of_year(one.names[0], year - 1),
            )
            if now and old:
                for moved in (now.feast - old.feast, now.since - old.since):
                    yield one.names[0], round(moved.days / WEEK) * WEEK
                    yield one.names[0], moved.days
    yield from _worked_shifts(since, until, calendar)


def _worked_shifts(since: date, until: date, calendar: Calendar) -> Iterator[tuple[str, int]]:
    """Yield how many weeks to go back from a worked weekend day to one of the year before.

    Both are worked for the same holiday, before it or after it.
    """
    for year, holidays in calendar.years.items():
        for one in holidays:
            old = calendar.of_year(one.names[0], year - 1)
            for day, then in product(one.work, old.work if old else ()):
                like = (day - then).days % WEEK == 0 and _side((day, day), one) == _side(
                    (then, then), old or one
                )
                if like and since <= day <= until:
                    yield one.names[0], (day - then).days


def _around(days: Span, calendar: Calendar) -> tuple[Holiday, ...]:
    """Return the holidays within some days, then the long ones near them."""
    within = calendar.within(*days)
    near = calendar.within(days[0] - NEAR, days[1] + NEAR)
    return (*within, *(one for one in near if one.days >= LONG and one not in within))


def _same_sides(now: Span, then: Span, calendar: Calendar) -> bool:
    """Return whether two periods lie on the same side of each long holiday near one of them."""
    ours = {one.names[0]: one for one in _around(now, calendar) if one.days >= LONG}
    theirs = {one.names[0]: one for one in _around(then, calendar) if one.days >= LONG}
    for name in {*ours, *theirs}:
        mine = ours.get(name) or calendar.of_year(name, theirs[name].since.year + 1)
        other = theirs.get(name) or calendar.of_year(name, ours[name].since.year - 1)
        if mine and other and _side(now, mine) != _side(then, other):
            return False
    return True


def _side(days: Span, one: Holiday) -> int:
    """Return -1 for days before a holiday, 1 for days after it, 0 for days of it."""
    return (days[0] > one.until) - (days[1] < one.since)


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
    return whole or mine == theirs or _from_feast(one, mine) == _from_feast(other, theirs)


def _from_feast(one: Holiday, part: tuple[int, int]) -> tuple[int, int]:
    """Return a part of a holiday, its first day counted from the day the holiday is kept on."""
    return part[0] - (one.feast - one.since).days, part[1]
