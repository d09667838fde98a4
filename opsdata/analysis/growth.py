"""How early totals grow into later ones.

Early totals predict later ones on log scales (Szabo and Huberman, "Predicting the popularity
of online content", CACM 2010): log final = a + b x log so far, fitted over works that were
once as old. b is drawn towards 1, which is plain growth by a factor, as far as the data
leave it open (ridge regression). The interval comes from the leave-one-out residuals: their
order statistics hold a new one with the stated chance whatever its distribution (Vovk et
al., "Algorithmic Learning in a Random World", 2005; Barber et al., "Predictive inference
with the jackknife+", 2021).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opsdata.analysis.curves import Numbers, Rows

Truths = NDArray[np.bool_]

LEVEL = 0.8
"""The chance that an interval holds what comes."""
_SLOPE_SPREAD = 0.15
"""How far b lies from 1, before any data speak."""


@dataclass(frozen=True)
class Guess:
    """Expected totals, their intervals, how many works they rest on, and the naive way."""

    low: Numbers
    mid: Numbers
    high: Numbers
    n: Rows
    naive: Numbers

    def only(self, some: Truths) -> Guess:
        """Return some of them."""
        return Guess(
            self.low[some], self.mid[some], self.high[some], self.n[some], self.naive[some]
        )


def fit(had: Numbers, final: Numbers, usable: Truths, so_far: Numbers) -> Guess:
    """Return the forecasts of some totals, each from the lessons usable for it.

    ``had`` has a row for each forecast and a column for each lesson: the lesson's total at
    the age of the forecast; ``final`` what the lessons came to.
    """
    n = usable.sum(axis=1)
    count = np.maximum(n, 1)
    x = np.where(usable, np.log1p(np.where(usable, had, 0)), 0.0)
    grown = np.where(usable, np.log1p(final)[None, :] - x, 0.0)
    mean_x, mean_grown = x.sum(axis=1) / count, grown.sum(axis=1) / count
    dx = np.where(usable, x - mean_x[:, None], 0.0)
    dy = np.where(usable, grown - mean_grown[:, None], 0.0)
    spread = (dx * dx).sum(axis=1)
    pull = (dy * dy).sum(axis=1) / count / _SLOPE_SPREAD**2
    tilt = (dx * dy).sum(axis=1) / np.maximum(spread + pull, 1e-12)
    leverage = 1 / count[:, None] + dx * dx / np.maximum(spread + pull, 1e-12)[:, None]
    left_out = (dy - tilt[:, None] * dx) / np.maximum(1 - leverage, 0.05)
    left_out = np.sort(np.where(usable, left_out, np.inf), axis=1)
    now = np.log1p(so_far)
    centre = now + mean_grown + tilt * (now - mean_x)
    low, mid, high = (
        np.maximum(np.expm1(centre + _order(left_out, n, share)), so_far)
        for share in ((1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2)
    )
    factor = np.sort(np.where(usable, grown, np.inf), axis=1)
    return Guess(low, mid, high, n, np.expm1(now + _order(factor, n, 0.5)))


def _order(ascending: Numbers, n: Rows, share: float) -> Numbers:
    """Return the order statistics that a new value lies below with some chance.

    For n values that is the one at share x (n + 1), read off between its neighbours.
    """
    place = np.clip(share * (n + 1) - 1, 0, np.maximum(n - 1, 0))
    lower = np.floor(place).astype(int)
    upper = np.minimum(lower + 1, np.maximum(n - 1, 0))
    rows = np.arange(len(n))
    below, above = ascending[rows, lower], ascending[rows, upper]
    with np.errstate(invalid="ignore"):
        found: Numbers = np.where(n > 0, below + (place - lower) * (above - below), np.nan)
    return found
