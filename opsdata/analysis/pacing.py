"""Will a target be hit: what is known so far, and how such days went on in the past.

The days that are left are drawn many times (block bootstrap; Künsch 1989): each draw
takes a stretch of days from the past, as they went relative to their weekday and to the
level before them (of four weeks and of a quarter, hits cut to the best tenth), and lays
it on the level and weekdays of now. Whole stretches carry with them that good days come
together and that levels drift. The chance of a target is the share of draws that reach
it; 80 % of them lie between ``low`` and ``high``; a short past, which holds few separate
stretches, widens them. Draws are seeded, so the same data give the same answer.

Whether that is worth more than a straight line is told by past months
(``opsdata.analysis.pacing_record``).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

LEAST_DAYS = 56
"""Under eight weeks of known days nothing is claimed."""

LEVEL_DAYS, LONG_DAYS = 28, 91
"""The level of now is the mean of these many days, the mean of both."""

_MOST_DAYS = 371
_DRAWS = 2000
_SEED = 20260101
_SHRINK = 4
"""So many average days stand beside the known ones of each weekday."""

Numbers = np.ndarray


@dataclass(frozen=True)
class Fan:
    """The total at the end of each day to come: the middle, and between what 80 % of draws lie."""

    day: date
    low: float
    mid: float
    high: float


@dataclass(frozen=True)
class Pace:
    """How far it is, where it will end, and the chance of the target; None with the reason."""

    since: date
    until: date
    so_far: float | None = None
    low: float | None = None
    mid: float | None = None
    high: float | None = None
    target: float | None = None
    chance: float | None = None
    reason: str | None = None
    values: tuple[tuple[str, object], ...] = ()
    known: tuple[tuple[date, float], ...] = ()
    """The total at the end of each known day."""
    fan: tuple[Fan, ...] = ()
    missing: int = 0
    """Days of the period that passed without data; they count as ordinary ones."""
    ends: tuple[float, ...] = field(default=(), repr=False)
    """Where the draws end."""

    def chance_of(self, goal: Goal) -> float | None:
        """Return the share of draws that meet a goal, None when nothing is drawn."""
        return float(goal.met(np.array(self.ends)).mean()) if self.ends else None


@dataclass(frozen=True)
class Goal:
    """A value to reach, and whether more of it is good news."""

    value: float
    more_is_better: bool = True

    def met(self, totals: Numbers) -> Numbers:
        """Return for each total whether it meets the goal."""
        reached: Numbers = totals >= self.value if self.more_is_better else totals <= self.value
        return reached


def pace(
    days: pd.Series[float],
    since: date,
    until: date,
    goal: Goal | None = None,
    start: float | None = None,
    counted: pd.Series[float] | None = None,
) -> Pace:
    """Return how a period stands and how it will end.

    ``days`` is what was added on each day up to the newest, NaN where that is not known;
    ``start`` makes it a level: its value before the first day of the period. ``counted`` is
    what there really was on the days, where they only stand for what is to be expected, or
    where some of a day is known and not all.
    """
    newest: date = days.index[-1].date()
    target = goal.value if goal else None
    inside = days[pd.Timestamp(since) : pd.Timestamp(min(until, newest))]
    base = start or 0.0
    real = inside.fillna(0.0) if counted is None else counted.reindex(inside.index).fillna(0.0)
    known = base + real.cumsum()
    so_far = float(known.iloc[-1]) if len(known) else base
    line = tuple((day.date(), float(value)) for day, value in known.items())
    missing = int(inside.isna().sum())
    if until <= newest and not missing:
        over = Pace(since, until, so_far, so_far, so_far, so_far, target, known=line,
                    ends=(so_far,))  # fmt: skip
        return replace(over, chance=over.chance_of(goal)) if goal else over
    if int(days.notna().sum()) < LEAST_DAYS:
        values = (("n", int(days.notna().sum()) // 7), ("least", LEAST_DAYS // 7))
        return Pace(since, until, so_far, target=target, reason="short_history", values=values,
                    known=line, missing=missing)  # fmt: skip
    past = _Past.of(days)
    ahead = pd.date_range(pd.Timestamp(newest) + pd.Timedelta(days=1), pd.Timestamp(until))
    inside_ahead = ahead >= pd.Timestamp(since)
    drawn = past.draw(ahead)
    if start is None:  # a level moves on the days before the period too
        drawn = drawn * inside_ahead
    sums = np.cumsum(drawn, axis=1)[:, inside_ahead]
    gaps = past.left(inside[inside.isna()].index, real[inside.isna()])
    totals = so_far + gaps + _widened(sums, past.widening(len(ahead)))
    ends = totals[:, -1] if totals.shape[1] else np.array([so_far + gaps])
    low, mid, high = (float(q) for q in np.quantile(ends, (0.1, 0.5, 0.9)))
    found = Pace(
        since,
        until,
        so_far,
        low,
        mid,
        high,
        target,
        known=line,
        fan=_fan(totals, ahead[inside_ahead]),
        missing=missing,
        ends=tuple(float(end) for end in ends),
    )
    return replace(found, chance=found.chance_of(goal)) if goal else found


def _widened(totals: Numbers, by: float) -> Numbers:
    """Return draws further apart around their middle; what cannot fall still does not."""
    if not totals.size:
        return totals
    middle = np.median(totals, axis=0)
    floor = 0.0 if totals.min() >= 0 else -np.inf
    found: Numbers = np.maximum(middle + by * (totals - middle), floor)
    return found


def _fan(totals: Numbers, days: pd.DatetimeIndex) -> tuple[Fan, ...]:
    bands = np.quantile(totals, (0.1, 0.5, 0.9), axis=0).T if len(days) else []
    return tuple(
        Fan(day.date(), *(float(value) for value in band))
        for day, band in zip(days, bands, strict=True)
    )


@dataclass(frozen=True)
class _Past:
    """The past of a series as stretches of days relative to the level before each."""

    weekdays: Numbers
    """What a weekday is of the level: its share, or where values change sign its distance."""
    level: float
    ratio: bool
    paths: Numbers
    """One row a starting day: how the days from it on went relative to what was expected."""

    @classmethod
    def of(cls, days: pd.Series[float]) -> _Past:
        values = days.iloc[-_MOST_DAYS:]
        of_week = values.index.day_of_week.to_numpy()
        numbers = values.to_numpy(dtype=float)
        ratio = _always_positive(numbers)
        weekdays = _weekdays(numbers, of_week, ratio)
        usual = weekdays[of_week]
        plain = numbers / usual if ratio else numbers - usual
        levels = _level(pd.Series(plain))
        before = levels.shift(1).to_numpy()
        return cls(weekdays, float(levels.iloc[-1]), ratio, _stretches(plain, before, ratio))

    def expected(self, days: pd.DatetimeIndex) -> Numbers:
        """Return an ordinary value of each day, at the level of now."""
        usual = self.weekdays[days.day_of_week.to_numpy()]
        found: Numbers = self.level * usual if self.ratio else self.level + usual
        return found

    def left(self, days: pd.DatetimeIndex, real: pd.Series[float]) -> float:
        """Return what is still to be expected of days that are known in part, or not at all."""
        left = self.expected(days) - real.to_numpy(dtype=float)
        return float((np.maximum(left, 0.0) if self.ratio else left).sum())

    def widening(self, wanted: int) -> float:
        """Return how much wider the draws must be, because few separate stretches are known.

        That is what Student's t has over the normal distribution at 90 %, for a new value.
        """
        known = max((len(self.paths) + 6) / max(wanted, 1), 2.0)
        return float((1 + 0.66 / (known - 1)) * np.sqrt(1 + 1 / known))

    def draw(self, days: pd.DatetimeIndex) -> Numbers:
        """Return the days to come, drawn many times: a row for each draw."""
        rng = np.random.default_rng(_SEED)
        wanted, longest = len(days), self.paths.shape[1]
        rows = [self._take(rng, min(longest, wanted - at)) for at in range(0, wanted, longest)]
        if not rows:
            return np.zeros((_DRAWS, 0))
        odd = np.concatenate(rows, axis=1)
        expected = self.expected(days)
        found: Numbers = expected * odd if self.ratio else expected + odd
        return found

    def _take(self, rng: np.random.Generator, width: int) -> Numbers:
        """Return stretches of some days, any that are known so long, drawn at random."""
        whole = self.paths[~np.isnan(self.paths[:, width - 1])]
        found: Numbers = whole[rng.integers(0, len(whole), _DRAWS), :width]
        return found


def _level(plain: pd.Series[float]) -> pd.Series[float]:
    """Return the level up to each day: a hit does not make the days after it seem ordinary."""
    cut = plain.clip(upper=plain.expanding(LEVEL_DAYS // 2).quantile(0.9))
    short, long = (cut.rolling(n, min_periods=LEVEL_DAYS // 2) for n in (LEVEL_DAYS, LONG_DAYS))
    return (short.mean() + long.mean()) / 2


def _always_positive(numbers: Numbers) -> bool:
    """Return whether a level of four weeks never comes near zero, so that ratios mean something."""
    levels = pd.Series(numbers).rolling(LEVEL_DAYS, min_periods=LEVEL_DAYS // 2).mean().dropna()
    return bool(levels.min() > 0.2 * abs(levels.mean()) > 0)


def _weekdays(numbers: Numbers, of_week: Numbers, ratio: bool) -> Numbers:
    mean = float(np.nanmean(numbers))
    found = np.empty(7)
    for weekday in range(7):
        mine = numbers[of_week == weekday]
        mine = mine[~np.isnan(mine)]
        typical = (mine.sum() + _SHRINK * mean) / (len(mine) + _SHRINK)
        found[weekday] = typical / mean if ratio else typical - mean
    return found


def _stretches(plain: Numbers, before: Numbers, ratio: bool) -> Numbers:
    """Return how the days from each day on went, relative to the level before it.

    A day without data went as expected. Rows end with NaN where the past ends.
    """
    n = len(plain)
    longest = max(7, (n - LEVEL_DAYS) // 3)
    starts = [i for i in range(LEVEL_DAYS // 2, n - 6) if before[i] == before[i]]
    padded = np.concatenate([plain, np.full(longest, np.nan)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, longest)[starts]
    levels = before[starts][:, None]
    odd = windows / levels if ratio else windows - levels
    inside = np.arange(longest)[None, :] + np.array(starts)[:, None] < n
    neutral = 1.0 if ratio else 0.0
    found: Numbers = np.where(inside & np.isnan(odd), neutral, odd)
    return found


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month of a day.

    >>> month_of(date(2026, 2, 10))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    return first, after - timedelta(days=1)
