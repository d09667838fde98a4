"""How far each work lies above or below what was to be expected of it, on a log scale.

What is to be expected of a work: the level of its account, which may rise and fall over the
months, its genre, its length, and how long it has been growing. All are taken out of log
plays together by least squares (the Frisch-Waugh-Lovell theorem: what is left can be compared
between groups as if all had them alike), refitted with far works pulled in (Huber 1964).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from opsdata.filters import Filters
from opsdata.metrics import Grain
from opsdata.store import Store

MATURE_DAYS = 7
"""A younger work has most of its plays still before it."""
_WORKS_PER_KNOT = 40
_MOST_KNOTS = 12
_FEW = 5
"""A genre with fewer works of an account has no level of its own."""
_FAR = 2.5
"""Robust standard deviations beyond which a work counts no more than one at that distance."""
_ROUNDS = 3


def mature_works(store: Store, filters: Filters) -> pd.DataFrame:
    """Return the public works old enough to be judged, oldest first, with their residual.

    A work whose time of day is not known says nothing about times, so it is left out.
    """
    where, values = filters.where(Grain.WORK)
    found = store.frame(
        "select video, account, genre, duration_seconds, published_at, captured_at, "
        "cast(views as double) as views from work "
        f"where {where} and views is not null "
        "and coalesce(status, '') not in ('自见', '审核中', '未通过') "
        f"and captured_at >= published_at + to_days({MATURE_DAYS}) "
        "and published_at <> date_trunc('day', published_at) "
        "order by published_at, video",
        values,
    )
    return with_residuals(found)


def with_residuals(works: pd.DataFrame) -> pd.DataFrame:
    """Return works with a column more: residual, in logs, for each account by itself."""
    found = works.assign(residual=0.0)
    for _, mine in works.groupby("account", sort=False):
        found.loc[mine.index, "residual"] = _residuals(mine)
    return found


def _residuals(works: pd.DataFrame) -> np.ndarray:
    logs = np.log1p(works["views"].to_numpy(dtype=float))
    made = _expected_from(works)
    inverse = np.linalg.pinv(made.T @ made)
    pulled = logs
    for _ in range(_ROUNDS):
        expected = made @ (inverse @ (made.T @ pulled))
        pulled = expected + pulled_in(logs - expected)
    freedom = max(len(logs) - made.shape[1], 1)
    left: np.ndarray = (pulled - expected) * np.sqrt(len(logs) / freedom)
    return left


def pulled_in(values: np.ndarray) -> np.ndarray:
    """Return values with those far from their median moved to where far begins.

    >>> pulled_in(np.array([-1.0, 0.0, 1.0, 40.0])).round(2).tolist()
    [-1.0, 0.0, 1.0, 4.21]
    """
    middle = float(np.median(values))
    reach = _FAR * 1.4826 * float(np.median(np.abs(values - middle)))
    return np.clip(values, middle - reach, middle + reach) if reach else values


def _expected_from(works: pd.DataFrame) -> np.ndarray:
    """Return what explains the plays of one account's works, a column each."""
    n = len(works)
    columns = [np.ones(n)]
    counts = works["genre"].value_counts()
    columns += [
        (works["genre"] == genre).to_numpy(dtype=float)
        for genre in sorted(counts[counts >= _FEW].index)[1:]
    ]
    if n >= _WORKS_PER_KNOT // 2:
        columns += [*_length(works), *_season(works["published_at"]), _growing(works)]
    return np.column_stack(columns)


def _length(works: pd.DataFrame) -> list[np.ndarray]:
    """Return log length where it is known, set against the mean of its genre."""
    logs = np.log1p(works["duration_seconds"].astype(float))
    if logs.notna().sum() < _WORKS_PER_KNOT // 2:
        return []
    middle = logs.groupby(works["genre"], dropna=False).transform("mean")
    return [(logs - middle).fillna(0.0).to_numpy(dtype=float)]


def _season(published: pd.Series) -> list[np.ndarray]:
    """Return the pieces of a line that bends a few times, evenly over the works."""
    days = (published - published.min()).dt.total_seconds().to_numpy() / 86400
    bends = min(max(len(days) // _WORKS_PER_KNOT, 1), _MOST_KNOTS)
    knots = np.unique(np.quantile(days, np.linspace(0, 1, bends + 1)))
    if len(knots) < 2:
        return []
    hats = np.eye(len(knots))
    return [np.interp(days, knots, hat) for hat in hats[1:]]


def _growing(works: pd.DataFrame) -> np.ndarray:
    """Return what stands for the plays that a young work has still to come."""
    age = (works["captured_at"] - works["published_at"]).dt.total_seconds().to_numpy() / 86400
    still: np.ndarray = 1 / np.maximum(age, 1.0)
    return still
