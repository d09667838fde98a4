"""Between what small counts were to be expected: those of days with a handful of events or none.

So few come in whole steps, and most days may be alike, so that the middle half of them says
nothing about how far they stray. They stray at least as far as events that come by chance
(Poisson), and further by as much as is seen (negative binomial); the limits are those of a
gamma curve of that mean and variance (Wilson and Hilferty 1931).
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

Numbers = np.ndarray

FEW = 10.0
"""Counts that are mostly smaller than this are small."""
LEAST = 1.0
"""Whole numbers that change at all change by this much."""
_LOWEST = 0.1
"""A level below is taken for this one, so that a single event is never unusual."""
_STEP = 0.5
"""Counts come in steps of one, the curve does not."""
_CERTAIN = 4.0
"""From so many spreads on a count is no chance, so it does not tell how far chance reaches."""
_ROUNDS = 8
"""So often the limits of chance are drawn again, each time wider by what they let in."""


def whole(values: Numbers) -> bool:
    """Return whether values are counted, not measured."""
    return bool((values == np.round(values)).all())


def small(values: Numbers) -> bool:
    """Return whether values are small counts."""
    return whole(values) and values.min() >= 0 and float(np.median(values)) < FEW


def between(values: Numbers, levels: Numbers, share: float) -> tuple[Numbers, Numbers]:
    """Return between what each count was to be expected, all but a share of them.

    >>> low, high = between(np.array([0.0, 1, 2, 1, 0, 2, 1]), np.ones(7), 0.01)
    >>> round(float(low[0]), 1), round(float(high[0]), 1)
    (0.0, 4.8)
    """
    levels = np.maximum(levels, _LOWEST)
    more = 0.0
    for _ in range(_ROUNDS):
        low, high = _limits(levels, more, _CERTAIN)
        near = (values >= low) & (values <= high)
        more = _more(values[near], levels[near])
    return _limits(levels, more, beyond(share))


def _more(values: Numbers, levels: Numbers) -> float:
    """Return by how much counts stray beyond chance, as a share of the level squared."""
    over = float(((values - levels) ** 2 - levels).sum())
    return max(over, 0.0) / max(float((levels**2).sum()), _LOWEST)


def _limits(levels: Numbers, more: float, spreads: float) -> tuple[Numbers, Numbers]:
    """Return the limits so many spreads away, on the cube roots that make the curve normal."""
    shape = 1 / (1 / levels + more)
    middle, unit = 1 - 1 / (9 * shape), 1 / (3 * np.sqrt(shape))
    low, high = (levels * np.maximum(middle + z * unit, 0) ** 3 for z in (-spreads, spreads))
    return np.maximum(low - _STEP, 0.0), high - _STEP


def beyond(share: float) -> float:
    """Return from how many spreads on the normal curve has a share of its area, both sides."""
    return NormalDist().inv_cdf(1 - share / 2)
