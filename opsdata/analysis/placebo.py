"""What some days brought against what as many other days brought: placebo dates as a check.

The same figure is worked out for every other stretch of as many days on which nothing was going
on (Abadie, Diamond and Hainmueller, JASA 2010, "in-time placebos"). Their mean is what time
brings by itself, their spread how far chance reaches. Stretches overlap, so only as many count
as lie side by side, and half of these because levels drift and neighbours hang together
(Student's t). A claim needs both: an interval off zero, and at most one in twenty placebo
dates that lies as far out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from opsdata.analysis.chance import t_quantile

Numbers = NDArray[np.float64]

ENOUGH = 6
"""With fewer stretches side by side, chance cannot be told."""
CLAIMED = 0.05


class Verdict(StrEnum):
    """What can be said of some days."""

    HIGHER = "higher"
    LOWER = "lower"
    UNCLEAR = "unclear"
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True)
class Effect:
    """A change of typical totals (0.2 is +20 %) with its 95 % interval, and what it rests on."""

    verdict: Verdict = Verdict.NOT_ENOUGH
    n: int = 0
    """How many works, or days, it is of."""
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    """The share of placebo dates that lie as far out, the days themselves counted."""
    placebos: int = 0
    reason: str | None = None
    """Why there is not enough, as a key of words."""
    needed: int = 0


def lacking(reason: str, n: int, needed: int = 0) -> Effect:
    """Return that there is too little to say anything."""
    return Effect(n=n, reason=reason, needed=needed)


def judge(found: float, placebos: Numbers, apart: int, n: int) -> Effect:
    """Return what a mean of logs says against those of placebo dates.

    ``apart`` is how many of these lie side by side.
    """
    if apart < ENOUGH or len(placebos) < ENOUGH:
        return lacking("few_placebos", n, ENOUGH)
    middle, spread = float(placebos.mean()), float(placebos.std(ddof=1))
    if spread <= 0:
        return lacking("few_placebos", n, ENOUGH)
    moved = found - middle
    p = (1 + int((np.abs(placebos - middle) >= abs(moved)).sum())) / (1 + len(placebos))
    reach = t_quantile(apart // 2) * spread * math.sqrt(1 + 1 / apart)
    low, high = moved - reach, moved + reach
    made = Effect(
        Verdict.UNCLEAR, n, math.expm1(moved), math.expm1(low), math.expm1(high), p, len(placebos)
    )
    if p > CLAIMED or low <= 0 <= high:
        return made
    return replace(made, verdict=Verdict.HIGHER if moved > 0 else Verdict.LOWER)


def side_by_side(starts: list[int], days: int) -> int:
    """Return how many stretches of some days fit beside each other.

    >>> side_by_side([0, 1, 2, 3, 7, 9], 3)
    3
    """
    n, free = 0, -(10**9)
    for at in starts:
        if at >= free:
            n, free = n + 1, at + days
    return n
