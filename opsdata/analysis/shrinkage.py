"""Many estimates at once: drawn together as far as they are noise, and claimed only as far
as errors allow.

Normal-normal empirical Bayes with the variance of Paule and Mandel (1982), control of false
discoveries after Benjamini and Hochberg (1995), Student's t by Wallace's approximation (1959).
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

_NORMAL = NormalDist()
INTERVAL = 0.95


def paule_mandel(effects: np.ndarray, errors: np.ndarray, least: float = 0.0) -> float:
    """Return the variance of true effects around zero, at least ``least``.

    It is the value at which the squared effects, each over its own variance, add up to
    their number.

    >>> round(paule_mandel(np.array([3.0, -3.0]), np.array([1.0, 1.0])), 6)
    8.0
    """
    low, high = 0.0, float(np.max(effects**2, initial=0.0)) + 1e-12
    if _excess(effects, errors, low) <= 0:
        return least
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _excess(effects, errors, middle) > 0 else (low, middle)
    return max(high, least)


def _excess(effects: np.ndarray, errors: np.ndarray, variance: float) -> float:
    return float(np.sum(effects**2 / (errors**2 + variance)) - len(effects))


def shrink(
    effects: np.ndarray, errors: np.ndarray, variance: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return each effect drawn to zero, and its remaining standard error.

    >>> means, left = shrink(np.array([2.0]), np.array([1.0]), 3.0)
    >>> means.tolist(), (left**2).round(6).tolist()
    ([1.5], [0.75])
    """
    kept = variance / (variance + errors**2)
    return effects * kept, errors * np.sqrt(kept)


def z_of_t(t: np.ndarray, freedom: float) -> np.ndarray:
    """Return the normal score as unlikely as a t value."""
    size = np.sqrt(freedom * np.log1p(np.asarray(t, dtype=float) ** 2 / freedom))
    z: np.ndarray = np.sign(t) * size * (8 * freedom + 1) / (8 * freedom + 3)
    return z


def t_of_z(z: float, freedom: float) -> float:
    """Return the t value as unlikely as a normal score.

    >>> round(t_of_z(1.959964, 10), 2)
    2.23
    """
    wide = z * (8 * freedom + 3) / (8 * freedom + 1)
    return float(np.sqrt(freedom * np.expm1(wide**2 / freedom)))


def p_values(t: np.ndarray, freedom: float) -> np.ndarray:
    """Return the two-sided chance of a t value at least as large when there is no effect."""
    return np.array([2 * _NORMAL.cdf(-abs(z)) for z in z_of_t(t, freedom)])


def margin(freedom: float) -> float:
    """Return how many standard errors an interval reaches to each side."""
    return t_of_z(_NORMAL.inv_cdf(0.5 + INTERVAL / 2), freedom)


def discoveries(p: np.ndarray, level: float, tests: int | None = None) -> np.ndarray:
    """Return which of some tests are discoveries when a share of false ones is allowed.

    ``tests`` is how many different ones they are, where some are the same test twice.

    >>> discoveries(np.array([0.01, 0.04, 0.02, 0.5]), 0.05).tolist()
    [True, False, True, False]
    """
    count = len(p) if tests is None else tests
    ordered = np.sort(p)
    passed = ordered <= level * np.minimum(np.arange(1, len(p) + 1), count) / max(count, 1)
    if not passed.any():
        return np.zeros(len(p), dtype=bool)
    return np.asarray(p <= ordered[passed.nonzero()[0][-1]])


@dataclass(frozen=True)
class Prior:
    """What rates are like before any plays are seen: a beta distribution."""

    a: float
    b: float


def beta_prior(hits: np.ndarray, tries: np.ndarray) -> Prior:
    """Return the beta distribution that rates of some works come from, by their moments.

    The variance of true rates is that of the rates seen, weighed by tries, less what chance
    alone would make (Kleinman 1973); the idea of ranking by it is Robinson's (2015).
    """
    total = float(tries.sum())
    mean = min(max((float(hits.sum()) + 0.5) / (total + 1), 1e-9), 1 - 1e-9)
    share = tries / total if total else tries
    rates = hits / np.maximum(tries, 1)
    chance = mean * (1 - mean)
    spread = float((share * (rates - mean) ** 2).sum())
    left = 1 - float((share**2).sum())
    by_chance = chance * float((share * (1 - share) / np.maximum(tries, 1)).sum())
    between = (spread - by_chance) / max(left - by_chance / chance, 1e-9)
    between = min(max(between, chance * 1e-4), chance * 0.5)
    strength = chance / between - 1
    return Prior(mean * strength, (1 - mean) * strength)


def drawn(hits: np.ndarray, tries: np.ndarray, prior: Prior) -> np.ndarray:
    """Return each rate drawn to the prior.

    >>> drawn(np.array([4.0, 300.0]), np.array([10.0, 1000.0]), Prior(20.0, 80.0)).round(3).tolist()
    [0.218, 0.291]
    """
    made: np.ndarray = (prior.a + hits) / (prior.a + prior.b + np.maximum(tries, hits))
    return made


def rates(
    hits: np.ndarray, tries: np.ndarray, prior: Prior
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return each rate drawn to the prior, with the ends of its interval."""
    a, b = prior.a + hits, prior.b + np.maximum(tries - hits, 0)
    tail = (1 - INTERVAL) / 2
    return drawn(hits, tries, prior), _beta_quantile(a, b, tail), _beta_quantile(a, b, 1 - tail)


def _beta_quantile(a: np.ndarray, b: np.ndarray, share: float) -> np.ndarray:
    """Return quantiles of beta distributions, read off their densities on a logit scale."""
    centre, width = np.log(a / b), np.sqrt(1 / a + 1 / b)
    grid = centre[:, None] + np.linspace(-9, 9, 361) * width[:, None]
    log_density = a[:, None] * grid - (a + b)[:, None] * np.logaddexp(0, grid)
    mass = np.cumsum(np.exp(log_density - log_density.max(axis=1, keepdims=True)), axis=1)
    mass /= mass[:, -1:]
    at = np.argmax(mass >= share, axis=1)
    found: np.ndarray = 1 / (1 + np.exp(-grid[np.arange(len(a)), at]))
    return found
