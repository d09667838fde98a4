"""Whether two answers have to do with each other, or whether chance does as much.

Pearson's chi-square where its approximation holds (Cochran, "Some methods for strengthening
the common chi-square tests", Biometrics 1954: no expected cell below 1, at most a fifth below
5); else, and where a question takes several answers, the same figure against random
re-orderings of one side (Fisher; Monte Carlo p with one added, Phipson and Smyth 2010). Many
tests are corrected together by Holm (Scandinavian Journal of Statistics 1979).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.float64]
"""A row for each person, a column for each option: 1 where it was chosen."""

LEVEL = 0.05
_STEPS = ((199, 0.2), (1999, 0.02), (19999, 1.0))
"""So many re-orderings, and above which p no more are needed."""

_MANY = 2000
"""With more people, re-ordering takes long and the approximation is good."""

_CELLS = 1_000_000
"""So many numbers are held in memory at a time."""

_SEED = 20260101


@dataclass(frozen=True)
class Table:
    """How often each option of one question goes with each option of another."""

    counts: NDArray[np.float64]
    expected: NDArray[np.float64]
    p: float | None
    """The chance of a table so far from the expected one; None when there is none to test."""

    @property
    def is_small(self) -> bool:
        """Whether too many cells are too small for a reader to trust a single one."""
        return bool(((self.expected < 5).mean() > 0.2) | (self.expected < 1).any())


def cross(rows: Flags, columns: Flags, several: bool = False) -> Table:
    """Return the table of two questions answered by the same people, and its p."""
    counts = rows.T @ columns
    total = max(len(rows), 1)
    expected = np.outer(rows.sum(axis=0), columns.sum(axis=0)) / total
    keep = np.ix_(rows.sum(axis=0) > 0, columns.sum(axis=0) > 0)
    inner, around = counts[keep], expected[keep]
    if min(inner.shape, default=0) < (1 if several else 2) or inner.size < 2 or total < 2:
        return Table(counts, expected, None)
    far = _distance(inner, around)
    small = bool(((around < 5).mean() > 0.2) or (around < 1).any())
    if several and not small and total > _MANY:
        p = _by_cell(rows, columns, counts)
    elif several or small:
        p = _shuffled(rows, columns, expected, far)
    else:
        p = chi_square(far, (inner.shape[0] - 1) * (inner.shape[1] - 1))
    return Table(counts, expected, p)


def _by_cell(rows: Flags, columns: Flags, counts: Flags) -> float:
    """Return the p of the clearest pair of options, corrected for all of them (Bonferroni)."""
    total = len(rows)
    first, second = rows.sum(axis=0)[:, None], columns.sum(axis=0)[None, :]
    spread = first * second * (total - first) * (total - second) / total**3
    known = spread > 0
    far = (counts - first * second / total)[known] ** 2 / spread[known]
    return min(1.0, chi_square(float(far.max(initial=0.0)), 1) * max(int(known.sum()), 1))


def _distance(counts: Flags, expected: Flags) -> float:
    return float(((counts - expected) ** 2 / expected).sum())


def _shuffled(rows: Flags, columns: Flags, expected: Flags, far: float) -> float:
    """Return how often random re-orderings lie as far off, more of them the rarer that is."""
    rng = np.random.default_rng(_SEED)
    weights = np.divide(1.0, expected, out=np.zeros_like(expected), where=expected > 0)
    beyond = drawn = 0
    batch = max(1, min(400, _CELLS // columns.size))
    for most, enough in _STEPS:
        while drawn < most:
            size = min(batch, most - drawn)
            order = rng.permuted(np.tile(np.arange(len(rows)), (size, 1)), axis=1)
            made = np.einsum("nk,png->pkg", rows, columns[order], optimize=True)
            distances = ((made - expected) ** 2 * weights).sum(axis=(1, 2))
            beyond += int((distances >= far * (1 - 1e-9)).sum())
            drawn += size
        if (beyond + 1) / (drawn + 1) > enough:
            break
    return (beyond + 1) / (drawn + 1)


def holm(chances: Sequence[float | None]) -> list[float | None]:
    """Return p values corrected for being many; a missing one stays missing.

    >>> [None if p is None else round(p, 3) for p in holm([0.01, 0.04, None, 0.03])]
    [0.03, 0.06, None, 0.06]
    """
    known = sorted((p, at) for at, p in enumerate(chances) if p is not None)
    made: list[float | None] = [None] * len(chances)
    worst = 0.0
    for rank, (p, at) in enumerate(known):
        worst = max(worst, min(1.0, p * (len(known) - rank)))
        made[at] = worst
    return made


def chi_square(value: float, freedom: int) -> float:
    """Return the chance of a chi-square value at least so large.

    >>> round(chi_square(3.841459, 1), 4), round(chi_square(18.307, 10), 4)
    (0.05, 0.05)
    """
    half = value / 2
    if half <= 0:
        return 1.0
    a = 0.5 if freedom % 2 else 1.0
    found = math.erfc(math.sqrt(half)) if freedom % 2 else math.exp(-half)
    while a < freedom / 2:
        found += math.exp(a * math.log(half) - half - math.lgamma(a + 1))
        a += 1
    return min(1.0, found)


def normal_p(z: float) -> float:
    """Return the chance of a normal value at least so far from zero on either side.

    >>> round(normal_p(1.959964), 4)
    0.05
    """
    return math.erfc(abs(z) / math.sqrt(2))


def t_quantile(freedom: float) -> float:
    """Return the ends of the middle 95 % of Student's t (Hill, CACM 1970, algorithm 396).

    >>> [round(t_quantile(n), 3) for n in (1, 2, 4, 9, 30)]
    [12.706, 4.303, 2.776, 2.262, 2.042]
    """
    outside = 0.05
    if freedom == 2:
        return math.sqrt(2 / (outside * (2 - outside)) - 2)
    if freedom == 1:
        half = outside * math.pi / 2
        return math.cos(half) / math.sin(half)
    a = 1 / (freedom - 0.5)
    b = 48 / a**2
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * math.sqrt(a * math.pi / 2) * freedom
    y = (d * outside) ** (2 / freedom)
    if y > a + 0.05:
        x = -1.959963984540054
        y = x * x
        if freedom < 5:
            c += 0.3 * (freedom - 4.5) * (x + 0.6)
        c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
        y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
        y = math.expm1(a * y * y)
    else:
        y = (
            (1 / (((freedom + 6) / (freedom * y) - 0.089 * d - 0.822) * (freedom + 2) * 3)
             + 0.5 / (freedom + 4)) * y - 1
        ) * (freedom + 1) / (freedom + 2) + 1 / y  # fmt: skip
    return math.sqrt(freedom * y)
