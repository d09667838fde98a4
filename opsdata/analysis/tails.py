"""From which distance a value is far out, where values may stray further than by the normal curve.

Distances are read as those of Student's t, whose scale and weight of tails are unknown (Lange,
Little and Taylor 1989): every pair of the two is weighed by how well it explains the distances
seen, beside what is usual of daily figures, and the limits of all pairs are averaged by that.
Distances so long that they are no chance at any rate have no say.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np

Numbers = np.ndarray

_CERTAIN = 4.0
"""From so many spreads on a value is no chance, so it does not tell how far chance reaches."""
_FREEDOM = np.array([200.0, 20, 12, 8, 6, 5, 4, 3])
"""The weights of tails looked at, from the normal curve's to heavy ones."""
_USUAL, _WITHIN = 6.0, 0.3
"""Daily figures have tails like this, or the normal curve's; so far the others are likely."""
_SCALES = np.linspace(0.6, 1.3, 29)
"""The scales looked at, in spreads."""
_ROOM = np.linspace(0, 40, 8001)


def spread(left: Numbers, least: float = 0.0) -> float:
    """Return the robust standard deviation: of the middle half, which single days do not move.

    Where more than half of the values are one and the same, their middle half tells nothing,
    so all of them are taken; nor is it ever under what is known to be the least.
    """
    middle = 1.4826 * float(np.median(np.abs(left - np.median(left))))
    return max(middle or float(np.std(left)), least, 1e-9)


def reach(left: Numbers, share: float) -> float:
    """Return the distance from nothing beyond which chance brings so small a share of values.

    >>> left = np.array([-1.1, -0.9, -0.5, -0.4, -0.1, 0.0, 0.2, 0.3, 0.7, 0.8, 1.2])
    >>> round(reach(left, 0.01), 1)
    2.4
    """
    unit = spread(left)
    far = np.abs(left) / unit
    weights = _weights(far[far < _CERTAIN])
    limits = _limits(share)[:, None] * _SCALES
    return float((weights * limits).sum() * unit)


def _weights(far: Numbers) -> Numbers:
    """Return how likely each pair of tails and scale is after some distances; together 1."""
    powers = (_FREEDOM[:, None, None] + 1) / 2
    squares = (far / _SCALES[:, None]) ** 2
    fits = -(powers * np.log1p(squares / _FREEDOM[:, None, None])).sum(axis=2)
    fits -= len(far) * (np.log(_SCALES) + np.log(_inside()))
    usual = np.exp(-(np.log(_USUAL / _FREEDOM) ** 2) / (2 * _WITHIN**2))
    usual[0] += 1
    likely = np.exp(fits - fits.max()) * usual[:, None]
    found: Numbers = likely / likely.sum()
    return found


@cache
def _areas() -> Numbers:
    """Return the area under each curve of scale one from nothing to each place in the room."""
    curves = (1 + _ROOM**2 / _FREEDOM[:, None]) ** (-(_FREEDOM[:, None] + 1) / 2)
    steps = (curves[:, 1:] + curves[:, :-1]) / 2 * (_ROOM[1] - _ROOM[0])
    return np.concatenate([np.zeros((len(_FREEDOM), 1)), np.cumsum(steps, axis=1)], axis=1)


@cache
def _inside() -> Numbers:
    """Return the area under each curve of each scale up to what is certain."""
    ends = _CERTAIN / _SCALES
    return np.array([np.interp(ends, _ROOM, area) for area in _areas()])


@cache
def _limits(share: float) -> Numbers:
    """Return beyond which distance each curve of scale one has a share of its area, both sides."""
    whole = [
        math.exp(math.lgamma(v / 2) - math.lgamma((v + 1) / 2)) * math.sqrt(v * math.pi) / 2
        for v in _FREEDOM
    ]
    pairs = zip(_areas(), whole, strict=True)
    return np.array([np.interp((1 - share) * all_, area, _ROOM) for area, all_ in pairs])
