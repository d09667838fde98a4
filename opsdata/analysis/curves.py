"""Totals of works over their age, read off between exports.

An export says what a work has in total at one moment. Between two exports the total is read
off a monotone cubic curve (Fritsch and Carlson, SIAM J. Numer. Anal. 17, 1980, with the
slopes of Fritsch and Butland, 1984) on log scales of age and total: it passes through every
export and never leaves the two around it. Nothing is read off before the first export,
because works grow fastest then, nor after the last, nor where two exports lie further
apart than ten days and than the age at the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.metrics import METRICS, Grain, Unit
from opsdata.store import Store, sql_file

Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]

MOST_APART = 10.0
"""Days between two exports that a total is still read off between, for a young work."""
NEAR = 0.05
"""An export so much of an age earlier or later counts as one at that age."""
NEAR_DAYS = 0.25
"""But never more than so many days earlier or later."""
MOST = 300
"""So many of an account's newest works of a genre are read, young and grown ones each."""
MOST_IN_ALL = 12_000
"""With so many accounts and genres that this is passed, fewer of each are read."""
LEAST = 30
"""But never fewer than so many."""
YOUNG = 30
"""Days until a work counts as grown."""

_LIFE = 16.0
"""More than the logarithm of any age in days, so that works lie one behind the other."""

COUNTABLE = tuple(
    key
    for key, one in METRICS.items()
    if one.unit is Unit.COUNT and Grain.WORK in one.published and key != "posts"
)
"""The metrics that are totals of a work, so have a life curve."""


@dataclass(frozen=True)
class Curves:
    """The life curves of some works, the newest work first."""

    works: pd.DataFrame
    """video, account, genre, published_at, and of the last export captured_at, age, total."""
    owner: Rows
    """The work of each export, as its row in ``works``; exports lie in order of work and age."""
    age: Numbers
    total: Numbers

    @cached_property
    def _axis(self) -> Numbers:
        """The place of each export on one long axis: work after work, by the log of age."""
        axis: Numbers = self.owner.astype(np.float64) * _LIFE + np.log1p(self.age)
        return axis

    @cached_property
    def _logs(self) -> Numbers:
        logs: Numbers = np.log1p(np.maximum(self.total, 0))
        return logs

    @cached_property
    def _slopes(self) -> Numbers:
        return monotone_slopes(self.owner, np.log1p(self.age), self._logs)

    @classmethod
    def of(cls, seen: pd.DataFrame) -> Curves:
        """Return the curves of exports, which are in order of work and time.

        ``seen`` has video, account, genre, published_at, captured_at, total.
        """
        owner = pd.factorize(seen["video"])[0].astype(np.int64)
        age = (seen["captured_at"] - seen["published_at"]).dt.total_seconds().to_numpy() / 86400
        total = seen["total"].to_numpy(dtype=float)
        works = seen.assign(age=age).drop_duplicates("video", keep="last", ignore_index=True)
        return cls(works, owner, age, total)

    def kinds(self) -> Iterator[Rows]:
        """Yield the rows of the works of each account and genre."""
        groups = self.works.groupby(["account", "genre"], dropna=False, sort=False)
        for rows in groups.indices.values():
            yield np.asarray(rows, dtype=np.int64)

    def at(self, rows: Rows, ages: Numbers) -> Numbers:
        """Return the totals of works at ages, NaN where exports do not say; broadcasts."""
        rows, ages = np.broadcast_arrays(rows, ages)
        if not len(self.age):
            return np.full(rows.shape, np.nan)
        wanted = rows.astype(np.float64) * _LIFE + np.log1p(ages)
        after = np.searchsorted(self._axis, wanted)
        before = np.maximum(after - 1, 0)
        after = np.minimum(after, len(self.age) - 1)
        found = self._between(before, after, wanted)
        has = self.owner[before] == rows, self.owner[after] == rows
        apart = self.age[after] - self.age[before]
        close = apart <= np.maximum(MOST_APART, self.age[before])
        found[~(has[0] & has[1] & (before < after) & close)] = np.nan
        for side, mine in zip((before, after), has, strict=True):
            beside = np.abs(self.age[side] - ages) <= np.minimum(ages * NEAR, NEAR_DAYS)
            near = mine & np.isnan(found) & beside
            found[near] = self.total[side[near]]
        rounded: Numbers = np.round(found, 6)
        return rounded

    def moments(self, points: Rows) -> NDArray[np.datetime64]:
        """Return when some exports were made."""
        published = self.works["published_at"].to_numpy()[self.owner[points]]
        made: NDArray[np.datetime64] = published + _spans(self.age[points])
        return made

    def exports_by_account(self) -> dict[str, int]:
        """Return how many exports told anything of the works of each account."""
        told = self.moments(np.arange(len(self.age)))
        accounts = self.works["account"].to_numpy()[self.owner]
        counts = pd.DataFrame({"account": accounts, "told": told}).groupby("account")["told"]
        return {str(account): int(n) for account, n in counts.nunique().items()}

    def known_from(self, rows: Rows, age: float) -> NDArray[np.datetime64]:
        """Return the moments of the last exports that totals at an age are read off with."""
        after = np.searchsorted(self._axis, rows * _LIFE + np.log1p(age))
        last = np.searchsorted(self.owner, rows, side="right") - 1
        return self.moments(np.minimum(after + 1, last))

    def _between(self, before: Rows, after: Rows, wanted: Numbers) -> Numbers:
        """Return the cubic Hermite curve between two exports of one work."""
        span = self._axis[after] - self._axis[before]
        span = np.where(span > 0, span, 1.0)
        t = np.clip((wanted - self._axis[before]) / span, 0, 1)
        low, high = self._logs[before], self._logs[after]
        rise = t * t * (3 - 2 * t)
        bend = t * (1 - t) * ((1 - t) * self._slopes[before] - t * self._slopes[after])
        return np.expm1(low + rise * (high - low) + span * bend)


def _spans(days: Numbers) -> NDArray[np.timedelta64]:
    return np.round(days * 86400).astype("timedelta64[s]")


def monotone_slopes(owner: Rows, x: Numbers, y: Numbers) -> Numbers:
    """Return the slope at each point of curves that lie one after the other.

    Inside a curve it is the weighted harmonic mean of the slopes on both sides, and zero
    where these point in different directions; at an end the slope of the last piece.

    >>> one = np.zeros(3, dtype=np.int64)
    >>> monotone_slopes(one, np.array([0.0, 1.0, 2.0]), np.array([0.0, 3.0, 4.0])).tolist()
    [3.0, 1.5, 1.0]
    """
    if len(x) < 2:
        return np.zeros(len(x))
    same = owner[1:] == owner[:-1]
    step = np.where(same, np.diff(x), 1.0)
    secant = np.where(same, np.diff(y) / step, 0.0)
    left, right = np.r_[0.0, secant], np.r_[secant, 0.0]
    wide, narrow = np.r_[1.0, step], np.r_[step, 1.0]
    inner = np.r_[False, same] & np.r_[same, False]
    agree = inner & (left * right > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = 2 * narrow + wide, narrow + 2 * wide
        mean = (one + two) / (one / left + two / right)
    return np.where(agree, mean, np.where(inner, 0.0, left + right))


def depth(store: Store) -> int:
    """Return how many of the newest works of an account and genre are read, of each stage.

    It follows from the whole database, so that a work has one place whatever is filtered.
    """
    kinds: int = store.one("select count(*) from (select distinct account_id, genre from video)")
    return min(MOST, max(MOST_IN_ALL // max(kinds, 1), LEAST))


def curves(store: Store, filters: Filters, metric: str = "views", young: int = YOUNG) -> Curves:
    """Return the life curves of the newest works of each account and genre.

    Of the filters only accounts and genres count. Unanswerable when the metric is no total.
    """
    if metric not in COUNTABLE:
        raise Unanswerable("no_life_curve", metric=metric, known=", ".join(COUNTABLE))
    whose = Filters(accounts=filters.accounts, genres=filters.genres)
    where, values = whose.where(Grain.WORK)
    sql = sql_file("curves").format(scope=where, total=METRICS[metric].key)
    return Curves.of(store.frame(sql, {**values, "young": young, "most": depth(store)}))
