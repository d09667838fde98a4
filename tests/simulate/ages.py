"""Same-age places against what works came to, and how exactly totals are read off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opsdata.analysis.ages import DAYS, among, places
from opsdata.analysis.curves import Curves
from tests.simulate.lives import World, world


@dataclass(frozen=True)
class Ranking:
    """Rank correlations with what works came to, of places and of plain totals."""

    day_3: float
    """Places on day 3."""
    monday: float
    """Totals of the same works in the table of the Monday after they were published."""
    own_age: float
    """Places at the age works of the last month have, as the page shows them."""
    mixed: float
    """Totals of these works in the same table."""


def ranking(seed: int) -> Ranking:
    """Rank the works of a world by their places at one age, and by totals at mixed ages."""
    one = world(seed, works=400)
    curves = one.curves(every=1.0)
    truth = _finals(one, curves)
    every = np.arange(len(truth))
    monday = _monday(curves)
    third = curves.at(every, np.full(len(every), 3.0))
    day_3 = _place_in_kind(curves, third)
    standing = pd.Series(
        {one.video: one.percentile for kind in curves.kinds() for one in among(curves, kind)},
        dtype=float,
    )
    own_age = standing[curves.works["video"]].to_numpy()
    final = _place_in_kind(curves, truth)
    young = curves.works["age"].to_numpy() < 30
    total = curves.works["total"].to_numpy(dtype=float)
    first = curves.at(every, monday)
    return Ranking(
        _spearman(day_3, final, ~np.isnan(day_3) & ~np.isnan(first)),
        _spearman(first, final, ~np.isnan(day_3) & ~np.isnan(first)),
        _spearman(own_age, final, young & ~np.isnan(own_age)),
        _spearman(total, final, young & ~np.isnan(own_age)),
    )


def _monday(curves: Curves) -> np.ndarray:
    """The age of each work at noon of the first Monday after it was published."""
    published = pd.Series(curves.works["published_at"])
    noon = published.dt.normalize() + pd.Timedelta(hours=12)
    monday = noon + pd.to_timedelta((7 - published.dt.day_of_week) % 7, unit="D")
    monday = monday.where(monday > published, monday + pd.Timedelta(days=7))
    return np.asarray((monday - published).dt.total_seconds() / 86400)


def _place_in_kind(curves: Curves, values: np.ndarray) -> np.ndarray:
    found = np.full(len(values), np.nan)
    for kind in curves.kinds():
        each = np.broadcast_to(values[kind][:, None], (len(kind), len(kind)))
        found[kind] = places(each, np.arange(len(kind)))[0]
    return found


def _spearman(one: np.ndarray, other: np.ndarray, rows: np.ndarray) -> float:
    return float(pd.Series(one[rows]).rank().corr(pd.Series(other[rows]).rank()))


def _finals(one: World, curves: Curves) -> np.ndarray:
    rows = curves.works["video"].str.removeprefix("v").astype(int).to_numpy()
    return one.totals(rows, np.full(len(rows), 90.0))


@dataclass(frozen=True)
class Reading:
    """Median and worst tenth of the relative error of totals read off, and of straight lines."""

    median: float
    tenth: float
    straight_median: float
    straight_tenth: float


def reading(seed: int, every: float = 7.0) -> Reading:
    """Read totals off between exports, and compare them with the truth."""
    one = world(seed)
    curves = one.curves(every)
    numbers = curves.works["video"].str.removeprefix("v").astype(int).to_numpy()
    off: list[np.ndarray] = []
    straight: list[np.ndarray] = []
    for day in DAYS:
        ages = np.full(len(numbers), float(day))
        real = np.maximum(one.totals(numbers, ages), 1)
        read = curves.at(np.arange(len(numbers)), ages)
        off.append(np.abs(read / real - 1))
        straight.append(np.abs(_straight(curves, day) / real - 1))
    errors, lines = np.concatenate(off), np.concatenate(straight)
    known = ~np.isnan(errors)
    return Reading(
        float(np.median(errors[known])), float(np.quantile(errors[known], 0.9)),
        float(np.nanmedian(lines[known])), float(np.nanquantile(lines[known], 0.9)),
    )  # fmt: skip


def _straight(curves: Curves, day: float) -> np.ndarray:
    """Totals read off straight lines on the same log scales."""
    found = np.full(len(curves.works), np.nan)
    for row in range(len(found)):
        own = curves.owner == row
        logs = np.log1p(curves.total[own])
        found[row] = np.expm1(np.interp(np.log1p(day), np.log1p(curves.age[own]), logs))
    return found


def figures() -> Iterable[str]:
    """The figures of some worlds."""
    ranks = [ranking(seed) for seed in range(50)]
    for name, ours, plain in (
        ("day-3 places against totals on the Monday after", "day_3", "monday"),
        ("places at their age against totals, works of a month", "own_age", "mixed"),
    ):
        pairs = [(getattr(one, ours), getattr(one, plain)) for one in ranks]
        yield (
            f"Spearman with the final place, 50 worlds, {name}: "
            f"{np.mean([pair[0] for pair in pairs]):.3f} and "
            f"{np.mean([pair[1] for pair in pairs]):.3f}, "
            f"better in {np.mean([pair[0] > pair[1] for pair in pairs]):.0%}"
        )
    for every in (7.0, 1.0):
        reads = [reading(seed, every) for seed in range(10)]
        yield (
            f"read off, export every {every:.0f} d: median error "
            f"{np.mean([one.median for one in reads]):.2%}, worst tenth above "
            f"{np.mean([one.tenth for one in reads]):.1%}; straight lines "
            f"{np.mean([one.straight_median for one in reads]):.2%} and "
            f"{np.mean([one.straight_tenth for one in reads]):.1%}"
        )
