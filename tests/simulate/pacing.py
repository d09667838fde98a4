"""A month's end forecast in worlds whose end is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from opsdata.analysis.pacing import Goal, month_of, pace

LAST = date(2026, 6, 30)
_WEEK = np.array([0.94, 0.93, 0.95, 0.98, 1.06, 1.1, 1.04])


def world(seed: int, days: int = 300) -> pd.Series[float]:
    """The plays of an account: weekdays, a level that drifts, noise that lasts, hits that fade."""
    rng = np.random.default_rng(seed)
    index = pd.date_range(end=LAST, periods=days)
    noise = np.zeros(days)
    for i in range(1, days):
        noise[i] = 0.6 * noise[i - 1] + rng.normal(0, 0.15)
    drift = np.cumsum(rng.normal(0, 0.012, days)) + np.linspace(0, rng.normal(0, 0.2), days)
    hits = np.zeros(days)
    for i in np.flatnonzero(rng.random(days) < 0.03):
        hits[i:] += rng.uniform(0.5, 3) * np.exp(-np.arange(days - i) / 3)
    level = rng.lognormal(9, 1)
    plays = level * _WEEK[index.day_of_week] * (np.exp(noise + drift) + hits)
    return pd.Series(np.floor(plays), index=index)


@dataclass(frozen=True)
class Figures:
    """How both ways did over all worlds."""

    ours: float
    straight: float
    inside: float
    n: int


def measured(worlds: int, days: int = 300, seed: int = 1) -> Figures:
    """Forecast the last month of each world on three of its days, for three targets."""
    first, last = month_of(LAST)
    errors: list[tuple[float, float, bool]] = []
    for i in range(worlds):
        plays = world(seed * 10_000 + i, days)
        month = plays[pd.Timestamp(first) :]
        aim = plays[pd.Timestamp(2026, 5, 1) : pd.Timestamp(2026, 5, 31)].mean() * 30
        for after in (7, 14, 21):
            for share in (0.9, 1.0, 1.1):
                goal = Goal(aim * share)
                said = pace(plays[: -(30 - after)], first, last, goal)
                assert said.chance is not None and said.low is not None and said.high is not None
                outcome = month.sum() >= goal.value
                line = month.iloc[:after].mean() * 30 >= goal.value
                inside = said.low <= month.sum() <= said.high
                errors.append(((said.chance - outcome) ** 2, float(line != outcome), inside))
    ours, straight, inside = np.mean(np.array(errors, dtype=float), axis=0)
    return Figures(float(ours), float(straight), float(inside), len(errors))


def figures() -> Iterator[str]:
    """Yield the figures of a long and of a short history."""
    for days in (300, 120, 84):
        found = measured(300, days)
        yield (
            f"{days} days known: Brier {found.ours:.3f}, straight line {found.straight:.3f}, "
            f"80 % band holds {found.inside:.1%} (n = {found.n})"
        )
