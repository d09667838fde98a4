"""Public holidays: which days are free by the official notices, or as the team corrected them.

``official`` is what the State Council's yearly notices say. Years that no notice is known
of are not guessed: whoever compares across them must say so.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

_KEPT_ON = {"元旦": (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}
"""The feasts that are kept on the same day of every year, wherever their free days begin."""


@dataclass(frozen=True)
class Holiday:
    """One holiday: its free days, and the weekend days worked for it."""

    name: str
    since: date
    until: date
    work: tuple[date, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The feasts it joins, the main one first.

        >>> Holiday("国庆节、中秋节", date(2025, 10, 1), date(2025, 10, 8)).names
        ('国庆节', '中秋节')
        """
        return tuple(self.name.split("、"))

    @property
    def days(self) -> int:
        """The number of free days."""
        return (self.until - self.since).days + 1

    @property
    def feast(self) -> date:
        """The day it is kept on, if that is the same every year; else its first free day.

        >>> Holiday("元旦", date(2023, 12, 30), date(2024, 1, 1)).feast
        datetime.date(2024, 1, 1)
        """
        kept = _KEPT_ON.get(self.names[0])
        free = (self.since + timedelta(days=at) for at in range(self.days))
        return next((day for day in free if (day.month, day.day) == kept), self.since)

    def part(self, since: date, until: date) -> tuple[int, int]:
        """Return which of its days lie in a period: the first, counted from 0, and how many.

        >>> Holiday("春节", date(2026, 2, 15), date(2026, 2, 23)).part(
        ...     date(2026, 2, 17), date(2026, 3, 1)
        ... )
        (2, 7)
        """
        first, last = max(since, self.since), min(until, self.until)
        return (first - self.since).days, max((last - first).days + 1, 0)


@dataclass(frozen=True)
class Calendar:
    """The holidays of the years that are known."""

    years: Mapping[int, tuple[Holiday, ...]]

    def unknown_year(self, since: date, until: date) -> int | None:
        """Return the first year of a period that no holidays are known of."""
        wanted = range(since.year, until.year + 1)
        return next((year for year in wanted if year not in self.years), None)

    def within(self, since: date, until: date) -> tuple[Holiday, ...]:
        """Return the holidays that have free days in a period, by day."""
        return tuple(
            one
            for year in sorted(self.years)
            for one in self.years[year]
            if one.since <= until and one.until >= since
        )

    def free(self, since: date, until: date) -> frozenset[date]:
        """Return the free days of a period."""
        return frozenset(
            day
            for one in self.within(since, until)
            for at in range(one.days)
            if since <= (day := one.since + timedelta(days=at)) <= until
        )

    def of_year(self, name: str, year: int) -> Holiday | None:
        """Return the holiday that a feast is the main one of, in a year."""
        return next((one for one in self.years.get(year, ()) if one.names[0] == name), None)

    def worked(self, since: date, until: date) -> tuple[date, ...]:
        """Return the weekend days of a period that are worked for a holiday."""
        found = (day for year in self.years.values() for one in year for day in one.work)
        return tuple(sorted(day for day in found if since <= day <= until))


@cache
def official() -> Calendar:
    """Return the holidays of the official notices.

    >>> [one.name for one in official().years[2026]][:2]
    ['元旦', '春节']
    """
    return Calendar(
        {
            int(year): tuple(
                Holiday(one["name"], one["since"], one["until"], tuple(one.get("work", ())))
                for one in told["holidays"]
            )
            for year, told in _notices().items()
        }
    )


def notice(year: int) -> str | None:
    """Return the number of the official notice of a year, None when none is known."""
    told = _notices().get(str(year))
    return str(told["notice"]) if told else None


@cache
def _notices() -> dict[str, Any]:
    return tomllib.loads(files("opsdata").joinpath("holidays.toml").read_text(encoding="utf-8"))
