"""Days on which a work draws more comments, or more complaints, than its own rate explains.

A work's rate is that of its days before; what a next day may bring under it is negative
binomial, because the rate is itself only known from so many days (Gamma posterior, Poisson
counts), and wider where the days before varied more than Poisson days do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from opsdata.analysis.comments import viewers
from opsdata.filters import Filters
from opsdata.store import Store, sql_file

BEFORE = 14
"""So many days before make a work's rate."""
ENOUGH = 5
"""With fewer days of its own, a work's day is not judged."""
RARE = 0.001
"""So rarely a day passes the bound while nothing has happened."""
LEAST = {"total": 8, "negative": 5}
"""Fewer comments, or complaints, are no burst whatever was before."""


@dataclass(frozen=True)
class Burst:
    """Days in a row that pass a work's bound: what they brought and what was to be expected."""

    video: str
    title: str | None
    account: str
    what: str
    """"total" or "negative"."""
    first: date
    last: date
    count: int
    """On the day that brought most."""
    expected: float
    bound: int


@dataclass(frozen=True)
class Run:
    """Days in a row above their bound, by their places, and the calm days it comes from."""

    start: int
    end: int
    before: tuple[int, ...]


def bursts(store: Store, filters: Filters) -> list[Burst]:
    """Return the bursts within a view, the latest first, complaints before comments."""
    where, values = viewers(replace(filters, since=None))
    counts = store.frame(sql_file("busy_days").format(scope=where), {**values, **LEAST})
    found = [burst for _, one in counts.groupby("video") for burst in _of_work(one)]
    kept = [b for b in found if filters.since is None or b.last >= filters.since]
    return sorted(kept, key=lambda b: (b.last, b.what == "negative", b.count), reverse=True)


def _of_work(counts: pd.DataFrame) -> list[Burst]:
    """Return the bursts of one work, whose days without comments count as none."""
    first = counts["day"].iloc[0]
    days = pd.date_range(first, counts["until"].iloc[0])
    found = []
    for what, least in LEAST.items():
        if counts[what].max() < least:
            continue
        series = counts.set_index("day")[what].reindex(days, fill_value=0).to_numpy()
        found += [_burst(counts, what, first.date(), series, run) for run in runs(series, least)]
    return found


def _burst(counts: pd.DataFrame, what: str, first: date, series: np.ndarray, run: Run) -> Burst:
    top = run.start + int(series[run.start : run.end + 1].argmax())
    title = counts["title"].iloc[0]
    return Burst(
        video=str(counts["video"].iloc[0]),
        title=title if isinstance(title, str) else None,
        account=str(counts["account"].iloc[0]),
        what=what,
        first=first + timedelta(days=run.start),
        last=first + timedelta(days=run.end),
        count=int(series[top]),
        expected=float(np.mean(run.before)),
        bound=bound(run.before),
    )


def runs(series: Sequence[int] | np.ndarray, least: int) -> list[Run]:
    """Return each run of days above their bound.

    Days of a burst do not raise the rate that later days are held against.

    >>> runs([0] * 10 + [30, 30, 0, 8], 5)[1]
    Run(start=13, end=13, before=(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    """
    calm: list[int] = []
    found: list[Run] = []
    for at, count in enumerate(series):
        before = calm[-BEFORE:]
        if len(calm) < ENOUGH or count < least or count <= bound(before):
            calm.append(int(count))
        elif found and found[-1].end == at - 1:
            found[-1] = replace(found[-1], end=at)
        else:
            found.append(Run(at, at, tuple(before)))
    return found


def bound(before: Sequence[int] | np.ndarray, rare: float = RARE) -> int:
    """Return the count that a next day passes only so rarely, judged by the days before.

    >>> bound([2] * 14), bound([0] * 14)
    (8, 2)
    """
    days = np.asarray(before, dtype=float)
    mean = float(days.mean())
    spread = max(1.0, float(days.var(ddof=1)) / mean) if mean > 0 and len(days) > 1 else 1.0
    shape, p = (float(days.sum()) + 0.5) / spread, len(days) / (len(days) + 1.0)
    left, count = 1.0, -1
    while left > rare and count < 1_000_000:
        count += 1
        left -= _negative_binomial(count, shape, p)
    return math.ceil(count * spread)


def _negative_binomial(count: int, shape: float, p: float) -> float:
    log = math.lgamma(count + shape) - math.lgamma(shape) - math.lgamma(count + 1)
    return math.exp(log + shape * math.log(p) + count * math.log1p(-p))
