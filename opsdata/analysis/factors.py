"""What works that do well have in common: each trait's effect, with its error controlled.

A trait's works are compared with the account's other works of the same kind (``adjusted``).
Effects are drawn to zero as far as they are noise, dimension by dimension, and claimed only
when they survive the control of false discoveries over all of them (``shrinkage``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil, expm1, log
from statistics import NormalDist

import numpy as np

from opsdata.analysis import shrinkage
from opsdata.analysis.adjusted import Effects, adjustment, effects
from opsdata.analysis.outcomes import LEAST_SPREAD, LOG, outcome
from opsdata.analysis.traits import FEWEST, Trait, Traits, traits
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.store import Store
from opsdata.team.beliefs import KPIS

LEVEL = 0.02
"""The share of claims that may be false; so strict that nothing is found in pure chance."""
LEAST_WORKS = 20
"""With fewer works no trait is looked at."""
STRONG = {True: 0.6, False: 0.15}
"""The strong effect that "enough works" means, in one work of five: a share, or places."""
_SHARE, _POWER = 0.2, 0.8
_USUAL_SCALE = {True: 0.95, False: 0.37}
"""How far works usually lie from what is expected of them, until it is known."""
_SCALE_NEEDS = 100
"""Fewer works fit themselves too well to tell how far works lie from what is expected."""

WITHOUT_KIND = frozenset({"genre", "length_band"})
"""Traits that are the kind itself are compared inside the account only."""


class Verdict(StrEnum):
    """What the works say of a trait or a saying."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NOT_ENOUGH = "not_enough"


class Answer(StrEnum):
    """What the works say of all traits together."""

    BEST = "best"
    NO_DIFFERENCE = "no_difference"
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True)
class Group:
    """One trait: how many works have it, its effect with a 95 % interval, and the verdict.

    The effect is a share (0.6 is 60 % more), for completion a difference of places.
    """

    trait: Trait
    n: int
    effect: float
    low: float
    high: float
    verdict: Verdict


@dataclass(frozen=True)
class Factors:
    """All traits of some works, the largest effect first."""

    kpi: str
    n: int
    needed: int
    """So many grown works would show a strong effect."""
    groups: tuple[Group, ...] = field(default=())

    @property
    def verdict(self) -> Answer:
        """Whether a trait is claimed; else whether a strong one would have been seen."""
        if any(group.verdict is not Verdict.NOT_ENOUGH for group in self.groups):
            return Answer.BEST
        enough = self.n >= self.needed and bool(self.groups)
        return Answer.NO_DIFFERENCE if enough else Answer.NOT_ENOUGH


def factors(store: Store, filters: Filters, kpi: str = "views") -> Factors:
    """Return what each trait of the works of a view does for a KPI."""
    if kpi not in KPIS:
        raise Unanswerable("factors_metric", key=kpi, known=", ".join(KPIS))
    return judge(traits(store, filters), kpi)


def judge(found: Traits, kpi: str = "views") -> Factors:
    """Return what each trait does for a KPI among some works."""
    values = outcome(found.works, kpi)
    known = ~np.isnan(values)
    works, has, values = found.works[known], found.has[known], values[known]
    n = len(works)
    enough = (has.sum(axis=0) >= FEWEST) & ((~has).sum(axis=0) >= FEWEST)
    names = [name for name, ok in zip(found.names, enough, strict=True) if ok]
    if n < LEAST_WORKS or not names:
        return Factors(kpi, n, needed(len(names), kpi))
    has = has[:, enough]
    bare = np.array([name.dimension in WITHOUT_KIND for name in names])
    made = [
        (mask, effects(values, has[:, mask], adjustment(works, by_kind)))
        for mask, by_kind in ((~bare, True), (bare, False))
        if mask.any()
    ]
    every = _together(made, len(names))
    scale = every.scale if n >= _SCALE_NEEDS else 0.0
    groups = _groups(names, has, every, kpi)
    return Factors(kpi, n, needed(_different(has), kpi, scale), groups)


def _together(made: list[tuple[np.ndarray, Effects]], count: int) -> Effects:
    values, errors = np.full(count, np.nan), np.full(count, np.nan)
    for mask, part in made:
        values[mask], errors[mask] = part.values, part.errors
    return Effects(values, errors, made[0][1].freedom, made[0][1].scale)


def _groups(names: list[Trait], has: np.ndarray, found: Effects, kpi: str) -> tuple[Group, ...]:
    known = ~np.isnan(found.values)
    names = [name for name, ok in zip(names, known, strict=True) if ok]
    has, values, errors = has[:, known], found.values[known], found.errors[known]
    families = [name.dimension for name in names]
    means, low, high = intervals(values, errors, found.freedom, families, kpi)
    p = shrinkage.p_values(values / errors, found.freedom)
    claimed = shrinkage.discoveries(p, LEVEL, _different(has)) & (low * high > 0)
    groups = [
        Group(name, int(has[:, at].sum()), *plain(means[at], low[at], high[at], kpi),
              verdict(bool(claimed[at]), means[at] > 0))
        for at, name in enumerate(names)
    ]  # fmt: skip
    return tuple(sorted(groups, key=lambda group: (-group.effect, group.trait)))


def intervals(
    values: np.ndarray, errors: np.ndarray, freedom: float, families: Sequence[object], kpi: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return effects drawn to zero family by family, with the ends of their intervals."""
    least = LEAST_SPREAD[kpi in LOG] ** 2
    means, left = values.copy(), errors.copy()
    for family in set(families):
        mask = np.array([one == family for one in families])
        variance = shrinkage.paule_mandel(values[mask], errors[mask], least)
        means[mask], left[mask] = shrinkage.shrink(values[mask], errors[mask], variance)
    reach = shrinkage.margin(freedom) * left
    return means, means - reach, means + reach


def plain(mean: float, low: float, high: float, kpi: str) -> tuple[float, float, float]:
    """Return an effect and its interval as a reader knows them: shares, or places."""
    if kpi in LOG:
        return expm1(mean), expm1(low), expm1(high)
    return float(mean), float(low), float(high)


def verdict(claimed: bool, as_said: bool) -> Verdict:
    """Return the verdict on what was claimed, or that there is none."""
    if not claimed:
        return Verdict.NOT_ENOUGH
    return Verdict.SUPPORTS if as_said else Verdict.CONTRADICTS


def _different(has: np.ndarray) -> int:
    """Return how many traits are not just another name for one of the others, or its absence."""
    packed = np.packbits(np.where(has[:1], ~has, has), axis=0) if len(has) else has
    return len(np.unique(packed, axis=1).T)


def needed(tests: int, kpi: str = "views", scale: float = 0.0) -> int:
    """Return how many works would show a strong effect among so many traits.

    >>> needed(20), needed(20, scale=0.5), needed(20, "completion_rate")
    (436, 121, 650)
    """
    normal, log_scale = NormalDist(), kpi in LOG
    size = log(1 + STRONG[True]) if log_scale else STRONG[False]
    spread = scale or _USUAL_SCALE[log_scale]
    seen = normal.inv_cdf(1 - LEVEL / 2 / max(tests, 1)) + normal.inv_cdf(_POWER)
    return ceil((seen * spread / size) ** 2 / _SHARE / (1 - _SHARE))
