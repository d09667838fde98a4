"""A week's publishing times drawn by lot, so that next time the times can be told apart.

Balanced randomisation: every slot gets as many posts as any other, the rest by lot, and which
post goes where nobody chooses (Box, Hunter and Hunter, "Statistics for Experimenters", ch. 4).
The draw is seeded by the week, so that everybody who opens the plan sees the same one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from opsdata.analysis.timing import DayType, Slot

CANDIDATES = (
    Slot(DayType.WEEKDAY, 12),
    Slot(DayType.WEEKDAY, 16),
    Slot(DayType.WEEKDAY, 20),
    Slot(DayType.WEEKEND, 8),
    Slot(DayType.WEEKEND, 16),
    Slot(DayType.WEEKEND, 20),
)
"""Slots that are tried when the team names none."""
_RECENT_WEEKS = 8
WORTH = 0.3
"""An effect that a plan should be able to show: +30 % of typical plays."""
_LAST_START = 5
"""A post goes out at one of the first half hours of its slot, so that it is never late."""


@dataclass(frozen=True)
class Planned:
    """One post of a plan: when, and the slot it stands for."""

    at: datetime
    slot: Slot


def monday_after(day: date) -> date:
    """Return the first day of the week after a day.

    >>> monday_after(date(2026, 11, 23)), monday_after(date(2026, 11, 22))
    (datetime.date(2026, 11, 30), datetime.date(2026, 11, 23))
    """
    return day + timedelta(days=7 - day.weekday())


def plan(monday: date, posts: int, slots: Sequence[Slot]) -> list[Planned]:
    """Return a week's posts in order of time, evenly over some slots, drawn by lot."""
    ordered = sorted(set(slots))
    if not ordered:
        return []
    rng = np.random.default_rng(monday.toordinal())
    lots = list(rng.permutation(len(ordered)))
    drawn = [ordered[lots[i % len(ordered)]] for i in range(posts)]
    taken: dict[date, int] = {}
    made = [_placed(monday, slot, taken, rng) for slot in drawn]
    return sorted(made, key=lambda one: (one.at, one.slot))


def _placed(monday: date, slot: Slot, taken: dict[date, int], rng: np.random.Generator) -> Planned:
    """Return a post on one of the slot's days that have the fewest posts yet."""
    days = [monday + timedelta(days=i) for i in _days(slot.day_type)]
    fewest = min(taken.get(day, 0) for day in days)
    free = [day for day in days if taken.get(day, 0) == fewest]
    day = free[int(rng.integers(len(free)))]
    taken[day] = fewest + 1
    minutes = 30 * int(rng.integers(_LAST_START))
    at = datetime.combine(day, time(slot.hour_from)) + timedelta(minutes=minutes)
    return Planned(at, slot)


def _days(day_type: DayType) -> range:
    if day_type is DayType.WEEKDAY:
        return range(5)
    return range(5, 7) if day_type is DayType.WEEKEND else range(7)


def usual_posts(weeks: Sequence[int]) -> int:
    """Return how many posts a week the team is used to, from its last weeks; 3 to 21.

    >>> usual_posts([1, 9, 10, 12]), usual_posts([])
    (10, 7)
    """
    last = list(weeks)[-_RECENT_WEEKS:]
    return min(max(round(float(np.median(last))), 3), 21) if last else 7
