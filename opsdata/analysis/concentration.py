"""How much of all plays the largest works carry (after Pareto; the curve is Lorenz's)."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from opsdata.filters import Filters
from opsdata.metrics import Grain
from opsdata.store import Store

FEWEST = 10
"""With fewer works a tenth of them is no work."""
TOPS = (0.1, 0.2, 0.5)
_POINTS = 100


@dataclass(frozen=True)
class Concentration:
    """How plays are spread over works, the largest first."""

    n: int
    total: float
    tops: tuple[tuple[int, float], ...] = ()
    """How many works the top tenth, fifth and half are, and the share of plays they carry."""
    half: int = 0
    """So many works carry half of the plays."""
    curve: tuple[tuple[float, float], ...] = ()
    """Shares of works and of plays, from none to all."""


def concentration(store: Store, filters: Filters) -> Concentration:
    """Return how the plays of a view's works are spread over them."""
    where, values = filters.where(Grain.WORK)
    views = store.frame(
        f"select views from work where {where} and views is not null order by views desc", values
    )["views"].to_numpy(dtype=float)
    return spread(views)


def spread(views: np.ndarray) -> Concentration:
    """Return how plays, the most first, are spread over works.

    >>> spread(np.array([55.0, *[5.0] * 9])).tops[0]
    (1, 0.55)
    """
    n, total = len(views), float(views.sum())
    if n < FEWEST or total <= 0:
        return Concentration(n, total)
    carried = np.cumsum(views) / total
    counts = [ceil(n * top) for top in TOPS]
    tops = tuple((count, float(carried[count - 1])) for count in counts)
    at = np.unique(np.linspace(0, n - 1, min(n, _POINTS)).round().astype(int))
    curve = ((0.0, 0.0), *((float(i + 1) / n, float(carried[i])) for i in at))
    return Concentration(n, total, tops, int(np.searchsorted(carried, 0.5 - 1e-12)) + 1, curve)
