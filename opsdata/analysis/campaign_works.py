"""How the works of a campaign did against matched own works from before it.

A work is set against the account's works of the same genre and length class from the eight
weeks before (where these are few, of the same genre), at the same age where exports tell it,
with the usual difference between weekdays taken out. Works of any campaign are no match. The
check are placebo dates: as many works drawn from other stretches of as many days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from opsdata.analysis.placebo import Effect, Numbers, judge, lacking, side_by_side

BEFORE_DAYS = 56
ENOUGH = 5
"""With fewer matched works of the campaign nothing is said."""
_FEW = 3
"""A kind with fewer works from before is matched more widely, or not at all."""
_DRAWS = 3
"""So many times works are drawn for each placebo date."""
_CALM = 20
"""A weekday with so many works shows half of its own difference."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Matched:
    """How one stretch of days did, and each of its works against its match."""

    effect: Effect
    works: pd.DataFrame
    """video, and ratio: its total over that of its match, NaN where it has none."""


def matched(
    works: pd.DataFrame, since: date, days: int, mine: Flags, busy: Flags, later: int = 0
) -> Matched:
    """Return how the works that are ``mine`` did in some days against works from before.

    ``works``: video, account, genre, length_band, day, total. ``busy`` marks works that were
    part of any campaign. ``later`` is how many days after ``since`` the stretch begins.
    """
    table = _Table.of(works, busy)
    start = table.number(since)
    residual = table.residuals(start)
    inside = mine & table.within(start + later, days)
    of_mine = residual[inside]
    known = of_mine[~np.isnan(of_mine)]
    ratios = pd.DataFrame({"video": works["video"].to_numpy()[inside], "ratio": np.exp(of_mine)})
    if len(known) < ENOUGH:
        return Matched(lacking("few_works", len(known), ENOUGH), ratios)
    placebos, apart = table.placebos(start, later, days, len(known))
    return Matched(judge(float(known.mean()), placebos, apart, len(known)), ratios)


@dataclass(frozen=True)
class _Table:
    """Works as columns of numbers."""

    origin: date
    day: NDArray[np.int64]
    logs: Numbers
    narrow: NDArray[np.int64]
    wide: NDArray[np.int64]
    busy: Flags

    @classmethod
    def of(cls, works: pd.DataFrame, busy: Flags) -> _Table:
        """Return the table of works, their totals as logs without the usual weekday."""
        days = pd.to_datetime(works["day"])
        origin = days.min().date()
        wide = works["account"].astype(str) + "\n" + works["genre"].fillna("").astype(str)
        narrow = wide + "\n" + works["length_band"].fillna("").astype(str)
        cells = pd.factorize(narrow)[0].astype(np.int64)
        logs = np.log1p(works["total"].to_numpy(dtype=float))
        return cls(
            origin,
            (days - pd.Timestamp(origin)).dt.days.to_numpy(dtype=np.int64),
            logs - _weekdays(logs, cells, days.dt.day_of_week.to_numpy(), ~busy),
            cells,
            pd.factorize(wide)[0].astype(np.int64),
            busy,
        )

    def number(self, day: date) -> int:
        """Return a day as the number it has here."""
        return (day - self.origin).days

    def within(self, first: int, days: int) -> Flags:
        """Return which works lie in some days."""
        found: Flags = (self.day >= first) & (self.day < first + days)
        return found

    def residuals(self, start: int) -> Numbers:
        """Return how far each work lies above its match from before a day, NaN without one."""
        before = ~self.busy & self.within(start - BEFORE_DAYS, BEFORE_DAYS)
        narrow, wide = self._level(self.narrow, before), self._level(self.wide, before)
        return self.logs - np.where(np.isnan(narrow), wide, narrow)

    def _level(self, cells: NDArray[np.int64], chosen: Flags) -> Numbers:
        """Return the mean of each work's cell among the chosen, NaN where these are few."""
        size = int(cells.max()) + 1
        n = np.bincount(cells[chosen], minlength=size)
        sums = np.bincount(cells[chosen], weights=self.logs[chosen], minlength=size)
        means = np.where(n >= _FEW, sums / np.maximum(n, 1), np.nan)
        level: Numbers = means[cells]
        return level

    def placebos(self, start: int, later: int, days: int, n: int) -> tuple[Numbers, int]:
        """Return means of n works of other stretches, and how many of these lie side by side."""
        rng = np.random.default_rng(0)
        last = int(self.day.max()) - later - days + 1
        found: list[float] = []
        starts = []
        for at in range(BEFORE_DAYS // 2, last + 1):
            if at + later + days > start and at < start + later + days:
                continue
            chosen = self.within(at + later, days)
            if (chosen & self.busy).any():
                continue
            left = self.residuals(at)[chosen]
            left = left[~np.isnan(left)]
            if len(left) >= max(ENOUGH, n // 2):
                starts.append(at)
                size = min(n, len(left))
                found += [float(rng.choice(left, size, False).mean()) for _ in range(_DRAWS)]
        return np.array(found), side_by_side(starts, days)


def _weekdays(
    logs: Numbers, cells: NDArray[np.int64], weekday: NDArray[np.int64], usual: Flags
) -> Numbers:
    """Return what each work's weekday usually adds, drawn to nothing where it is little known."""
    n = np.bincount(cells[usual], minlength=cells.max() + 1)
    sums = np.bincount(cells[usual], weights=logs[usual], minlength=len(n))
    left = logs - (sums / np.maximum(n, 1))[cells]
    counts = np.bincount(weekday[usual], minlength=7)
    added = np.bincount(weekday[usual], weights=left[usual], minlength=7) / (counts + _CALM)
    of_work: Numbers = added[weekday]
    return of_work
