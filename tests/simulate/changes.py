"""Invented pairs of months with one planted cause each, and how often it is named first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from opsdata.analysis import changes
from opsdata.analysis.changes import Part

GENRES = ("图文", "1min-视频", "1-3min视频")
TYPICAL = np.array([500.0, 1000.0, 4000.0])


def month(
    rng: np.random.Generator,
    posts: int = 60,
    typical: float = 1.0,
    mix: tuple[float, ...] = (0.4, 0.35, 0.25),
    tail: float = 1.0,
    hit: float = 0.0,
) -> pd.DataFrame:
    """Return a month of works, new and old, of one account."""
    genre = np.repeat(np.arange(3), np.round(np.array(mix) * posts).astype(int))
    values = TYPICAL[genre] * typical * rng.lognormal(0, 0.5, len(genre))
    if hit:
        values = np.append(values, hit)
        genre = np.append(genre, 1)
    old = 300.0 * tail * rng.lognormal(0, 0.5, 80)
    fresh = np.r_[np.ones(len(values), bool), np.zeros(len(old), bool)]
    every = np.r_[values, old]
    return pd.DataFrame(
        {
            "video": [f"{rng.integers(1 << 60)}" for _ in every],
            "title": "作品",
            "account": "号",
            "group": "号",
            "genre": [*np.array(GENRES)[genre], *["图文"] * len(old)],
            "fresh": fresh,
            "value": every,
        }
    )


Pair = Callable[[np.random.Generator], tuple[pd.DataFrame, pd.DataFrame]]

CAUSES: dict[str, Pair] = {
    "posts": lambda rng: (month(rng, posts=24), month(rng)),
    "per_post": lambda rng: (month(rng, typical=0.45), month(rng)),
    "hit": lambda rng: (month(rng), month(rng, hit=150_000)),
    "mix": lambda rng: (month(rng, mix=(0.75, 0.2, 0.05)), month(rng)),
    "tail": lambda rng: (month(rng, tail=0.05), month(rng, tail=2.0)),
}
"""What is planted, by the kind of part that should come first."""


def parts_of(now: pd.DataFrame, before: pd.DataFrame) -> tuple[list[Part], float]:
    """Return the parts of a change, and what they leave of it."""
    total_now, total_before = math.fsum(now["value"]), math.fsum(before["value"])
    parts = changes.of_count(now, before, total_now, total_before)
    return parts, abs(math.fsum(p.amount for p in parts) - (total_now - total_before))


def first(parts: list[Part]) -> str:
    """Return the kind of part that weighs most."""
    sums: dict[str, float] = {}
    for part in parts:
        sums[part.kind] = sums.get(part.kind, 0.0) + part.amount
    return max(sums, key=lambda kind: abs(sums[kind]))


def measured(worlds: int) -> tuple[float, float]:
    """Return how often the planted cause comes first, and the largest residual."""
    right, left = [], []
    for seed in range(worlds):
        cause = list(CAUSES)[seed % len(CAUSES)]
        parts, residual = parts_of(*CAUSES[cause](np.random.default_rng(seed)))
        right.append(first(parts) == cause)
        left.append(residual)
    return float(np.mean(right)), max(left)


def figures(worlds: int = 200) -> Iterator[str]:
    """Yield how often the planted cause comes first, and what the parts leave over."""
    right, left = measured(worlds)
    yield f"the planted cause comes first in {right:.1%} of {worlds} worlds; residual {left:.1e}"
