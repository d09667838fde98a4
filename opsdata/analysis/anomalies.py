"""Days that were unlike what was to be expected of them.

A day is expected to be like the days around it (running mean, far ones pulled in) and like
others of its weekday, holidays being a kind of day of their own; what is left is judged by how
far chance reaches (the idea of seasonal hybrid ESD, Hochenbaum et al. 2017; ``tails`` says how
far that is). Values are judged on the scale on which ups and downs are alike: logs, roots, or
as they are, and where days of a high level stray further, against that level.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from pandas.api.typing import Rolling

from opsdata import queries, trends
from opsdata.analysis.tails import reach, spread
from opsdata.filters import Filters
from opsdata.metrics import Grain, metric
from opsdata.store import Store
from opsdata.team.holidays import calendar

ENOUGH_DAYS = 28
BY_CHANCE = 0.0096
"""So small a share of quiet days is called unusual, also where days often stray; the
simulation counts them (``tests.simulate anomalies``)."""
_CERTAIN = 4.0
"""From this distance a day is left out when the others are judged."""
SMALLEST = 0.05
"""A day that is off by a smaller share of the usual is never called unusual."""
_LONG_GONE = pd.Timedelta(days=14)
_AROUND = 35
_HOLIDAY = 7
_SLANTED = 0.05
_PULLED = 1.7
"""Spreads beyond which a value of a kind of day counts no more than one at that distance."""
_OF_MEAN = 1.1
"""The variance of such a mean beside that of the plain one, both of normal values."""
_GIVE = 0.2
"""By how much the power with which distances grow may be another than the scale's."""

Way = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Scale:
    """A way to look at values, the way back, and how distances grow with the level there."""

    there: Way
    back: Way
    grows: float
    """With which power of the level, if plays are always the same share off."""


_ROOTS = Scale(np.sqrt, lambda z: np.maximum(z, 0.0) ** 2, 0.5)
_LOGS = Scale(np.log1p, lambda z: np.expm1(np.maximum(z, 0.0)), 0.0)
_POSITIVE = Scale(lambda v: v, lambda z: z, 1.0)
_AS_THEY_ARE = Scale(lambda v: v, lambda z: z, 0.0)


@dataclass(frozen=True)
class Unusual:
    """One unusual day: what it was, and between what it was to be expected."""

    day: date
    value: float
    expected_low: float
    expected_high: float

    @property
    def direction(self) -> str:
        """Which way it was unusual."""
        return "up" if self.value > self.expected_high else "down"


def anomalies(store: Store, key: str, filters: Filters) -> tuple[Unusual, ...]:
    """Return the unusual days of a metric in a period, judged by all days that are known.

    Holidays are those of the team's calendar.
    """
    always = replace(filters, since=None, until=None)
    known = trends.trend(store, key, always)
    known = known[~known["day"].isin(_incomplete(store, key, always))]
    free = _holidays(store, known["day"])
    found = unusual(known, free, level=metric(key).stock)
    return tuple(
        one
        for one in found
        if (filters.since is None or one.day >= filters.since)
        and (filters.until is None or one.day <= filters.until)
    )


def _holidays(store: Store, days: pd.Series) -> frozenset[date]:
    """Return the free days among some days."""
    if days.empty:
        return frozenset()
    return calendar(store).free(days.min().date(), days.max().date())


def _incomplete(store: Store, key: str, always: Filters) -> pd.DatetimeIndex:
    """Return the days on which an account is missing; their sums would look like a fall."""
    if always.about_works or key not in queries.daily_measures(store, always.accounts):
        return pd.DatetimeIndex([])
    where, values = always.where(Grain.DAY)
    return gaps(
        store.frame(f"select account, day from daily where {where} and {key} is not null", values)
    )


def gaps(known: pd.DataFrame) -> pd.DatetimeIndex:
    """Return the days that an account lacks after its first one, until it is long gone.

    ``known`` has a row for each account and day there are: columns account, day.
    """
    days = pd.to_datetime(known["day"])
    there = pd.crosstab(days, known["account"]).astype(bool)
    first, last = (days.groupby(known["account"]).agg(end) for end in ("min", "max"))
    every = there.index.to_numpy()[:, None]
    active = (every >= first.to_numpy()) & (every <= (last + _LONG_GONE).to_numpy())
    return pd.DatetimeIndex(there.index[(active & ~there.to_numpy()).any(axis=1)])


def unusual(
    days: pd.DataFrame, holidays: Collection[date] = (), level: bool = False
) -> list[Unusual]:
    """Return the unusual ones of some days: columns day and value.

    A ``level`` is judged by how it moved from the day before.
    """
    known = days.assign(value=days["value"].astype(float))
    base = known["value"].shift() if level else pd.Series(0.0, known.index)
    known = known.assign(base=base, move=known["value"] - base).dropna(subset=["move"])
    if len(known) < ENOUGH_DAYS:
        return []
    moves = known["move"].to_numpy(dtype=float)
    kinds = _kinds(known["day"], holidays)
    low, high = _expected(moves, kinds)
    least = SMALLEST * float(np.median(np.abs(moves)))
    off = (moves > high) | (moves < low)
    middle = (low + high) / 2
    off &= np.abs(moves - middle) >= least
    base_values = known["base"].to_numpy(dtype=float)
    return [
        Unusual(
            known["day"].iloc[at].date(), float(moves[at] + base_values[at]),
            float(low[at] + base_values[at]), float(high[at] + base_values[at]),
        )
        for at in np.flatnonzero(off)
    ]  # fmt: skip


def _kinds(days: pd.Series, holidays: Collection[date]) -> np.ndarray:
    """Return the kind of each day: its weekday, or that it is a holiday."""
    off = days.dt.date.isin(set(holidays)).to_numpy(dtype=bool)
    return np.where(off, _HOLIDAY, days.dt.day_of_week.to_numpy())


def _expected(values: np.ndarray, kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return between what each value was to be expected; far ones have no say in it."""
    scale = _scale(values, kinds)
    seen = scale.there(values)
    expected = _usual(seen, kinds)
    left = seen - expected
    near = np.abs(left) <= _CERTAIN * spread(left)
    expected = _usual(np.where(near, seen, expected), kinds)
    left = seen - expected
    wide = _width(left, scale.back(expected), scale.grows)
    far = wide * reach(left / wide, BY_CHANCE)
    return scale.back(expected - far), scale.back(expected + far)


def _width(left: np.ndarray, levels: np.ndarray, grows: float) -> np.ndarray:
    """Return how far each day strays beside the others, for the level it is at.

    The power is the slope of log distances over log levels, drawn towards the scale's own.
    """
    if not grows:
        return np.ones(len(left))
    logs = np.log(np.maximum(levels, 1.0))
    logs -= logs.mean()
    sizes = np.abs(left)
    far = np.log(np.maximum(sizes, max(float(np.quantile(sizes, 0.1)), 1e-9)))
    far = np.clip(far - np.median(far), -2.0, 1.5)
    known, wanted = float(logs @ logs) / max(float(far.var()), 1e-9), 1 / _GIVE**2
    slope = float(logs @ far) / max(float(logs @ logs), 1e-9)
    power = (slope * known + grows * wanted) / (known + wanted)
    found: np.ndarray = np.exp(power * logs)
    return found


def _scale(values: np.ndarray, kinds: np.ndarray) -> Scale:
    """Return the scale on which values lie evenly around the usual: roots unless another does."""
    if (values < 0).any():
        return _AS_THEY_ARE
    scales = (_ROOTS, _LOGS, _POSITIVE)
    slants = [abs(_slant(one.there(values), kinds)) for one in scales]
    return _ROOTS if slants[0] <= _SLANTED else scales[int(np.argmin(slants))]


def _slant(values: np.ndarray, kinds: np.ndarray) -> float:
    """Return how much further the upper tenth lies from the middle than the lower one, -1 to 1."""
    low, middle, high = np.quantile(values - _usual(values, kinds), (0.1, 0.5, 0.9))
    return float((high + low - 2 * middle) / (high - low)) if high > low else 0.0


def _usual(values: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Return what each value was to be expected to be: the days around it and its kind."""
    season = np.zeros(len(values))
    for _ in range(2):
        season = _season(values - _around(values - season), kinds)
    return _around(values - season) + season


def _around(values: np.ndarray) -> np.ndarray:
    """Return the mean of the days around each, those far from their median pulled in."""
    middle = _rolled(values).median().to_numpy()
    most = 2.5 * spread(values - middle)
    found: np.ndarray = _rolled(np.clip(values, middle - most, middle + most)).mean().to_numpy()
    return found


def _rolled(values: np.ndarray) -> Rolling:
    return pd.Series(values).rolling(_AROUND, center=True, min_periods=1)


def _season(left: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Return the middle of each kind of day, drawn towards nothing as far as chance made it.

    The share kept is one less the chance spread over the square seen (James and Stein 1961).
    """
    season = np.zeros(len(left))
    for kind in np.unique(kinds):
        mine = left[kinds == kind]
        middle, wide = float(np.median(mine)), spread(mine)
        middle = float(np.clip(mine, middle - _PULLED * wide, middle + _PULLED * wide).mean())
        chance = _OF_MEAN * wide**2 / len(mine)
        kept = max(0.0, 1 - chance / middle**2) if middle and len(mine) > 2 else 0.0
        season[kinds == kind] = kept * middle
    return season
