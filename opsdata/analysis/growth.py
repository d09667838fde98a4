"""How early totals grow into later ones.

Early totals predict later ones on log scales (Szabo and Huberman, "Predicting the popularity
of online content", CACM 2010): log final = a + b x log so far, fitted over works that were
once as old. b is 1, which is plain growth by a factor, unless the data tell it from 1 by
two and a half standard errors (positive-part shrinkage, James and Stein, 1961); works that
take off late are winsorized, so that they do not tilt the line. The interval comes from the
leave-one-out residuals: their order statistics hold a new one with the stated chance
whatever its distribution (Vovk et al., "Algorithmic Learning in a Random World", 2005;
Barber et al., "Predictive inference with the jackknife+", 2021).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opsdata.analysis.curves import Numbers, Rows

Truths = NDArray[np.bool_]

LEVEL = 0.8
"""The chance that an interval holds what comes."""
_DOUBT = 6.0
"""So many times its own error variance is taken off the square of b - 1."""


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

    def whole(self) -> Guess:
        """Return them in whole numbers: those that lie in the interval, at least the middle.

        Rounded outwards the interval of a small total would hold far more than it says.
        """
        mid = np.round(self.mid)
        low, high = np.minimum(np.ceil(self.low), mid), np.maximum(np.floor(self.high), mid)
        return Guess(low, mid, high, self.n, self.naive)


def fit(had: Numbers, final: Numbers, usable: Truths, so_far: Numbers) -> Guess:
    """Return the forecasts of some totals, each from the lessons usable for it.

    ``had`` has a row for each forecast and a column for each lesson: the lesson's total at
    the age of the forecast; ``final`` what the lessons came to.
    """
    n = usable.sum(axis=1)
    count = np.maximum(n, 1)
    x = np.where(usable, np.log1p(np.where(usable, had, 0)), 0.0)
    grown = np.where(usable, np.log1p(final)[None, :] - x, 0.0)
    mean_x = x.sum(axis=1) / count
    middle = _order(np.sort(np.where(usable, grown, np.inf), axis=1), n, 0.5)
    dx = np.where(usable, x - mean_x[:, None], 0.0)
    dy = np.where(usable, grown - middle[:, None], 0.0)
    steady = _winsorized(dy, usable, n)
    spread = np.maximum((dx * dx).sum(axis=1), 1e-12)
    tilt = (dx * steady).sum(axis=1) / spread
    noise = ((steady - tilt[:, None] * dx) ** 2 * usable).sum(axis=1) / count / spread
    trusted = np.clip(1 - _DOUBT * noise / np.maximum(tilt * tilt, 1e-12), 0, 1)
    tilt = tilt * trusted
    leverage = 1 / count[:, None] + (dx * dx) * (trusted / spread)[:, None]
    left_out = (dy - tilt[:, None] * dx) / np.maximum(1 - leverage, 0.05)
    left_out = np.sort(np.where(usable, left_out, np.inf), axis=1)
    now = np.log1p(so_far)
    centre = now + middle + tilt * (now - mean_x)
    low, mid, high = (
        np.maximum(np.expm1(centre + _order(left_out, n, share)), so_far)
        for share in ((1 - LEVEL) / 2, 0.5, (1 + LEVEL) / 2)
    )
    return Guess(low, mid, high, n, np.expm1(now + middle))


def _winsorized(dy: Numbers, usable: Truths, n: Rows) -> Numbers:
    """Return distances from the median, none more than two robust deviations off.

    Without that a few works that take off late would tilt the line for all.
    """
    sizes = np.sort(np.where(usable, np.abs(dy), np.inf), axis=1)
    most = 2 * 1.4826 * _order(sizes, n, 0.5)[:, None]
    held: Numbers = np.where(usable, np.clip(dy, -most, most), 0.0)
    return held


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
