"""Between what the values of days were to be expected.

A day is expected to be like the days around it (running mean, far ones pulled in) and like
others of its weekday, holidays being a kind of day of their own; what is left is judged by how
far chance reaches (the idea of seasonal hybrid ESD, Hochenbaum et al. 2017; ``tails`` says how
far that is). Values are judged on the scale on which ups and downs are alike: logs, roots, or
as they are, and where days of a high level stray further, against that level. What is counted
strays at least as far as counts do by chance (``counts``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.typing import Rolling

from opsdata.analysis import counts
from opsdata.analysis.tails import reach, spread

BY_CHANCE = 0.0096
"""So small a share of quiet days is called unusual, also where days often stray; the
simulation counts them (``tests.simulate anomalies``)."""
_CERTAIN = 4.0
"""From this distance a day is left out when the others are judged."""
_AROUND = 35
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


def expected(values: np.ndarray, kinds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return between what each value was to be expected; far ones have no say in it.

    ``kinds`` are the kinds of day, such as weekdays.
    """
    if counts.small(values):
        return counts.between(values, _usual(values, kinds, counts.LEAST), BY_CHANCE)
    scale = _scale(values, kinds)
    least = _least(values, scale)
    seen = scale.there(values)
    expected = _usual(seen, kinds, least)
    left = seen - expected
    near = np.abs(left) <= _CERTAIN * spread(left, least)
    expected = _usual(np.where(near, seen, expected), kinds, least)
    left = seen - expected
    wide = _width(left, scale.back(expected), scale.grows)
    far = np.maximum(wide * reach(left / wide, BY_CHANCE), counts.beyond(BY_CHANCE) * least)
    return scale.back(expected - far), scale.back(expected + far)


def _least(values: np.ndarray, scale: Scale) -> float:
    """Return how far counted values stray at least, on a scale; measured ones may stand still."""
    if not counts.whole(values):
        return 0.0
    usual = float(np.median(np.abs(values)))
    one = max(counts.LEAST, float(np.sqrt(usual)))
    if scale is _AS_THEY_ARE:
        return one
    there = scale.there(np.array([usual, usual + one]))
    return float(there[1] - there[0])


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


def _usual(values: np.ndarray, kinds: np.ndarray, least: float = 0.0) -> np.ndarray:
    """Return what each value was to be expected to be: the days around it and its kind."""
    season = np.zeros(len(values))
    for _ in range(2):
        season = _season(values - _around(values - season, least), kinds, least)
    return _around(values - season, least) + season


def _around(values: np.ndarray, least: float) -> np.ndarray:
    """Return the mean of the days around each, those far from their median pulled in."""
    middle = _rolled(values).median().to_numpy()
    most = 2.5 * spread(values - middle, least)
    found: np.ndarray = _rolled(np.clip(values, middle - most, middle + most)).mean().to_numpy()
    return found


def _rolled(values: np.ndarray) -> Rolling:
    return pd.Series(values).rolling(_AROUND, center=True, min_periods=1)


def _season(left: np.ndarray, kinds: np.ndarray, least: float) -> np.ndarray:
    """Return the middle of each kind of day, drawn towards nothing as far as chance made it.

    The share kept is one less the chance spread over the square seen (James and Stein 1961).
    """
    season = np.zeros(len(left))
    for kind in np.unique(kinds):
        mine = left[kinds == kind]
        middle, wide = float(np.median(mine)), spread(mine, least)
        middle = float(np.clip(mine, middle - _PULLED * wide, middle + _PULLED * wide).mean())
        chance = _OF_MEAN * wide**2 / len(mine)
        kept = max(0.0, 1 - chance / middle**2) if middle and len(mine) > 2 else 0.0
        season[kinds == kind] = kept * middle
    return season
