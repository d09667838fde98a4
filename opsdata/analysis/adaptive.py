"""Estimates drawn towards nothing as far as all of them together say (empirical Bayes).

Adaptive shrinkage (Stephens 2017, "False discovery rates: a new deal"): true effects come
from a mixture of normal curves around zero, from very narrow to wide; how much of each there
is, is learned from all estimates. So noise shrinks away while one large true effect among
many small ones stays nearly what it is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_WIDTHS = np.array([0.02, 0.08, 0.16, 0.32, 0.64, 1.0])
"""Standard deviations of the curves, in logs."""
_SEEN_BEFORE = np.array([1.0, 1.0, 1.0, 2.0, 4.0, 4.0])
"""So many effects of each curve count as seen before: a large one must stay believable."""
_ROUNDS = 60
_GRID = np.linspace(-4, 4, 1601)
_LEVEL = 0.95


@dataclass(frozen=True)
class Shrunk:
    """One effect on a log scale and its interval."""

    middle: float
    low: float
    high: float


def shrunk(estimates: np.ndarray, errors: np.ndarray) -> list[Shrunk]:
    """Return each estimate with a standard error as it looks in the light of all.

    >>> one, *_, far = shrunk(np.array([0.1, -0.1, 0.05, 0.0, 1.0]), np.full(5, 0.1))
    >>> abs(one.middle) < 0.1, far.low > 0.7
    (True, True)
    """
    if not len(estimates):
        return []
    spread = errors[:, None] ** 2 + _WIDTHS**2
    fits = np.exp(-0.5 * estimates[:, None] ** 2 / spread) / np.sqrt(spread)
    of_each = fits * _weights(fits)
    of_each /= of_each.sum(axis=1, keepdims=True)
    kept = _WIDTHS**2 / spread
    middles = estimates[:, None] * kept
    spreads = np.sqrt(kept) * errors[:, None]
    return [_summed(*curves) for curves in zip(of_each, middles, spreads, strict=True)]


def _weights(fits: np.ndarray) -> np.ndarray:
    """Return how much of each curve there is, by expectation and maximisation."""
    weights = np.full(len(_WIDTHS), 1 / len(_WIDTHS))
    for _ in range(_ROUNDS):
        likely = fits * weights
        counts = (likely / likely.sum(axis=1, keepdims=True)).sum(axis=0) + _SEEN_BEFORE
        weights = counts / counts.sum()
    return weights


def _summed(weights: np.ndarray, middles: np.ndarray, spreads: np.ndarray) -> Shrunk:
    """Return the mean of a mixture of normal curves and the interval that holds 95 %."""
    heights = (weights / spreads * np.exp(-0.5 * ((_GRID[:, None] - middles) / spreads) ** 2)).sum(
        axis=1
    )
    below = np.cumsum(heights) / heights.sum()
    low, high = (
        float(_GRID[np.searchsorted(below, q)]) for q in ((1 - _LEVEL) / 2, (1 + _LEVEL) / 2)
    )
    return Shrunk(float((weights * middles).sum()), low, high)
