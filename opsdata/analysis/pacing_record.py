"""How good the chances were: past months forecast from what was known then.

On the 7th, 14th and 21st day of each past month the chance is asked again that the month
brings as much per day as the month before, a tenth less, or a tenth more. The Brier score
(Brier 1950) is the mean squared distance between chance and outcome: 0 is perfect, 0.25 a
coin. Beside it stands the straight line, which says yes or no by the mean so far. A month
tells little, as its forecasts stand or fall together, so the past year is looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from opsdata.analysis.pacing import LEAST_DAYS, Goal, Pace, month_of, pace

_MONTHS = 12
_ASKED_AFTER = (7, 14, 21)
_AIMS = (0.9, 1.0, 1.1)


@dataclass(frozen=True)
class Record:
    """The mean squared errors of both ways over so many past months and forecasts."""

    months: int
    n: int
    ours: float
    straight: float
    inside: float
    """The share of months that ended between the low and the high of our forecast."""

    @property
    def better(self) -> bool:
        """Whether our chances were nearer to what came than the straight line."""
        return self.ours < self.straight


@dataclass(frozen=True)
class _Forecast:
    ours: float
    straight: float
    inside: bool


def record(days: pd.Series[float], more_is_better: bool = True) -> Record | None:
    """Return how the chances of past months did; None when no month can be judged."""
    made: dict[date, list[_Forecast]] = {}
    first, _ = month_of(days.index[-1].date() + timedelta(days=1))
    for _ in range(_MONTHS):
        first, last = month_of(first - timedelta(days=1))
        made[first] = _month(days, first, last, more_is_better)
    found = [one for month in made.values() for one in month]
    if not found:
        return None
    n = len(found)
    return Record(
        sum(bool(month) for month in made.values()),
        n,
        sum(one.ours for one in found) / n,
        sum(one.straight for one in found) / n,
        sum(one.inside for one in found) / n,
    )


def _month(
    days: pd.Series[float], first: date, last: date, more_is_better: bool
) -> list[_Forecast]:
    """Return the forecasts of one month, none when it or the month before has gaps."""
    before = days[pd.Timestamp(month_of(first - timedelta(days=1))[0]) : pd.Timestamp(first)][:-1]
    month = days[pd.Timestamp(first) : pd.Timestamp(last)]
    whole = (last - first).days + 1
    if len(month) < whole or len(before) < 28 or month.isna().any() or before.isna().any():
        return []
    aim = float(before.mean()) * whole
    goals = [Goal(aim * share, more_is_better) for share in _AIMS]
    return [made for after in _ASKED_AFTER for made in _asked(days, first, last, after, goals)]


def _asked(
    days: pd.Series[float], first: date, last: date, after: int, goals: Sequence[Goal]
) -> list[_Forecast]:
    """Return what was said of some goals on a day of a month, none when too little was known."""
    seen = days[: pd.Timestamp(first + timedelta(days=after - 1))]
    if int(seen.notna().sum()) < LEAST_DAYS:
        return []
    said = pace(seen, first, last)
    month = days[pd.Timestamp(first) : pd.Timestamp(last)].to_numpy()
    total, line = month.sum(), month[:after].mean() * len(month)
    if said.low is None or said.high is None:
        return []
    inside = bool(said.low <= total <= said.high)
    return [_judged(said, goal, total, line, inside) for goal in goals]


def _judged(said: Pace, goal: Goal, total: float, line: float, inside: bool) -> _Forecast:
    """Return how far off a chance and a straight line were."""
    outcome, straight = goal.met(np.array([total, line]))
    chance = said.chance_of(goal) or 0.0
    return _Forecast(float((chance - outcome) ** 2), float(straight != outcome), inside)
