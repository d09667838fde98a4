"""How often works are published and what came of it, and what happened after long pauses.

Weeks of one account are compared with each other: the mean residual log plays of a week's
works (``residuals``) against the logarithm of how many there were, by weighted least squares
beside a straight line in time, with errors that stand unequal spread (HC3; MacKinnon and White
1985). It says what went together, not what caused what.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from opsdata.analysis.residuals import mature_works
from opsdata.analysis.timing import Effect
from opsdata.filters import Filters
from opsdata.store import Store

ENOUGH_WEEKS = 12
ENOUGH_PAUSES = 10
_MOST_PAUSES = 5
_LONG = 3.0
"""A pause is long when it lasts so many times the usual, and so many days."""
_NEXT = 3
"""So many works after a pause are looked at."""


@dataclass(frozen=True)
class Pause:
    """A long time without a new work, and how the next ones did against the expected."""

    account: str
    last: datetime
    first: datetime
    times_expected: float
    n: int

    @property
    def days(self) -> float:
        """How long it was."""
        return (self.first - self.last).total_seconds() / 86400


@dataclass(frozen=True)
class Rhythm:
    """Weeks and pauses of publishing."""

    weeks: pd.DataFrame
    """account, week (its Monday), posts, plays, typical (median plays of a work)."""
    doubling: Effect | None
    """Plays per work in weeks with twice as many works; None with too few weeks."""
    pauses: tuple[Pause, ...]
    after_pause: Effect | None
    """The first work after a long pause against all others; None with too few pauses."""
    long_pauses: int = 0

    def per_week(self) -> list[int]:
        """Return how many works each week had, all accounts together, oldest first."""
        return [int(n) for n in self.weeks.groupby("week")["posts"].sum()]


def rhythm(store: Store, filters: Filters) -> Rhythm:
    """Return how often the mature works of a view were published, and what came of it."""
    return of_works(mature_works(store, filters))


def of_works(works: pd.DataFrame) -> Rhythm:
    """Return weeks and pauses of works: columns account, published_at, views, residual."""
    weeks = _weeks(works)
    rests = _rests(works)
    return Rhythm(weeks, _doubling(weeks), _pauses(rests), _after(rests), int(rests["long"].sum()))


def _weeks(works: pd.DataFrame) -> pd.DataFrame:
    """Return whole weeks of each account that had any work, oldest first."""
    monday = works["published_at"].dt.normalize() - pd.to_timedelta(
        works["published_at"].dt.day_of_week, unit="D"
    )
    grouped = works.assign(week=monday).groupby(["account", "week"], sort=True)
    found = grouped.agg(
        posts=("views", "size"),
        plays=("views", "sum"),
        typical=("views", "median"),
        residual=("residual", "mean"),
    ).reset_index()
    ends = found.groupby("account")["week"].transform
    return found[(found["week"] > ends("min")) & (found["week"] < ends("max"))].reset_index(
        drop=True
    )


def _doubling(weeks: pd.DataFrame) -> Effect | None:
    if len(weeks) < ENOUGH_WEEKS:
        return None
    doubled = np.log2(weeks["posts"].astype(float))
    time = (weeks["week"] - weeks["week"].min()).dt.days.astype(float)
    made = np.column_stack([_within(weeks, doubled), _within(weeks, time)])
    if float(made[:, 0].std()) < 0.2:
        return None
    weights = weeks["posts"].to_numpy(dtype=float)
    lost = made.shape[1] + weeks["account"].nunique()
    return _slope(made, _within(weeks, weeks["residual"]), weights, lost)


def _within(weeks: pd.DataFrame, values: pd.Series[float]) -> np.ndarray:
    """Return values less the mean of their account, in which each work counts once."""
    by_account = weeks["account"]
    sums = (values * weeks["posts"]).groupby(by_account).transform("sum")
    left: np.ndarray = (
        values - sums / weeks["posts"].groupby(by_account).transform("sum")
    ).to_numpy()
    return left


def _slope(made: np.ndarray, left: np.ndarray, weights: np.ndarray, lost: int) -> Effect | None:
    """Return the weighted slope of the first column as a change."""
    n = len(left)
    if n <= lost:
        return None
    inverse = np.linalg.pinv(made.T @ (weights[:, None] * made))
    slopes = inverse @ (made.T @ (weights * left))
    pull = weights * np.einsum("ij,jk,ik->i", made, inverse, made) + weights / weights.sum()
    missed = (left - made @ slopes) / np.maximum(1 - pull, 0.1)
    scores = made * (weights * missed)[:, None]
    spread = inverse @ (scores.T @ scores) @ inverse
    return _change(n, float(slopes[0]), math.sqrt(spread[0, 0]), n - lost)


def _change(n: int, middle: float, error: float, freedom: int) -> Effect:
    """Return a change of logs as a share; few degrees of freedom widen the interval."""
    reach = (1.96 + 2.4 / max(freedom, 1)) * error
    low, high = math.expm1(middle - reach), math.expm1(middle + reach)
    return Effect(n, math.expm1(middle), low, high)


def _rests(works: pd.DataFrame) -> pd.DataFrame:
    """Return works with the time since the one before, and whether that was long."""
    ordered = works.sort_values(["account", "published_at"], ignore_index=True)
    by_account = ordered.groupby("account")["published_at"]
    before = by_account.shift()
    days = (ordered["published_at"] - before).dt.total_seconds() / 86400
    usual = days.groupby(ordered["account"]).transform("median")
    long = days >= np.maximum(_LONG * usual, _LONG)
    return ordered.assign(before=before, days=days, long=long)


def _pauses(rests: pd.DataFrame) -> tuple[Pause, ...]:
    """Return the longest pauses, the longest first."""
    found = rests[rests["long"]].sort_values("days", ascending=False).head(_MOST_PAUSES)
    made = []
    for at, row in found.iterrows():
        near = rests.iloc[int(str(at)) : int(str(at)) + _NEXT]
        next_ones = near.loc[near["account"] == row["account"], "residual"]
        times = math.exp(float(next_ones.mean()))
        last, first = row["before"].to_pydatetime(), row["published_at"].to_pydatetime()
        made.append(Pause(str(row["account"]), last, first, times, len(next_ones)))
    return tuple(made)


def _after(rests: pd.DataFrame) -> Effect | None:
    after = rests.loc[rests["long"], "residual"]
    others = rests.loc[~rests["long"], "residual"]
    if len(after) < ENOUGH_PAUSES or len(others) < ENOUGH_PAUSES:
        return None
    error = math.sqrt(after.var() / len(after) + others.var() / len(others))
    middle = float(after.mean() - others.mean())
    return _change(len(after), middle, error, len(after) - 1)
