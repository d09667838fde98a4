"""When followers are active against when works go out.

The hours of the day are put in the order of activity, the quietest first. Where the share of
works runs furthest ahead of the share of activity, the two are most out of step: that many
works go out in hours when only so much happens. The distance is called one when it exceeds
the bound of the one-sided Kolmogorov-Smirnov test, sqrt(ln(1 / 0.05) / 2 / n) for n works
(Massey, "The Kolmogorov-Smirnov test for goodness of fit", JASA 1951; conservative for values
that come in classes, Conover 1972), which allows for having looked at every set of hours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from opsdata.analysis.audience import Part, cell
from opsdata.filters import Filters
from opsdata.metrics import Grain
from opsdata.store import Store

HOURS = 24
DAYS = 7

ENOUGH = 10
"""Fewer works than this say nothing about a habit."""

DOUBT = 0.05

Cells = dict[tuple[int, int], float]
"""A value for each weekday (Monday is 0) and hour."""


@dataclass(frozen=True)
class Activity:
    """How activity is spread over the hours of a day, and of a week where that is known."""

    day: date
    hours: tuple[float, ...]
    """24 shares that add up to 1; empty when not all hours are known."""
    cells: tuple[tuple[tuple[int, int], float], ...] = ()
    """Shares by weekday and hour, as the file says them."""


@dataclass(frozen=True)
class Step:
    """Works against activity: ``reason`` says why nothing is said of them."""

    n: int
    quiet: tuple[int, ...] = ()
    """The hours in which works run furthest ahead of activity."""
    works: int = 0
    """The works that went out in these hours."""
    activity: float = 0.0
    """The share of activity in these hours."""
    bound: float = 1.0
    """How far works may run ahead by chance."""
    reason: str | None = None

    @property
    def share(self) -> float:
        """The share of works that went out in these hours."""
        return self.works / self.n if self.n else 0.0

    @property
    def out_of_step(self) -> bool:
        """Whether works run further ahead than chance would have it."""
        return self.reason is None and self.share - self.activity > self.bound


def activity(parts: Sequence[Part]) -> Activity | None:
    """Return what a portrait says of active hours, None when it says nothing."""
    found = {part.dimension: part for part in parts}
    week = found.get("hour_of_week")
    cells = _cells(week) if week else {}
    day = found.get("hour")
    if day is not None:
        said = {int(s.bucket): s.share for s in day.shares if s.bucket.isdigit()}
        if len(said) == HOURS or not cells:
            seen = week.day if week else day.day
            return Activity(max(day.day, seen), _whole(said), tuple(sorted(cells.items())))
    if week is None or not cells:
        return None
    whole = len(cells) == HOURS * DAYS
    hours = {h: sum(cells[d, h] for d in range(DAYS)) for h in range(HOURS)} if whole else {}
    return Activity(week.day, _whole(hours), tuple(sorted(cells.items())))


def _cells(part: Part) -> Cells:
    named = ((cell(share.bucket), share.share) for share in part.shares)
    return {at: share for at, share in named if at is not None and at[1] < HOURS}


def _whole(hours: Mapping[int, float]) -> tuple[float, ...]:
    """Return 24 shares of 1; none when an hour is missing, because missing is not zero."""
    total = sum(hours.values())
    if set(hours) != set(range(HOURS)) or total <= 0:
        return ()
    return tuple(hours[hour] / total for hour in range(HOURS))


def published(store: Store, account_id: str, filters: Filters) -> Cells:
    """Return how many works of an account and of a view went out by weekday and hour."""
    where, values = filters.where(Grain.WORK)
    rows = store.rows(
        "select isodow(published_at) - 1, hour(published_at), count(*) from work "
        f"where {where} and account_id = $account_id group by 1, 2 order by 1, 2",
        {**values, "account_id": account_id},
    )
    return {(int(day), int(hour)): float(n) for day, hour, n in rows}


def by_hour(works: Cells) -> tuple[int, ...]:
    """Return how many works went out in each hour of the day."""
    return tuple(round(sum(n for (_, h), n in works.items() if h == hour)) for hour in range(HOURS))


def step(active: Activity, works: Sequence[int]) -> Step:
    """Return where works by hour run furthest ahead of activity.

    >>> half = Activity(date(2026, 3, 1), (0.0,) * 12 + (1 / 12,) * 12)
    >>> found = step(half, [1] * 24)
    >>> found.works, found.n, found.activity, found.out_of_step
    (12, 24, 0.0, True)
    """
    n = sum(works)
    if not active.hours:
        return Step(n, reason="hours_incomplete")
    if n < ENOUGH:
        return Step(n, reason="few_works")
    order = sorted(range(HOURS), key=lambda hour: (active.hours[hour], hour))
    best = Step(n, bound=math.sqrt(-math.log(DOUBT) / 2 / n))
    for count in range(1, HOURS):
        quiet = tuple(sorted(order[:count]))
        inside = sum(works[hour] for hour in quiet)
        here = sum(active.hours[hour] for hour in quiet)
        if inside / n - here > best.share - best.activity + 1e-12:
            best = Step(n, quiet, inside, here, best.bound)
    return best
