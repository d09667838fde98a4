"""What an account's days brought during a campaign, against its usual weekdays.

Expected of a day is the level of the last eight weeks of usual days before the campaign (mean
of logs) with the weekday's own difference, drawn to nothing where it is little known. Days of
other campaigns are left out. The check are placebo dates: every other stretch of as many days.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from opsdata.analysis.placebo import Effect, Numbers, judge, lacking, side_by_side

BEFORE_DAYS = 56
_OLDEST = 112
"""No day so long before says anything of the usual level."""
_LEAST_BEFORE = 28
_KNOWN = 0.8
"""So much of a stretch must be known."""
_CALM = 3
"""A weekday seen so often shows half of its own difference."""
_BAND = 1.2816
"""Four in five usual days lie within so many standard deviations."""


@dataclass(frozen=True)
class Days:
    """What days brought and what was expected of them."""

    effect: Effect
    frame: pd.DataFrame
    """day, value, expected, low, high: from four weeks before to as long again after."""
    actual: float | None = None
    expected: float | None = None
    extra_low: float | None = None
    extra_high: float | None = None

    @property
    def extra(self) -> float | None:
        """What the days brought beyond the expected."""
        if self.actual is None or self.effect.effect is None:
            return None
        return beyond(self.actual, self.effect.effect)


def beyond(actual: float, effect: float) -> float:
    """Return how much of a total an effect brought.

    >>> round(beyond(150, 0.5), 6), round(beyond(80, -0.2), 6)
    (50.0, -20.0)
    """
    return actual - actual / (1 + effect)


def against_usual(
    series: pd.DataFrame, since: date, days: int, busy: frozenset[date]
) -> Days | None:
    """Return how some days did; None where none of them is known.

    ``series``: day, value. ``busy`` are the days of any campaign.
    """
    known = series.dropna(subset=["value"])
    if known.empty or known["value"].sum() <= 0:
        return None
    line = _Line.of(series, busy)
    start = line.number(since)
    if not (0 <= start < len(line.logs)) or np.isnan(line.logs[start : start + days]).all():
        return None
    frame = line.drawn(start, days)
    days = min(days, len(line.logs) - start)
    found = line.effect(start, days)
    n = int((~np.isnan(line.logs[start : start + days])).sum())
    if found is None:
        return Days(lacking("few_days", n, _LEAST_BEFORE), frame)
    placebos, apart = line.placebos(start, days)
    effect = judge(found, placebos, apart, n)
    inside = frame[(frame["day"] >= pd.Timestamp(since)) & frame["value"].notna()]
    inside = inside[inside["day"] < pd.Timestamp(since + timedelta(days=days))]
    actual = float(inside["value"].sum())
    low, high = (
        beyond(actual, end) if end is not None else None for end in (effect.low, effect.high)
    )
    return Days(effect, frame, actual, float(inside["expected"].sum()), low, high)


@dataclass(frozen=True)
class _Line:
    """Days one after the other, as logs."""

    origin: date
    logs: Numbers
    free: np.ndarray
    """Which of them belong to no campaign."""

    @classmethod
    def of(cls, series: pd.DataFrame, busy: frozenset[date]) -> _Line:
        days = pd.to_datetime(series["day"])
        values = pd.Series(series["value"].to_numpy(dtype=float), index=days)
        values = values.reindex(pd.date_range(days.min(), days.max()))
        free = np.array([day.date() not in busy for day in values.index])
        return cls(days.min().date(), np.log1p(values.clip(lower=0).to_numpy()), free)

    def number(self, day: date) -> int:
        return (day - self.origin).days

    def usual(self, start: int) -> tuple[Numbers, float] | None:
        """Return the usual log of each weekday before a day, and how far days lie from it."""
        at = np.arange(max(start - _OLDEST, 0), min(max(start, 0), len(self.logs)))
        at = at[self.free[at] & ~np.isnan(self.logs[at])][-BEFORE_DAYS:]
        if len(at) < _LEAST_BEFORE:
            return None
        level = float(self.logs[at].mean())
        counts = np.bincount(at % 7, minlength=7)
        sums = np.bincount(at % 7, weights=self.logs[at] - level, minlength=7)
        week = level + sums / (counts + _CALM)
        return week, float((self.logs[at] - week[at % 7]).std(ddof=1))

    def effect(self, start: int, days: int) -> float | None:
        """Return the mean log of some days over the usual one, None when too few are known."""
        usual = self.usual(start) if start > 0 else None
        at = np.arange(start, min(start + days, len(self.logs)))
        if usual is None or not len(at):
            return None
        left = self.logs[at] - usual[0][at % 7]
        known = left[~np.isnan(left)]
        return float(known.mean()) if len(known) >= _KNOWN * len(at) else None

    def placebos(self, start: int, days: int) -> tuple[Numbers, int]:
        """Return the same of every other stretch that no campaign touches."""
        found, starts = [], []
        for at in range(_LEAST_BEFORE, len(self.logs) - days + 1):
            if (at < start + days and at + days > start) or not self.free[at : at + days].all():
                continue
            effect = self.effect(at, days)
            if effect is not None:
                found.append(effect)
                starts.append(at)
        return np.array(found), side_by_side(starts, days)

    def drawn(self, start: int, days: int) -> pd.DataFrame:
        """Return the days around a campaign with what was expected of each."""
        at = np.arange(max(start - 28, 0), min(start + 2 * days, len(self.logs)))
        usual = self.usual(start)
        middle = usual[0][at % 7] if usual else np.full(len(at), math.nan)
        reach = _BAND * usual[1] if usual else math.nan
        first = pd.Timestamp(self.origin)
        return pd.DataFrame(
            {
                "day": first + pd.to_timedelta(at, unit="D"),
                "value": np.expm1(self.logs[at]).round(6),
                "expected": np.expm1(middle),
                "low": np.expm1(middle - reach),
                "high": np.expm1(middle + reach),
            }
        )
