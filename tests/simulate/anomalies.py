"""Invented years of daily values: quiet ones, and the same with days planted far out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from opsdata.analysis.anomalies import Unusual, unusual

SMALL = {
    "one in ten days": lambda rng, n: rng.poisson(0.1, n),
    "three in ten days": lambda rng, n: rng.poisson(0.3, n),
    "six in ten days": lambda rng, n: rng.poisson(0.6, n),
    "one a day": lambda rng, n: rng.poisson(1, n),
    "two a day": lambda rng, n: rng.poisson(2, n),
    "five a day": lambda rng, n: rng.poisson(5, n),
    "five a day in clusters": lambda rng, n: rng.negative_binomial(2, 2 / 7, n),
    "won less lost": lambda rng, n: rng.poisson(0.4, n) - rng.poisson(0.4, n),
}
"""Worlds of counts so small that most days are alike: events that come by chance."""
NOISES = ("even", "ratio", "heavy", "clinging", "counts")
PLANTED = 3


def _noise(kind: str, rng: np.random.Generator, days: int) -> np.ndarray:
    """Return noise of unit spread."""
    if kind == "heavy":
        return rng.standard_t(6, days) / np.sqrt(1.5)
    found = rng.normal(0, 1, days)
    if kind == "clinging":
        for at in range(1, days):
            found[at] = 0.4 * found[at - 1] + np.sqrt(1 - 0.16) * found[at]
    return found


def year(seed: int, kind: str, planted: bool, days: int = 365) -> tuple[pd.DataFrame, list[int]]:
    """Return a year with a rising trend and better weekends, and which days were planted."""
    rng = np.random.default_rng(seed)
    noise = _noise(kind, rng, days)
    places = sorted(rng.choice(days, PLANTED, replace=False)) if planted else []
    for place in places:
        noise[place] += 5 * rng.choice([-1, 1])
    dates = pd.date_range("2026-01-01", periods=days)
    usual = np.linspace(1, 1.6, days) * np.where(dates.day_of_week >= 5, 1.25, 1.0)
    if kind == "ratio":
        values = 20_000 * usual * np.exp(0.3 * noise)
    elif kind == "counts":
        values = np.maximum(np.round(60 * usual + np.sqrt(60 * usual) * noise), 0)
    else:
        values = 20_000 * usual * (1 + 0.12 * noise)
    return pd.DataFrame({"day": dates, "value": np.maximum(values, 0)}), [int(p) for p in places]


def places_of(found: list[Unusual]) -> set[int]:
    first = pd.Timestamp("2026-01-01").date()
    return {(one.day - first).days for one in found}


def false_alarms(kind: str, worlds: int) -> float:
    """Return the share of quiet days that are called unusual."""
    found = [len(unusual(year(seed, kind, planted=False)[0])) for seed in range(worlds)]
    return float(np.mean(found)) / 365


def small_alarms(kind: str, worlds: int, days: int) -> float:
    """Return the share of days of small counts, all by chance, that are called unusual."""
    dates = pd.date_range("2026-01-01", periods=days)
    found = 0
    for seed in range(worlds):
        values = SMALL[kind](np.random.default_rng(seed), days).astype(float)
        found += len(unusual(pd.DataFrame({"day": dates, "value": values})))
    return found / (worlds * days)


def finds(kind: str, worlds: int) -> float:
    """Return the share of planted days that are found."""
    hit = 0
    for seed in range(worlds):
        days, planted = year(1000 + seed, kind, planted=True)
        hit += len(places_of(unusual(days)) & set(planted))
    return hit / (PLANTED * worlds)


def figures(worlds: int = 200) -> Iterator[str]:
    """Yield false alarms and planted days found, for each kind of noise; alarms of small counts."""
    for kind in NOISES:
        yield (
            f"{kind}: {100 * false_alarms(kind, worlds):.2f} false alarms in 100 days, "
            f"{finds(kind, worlds):.1%} of days planted 5 spreads out found"
        )
    for kind in SMALL:
        half, month = (100 * small_alarms(kind, worlds, days) for days in (180, 30))
        yield f"{kind}: {half:.2f} false alarms in 100 of 180 days, {month:.2f} of 30 days"
