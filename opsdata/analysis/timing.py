"""When works do better than expected of them, and how sure that is.

What is compared is the residual log plays of works (``residuals``). Each slot is set against
all other works. Works of one day share its luck, so days are what is drawn again: whole days
change sign at random (wild cluster bootstrap; Cameron, Gelbach and Miller 2008), and a slot is
best only when it is further out than the furthest of all slots is by luck alone in 97.5 % of
the draws (max-T; Westfall and Young 1993). Effects are shrunk by ``adaptive``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from opsdata.analysis.adaptive import Shrunk, shrunk
from opsdata.analysis.residuals import mature_works
from opsdata.filters import Filters
from opsdata.store import Store

BLOCK_HOURS = 4
BLOCKS = tuple(range(0, 24, BLOCK_HOURS))
ENOUGH_WORKS = 40
"""With fewer mature works nothing is said about times."""
ENOUGH_IN_SLOT = 10
MATTERS = 0.1
"""A slot that is better by less is not worth moving a post for."""
NO_MATTER = 0.25
"""When no slot can be better by more, there is no difference worth looking for."""
FALSE_CLAIMS = 0.025
_DRAWS = 2000
_TYPICAL_BAR = 2.8
"""How many standard errors a slot must be out, before own data say so."""
_POWER = 0.8416
"""The 80 % point of the normal curve: plans shall find what there is four times in five."""


class DayType(StrEnum):
    """Which days a slot is about."""

    ALL = "all"
    WEEKDAY = "weekday"
    WEEKEND = "weekend"


class Verdict(StrEnum):
    """What can be said of all slots together."""

    BEST = "best"
    NO_DIFFERENCE = "no_difference"
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True, order=True)
class Slot:
    """Four hours of some days."""

    day_type: DayType
    hour_from: int

    @property
    def hour_to(self) -> int:
        """The hour it ends before."""
        return self.hour_from + BLOCK_HOURS


@dataclass(frozen=True)
class Effect:
    """How typical plays differ from all other works (0.6 is +60 %), and of how many works."""

    n: int
    effect: float
    low: float
    high: float

    @property
    def is_sure(self) -> bool:
        """Whether the interval leaves no doubt about the direction."""
        return self.n > 0 and (self.low > 0 or self.high < 0)


@dataclass(frozen=True)
class Timing:
    """What is known about times: the verdict, every slot, every cell of the week."""

    verdict: Verdict
    works: int
    slots: tuple[tuple[Slot, Effect], ...] = ()
    """The largest effect first."""
    best: Slot | None = None
    cells: tuple[tuple[int, int, Effect], ...] = ()
    """Day of the week (1 is Monday), first hour, effect."""
    spread: float = 1.0
    """Standard deviation of the residuals."""
    bar: float = _TYPICAL_BAR
    """How many standard errors a slot had to be out to be called best."""

    def still_needed(self, effect: float, slots: Sequence[Slot]) -> int:
        """Return how many posts more, evenly over some slots, would show an effect of any."""
        share = 1 / max(len(slots), 2)
        wanted = ((self.bar + _POWER) * self.spread / math.log1p(effect)) ** 2
        return math.ceil(max(wanted - self._known(slots), 0.0) / (share * (1 - share)))

    def _known(self, slots: Sequence[Slot]) -> float:
        """Return how much is known of the slot that least is known of."""
        counts = {slot: one.n for slot, one in self.slots}
        inside = [counts.get(slot, 0) for slot in slots]
        return min((n * (self.works - n) / self.works for n in inside if self.works), default=0.0)


def timing(store: Store, filters: Filters) -> Timing:
    """Return what the mature works of a view say about times."""
    return judge(mature_works(store, filters))


def judge(works: pd.DataFrame) -> Timing:
    """Return what works say about times: columns published_at and residual."""
    if len(works) < ENOUGH_WORKS:
        return Timing(Verdict.NOT_ENOUGH, len(works))
    week = _Week(works)
    slots = [
        Slot(day_type, hour)
        for day_type in DayType
        for hour in BLOCKS
        if 0 < week.inside(Slot(day_type, hour)).sum() < len(works)
    ]
    sums = week.contrasts([week.inside(slot) for slot in slots])
    effects = week.effects([week.inside(slot) for slot in slots], sums)
    tested = np.array([ENOUGH_IN_SLOT <= one.n <= len(works) - ENOUGH_IN_SLOT for one in effects])
    bar, out = _bar(sums[:, tested])
    passed = [
        (one.effect, slot)
        for slot, one, t in zip(_kept(slots, tested), _kept(effects, tested), out, strict=True)
        if t > bar and one.effect >= MATTERS and one.low > 0
    ]
    best = max(passed)[1] if passed else None
    ranked = sorted(zip(slots, effects, strict=True), key=lambda pair: -pair[1].effect)
    return Timing(
        _verdict(best, _kept(effects, tested)), len(works), tuple(ranked), best,
        tuple(week.cells()), week.spread, bar,
    )  # fmt: skip


def _kept(values: list, which: np.ndarray) -> list:  # type: ignore[type-arg]
    return [value for value, keep in zip(values, which, strict=True) if keep]


def _verdict(best: Slot | None, tested: list[Effect]) -> Verdict:
    if best is not None:
        return Verdict.BEST
    small = [one.high < NO_MATTER for one in tested]
    return Verdict.NO_DIFFERENCE if len(small) > 1 and all(small) else Verdict.NOT_ENOUGH


def _bar(sums: np.ndarray) -> tuple[float, np.ndarray]:
    """Return how far out the furthest slot is by luck at most, and how far each one is.

    ``sums`` has a row for each day and a column for each slot: what the day adds to the
    difference between the slot and all others.
    """
    if not sums.shape[1]:
        return _TYPICAL_BAR, np.zeros(0)
    size = np.sqrt((sums**2).sum(axis=0))
    scaled = sums / np.where(size > 0, size, 1.0)
    signs = np.random.default_rng(1).integers(0, 2, (_DRAWS, len(sums)), dtype=np.int8)
    furthest = ((2 * signs - 1).astype(np.float32) @ scaled.astype(np.float32)).max(axis=1)
    return float(np.quantile(furthest, 1 - FALSE_CLAIMS)), scaled.sum(axis=0)


class _Week:
    """Works by their place in the week, and the days they were published on."""

    def __init__(self, works: pd.DataFrame) -> None:
        published = works["published_at"]
        self._hour = published.dt.hour.to_numpy() // BLOCK_HOURS * BLOCK_HOURS
        self._weekday = published.dt.day_of_week.to_numpy() + 1
        self._left = works["residual"].to_numpy(dtype=float)
        self._day = pd.factorize(published.dt.normalize())[0]
        self.spread = float(np.std(self._left)) or 1.0

    def inside(self, slot: Slot) -> np.ndarray:
        """Return which works were published in a slot."""
        found: np.ndarray = self._hour == slot.hour_from
        if slot.day_type is DayType.ALL:
            return found
        weekend = self._weekday > 5
        within: np.ndarray = found & (weekend if slot.day_type is DayType.WEEKEND else ~weekend)
        return within

    def contrasts(self, groups: list[np.ndarray]) -> np.ndarray:
        """Return what each day adds to the difference between each group and all others."""
        days = int(self._day.max()) + 1
        every = np.bincount(self._day, self._left, days)
        sums = np.zeros((days, len(groups)))
        for at, inside in enumerate(groups):
            n = int(inside.sum())
            mine = np.bincount(self._day[inside], self._left[inside], days)
            sums[:, at] = mine / n - (every - mine) / (len(inside) - n)
        return sums

    def effects(self, groups: list[np.ndarray], sums: np.ndarray) -> list[Effect]:
        """Return the shrunk effect of each group; its error is that of days or of works."""
        n = np.array([int(inside.sum()) for inside in groups])
        by_work = self.spread * np.sqrt(1 / n + 1 / (len(self._left) - n))
        by_day = np.sqrt((sums**2).sum(axis=0))
        found = shrunk(sums.sum(axis=0), np.maximum(by_work, by_day))
        return [_effect(int(count), one) for count, one in zip(n, found, strict=True)]

    def cells(self) -> list[tuple[int, int, Effect]]:
        """Return every cell of the week; one without works has no effect."""
        places = [(day, hour) for day in range(1, 8) for hour in BLOCKS]
        groups = [(self._weekday == day) & (self._hour == hour) for day, hour in places]
        used = [inside.any() and not inside.all() for inside in groups]
        known = _kept(groups, np.array(used))
        effects = iter(self.effects(known, self.contrasts(known)))
        nothing = Effect(0, 0.0, 0.0, 0.0)
        return [
            (day, hour, next(effects) if use else nothing)
            for (day, hour), use in zip(places, used, strict=True)
        ]


def _effect(n: int, one: Shrunk) -> Effect:
    return Effect(n, math.expm1(one.middle), math.expm1(one.low), math.expm1(one.high))
