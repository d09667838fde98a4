"""Every work against its account's works of the same genre at the same age.

A work's plays between two exports are read off the line between them on log scales of plays
and age, which never falls where the totals do not. Before the first export nothing is read
off, because works grow fastest then; nor where exports lie more than ten days apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opsdata.filters import Filters
from opsdata.metrics import Grain
from opsdata.store import Store

MOST_APART = 10.0
"""Days between two exports that a value is still read off between."""
MOST_COMPARED = 500
"""So many of an account's newest works of a genre are compared; exports hold at most 1,000."""
ENOUGH = 5
"""With fewer works to compare with, a place among them says nothing."""


@dataclass(frozen=True)
class Standing:
    """One work at its age: the share of its peers it is ahead of, and how many they are."""

    video: str
    age_days: float
    percentile: float | None
    n: int


def ages(store: Store, filters: Filters) -> list[Standing]:
    """Return the place of each work of some accounts among its kind, as of its newest export."""
    who, values = Filters(accounts=filters.accounts).where(Grain.WORK)
    works = store.frame(
        f"select video, account, genre, published_at, captured_at from work "
        f"where {who} and views is not null order by video",
        values,
    )
    seen = store.frame(
        "select video, captured_at, views from video_snapshot "
        "where views is not null order by video, captured_at, batch_id"
    )
    found: list[Standing] = []
    for _, every in works.groupby(["account", "genre"], dropna=False, sort=False):
        kind = every.nlargest(MOST_COMPARED, "published_at")
        found += among(kind, seen[seen["video"].isin(kind["video"])])
    return found


def among(works: pd.DataFrame, seen: pd.DataFrame) -> list[Standing]:
    """Return the place of each of some works among the others at its own age.

    ``works`` has video, published_at, captured_at; ``seen`` their exports: video,
    captured_at, views.
    """
    published = works.set_index("video")["published_at"]
    age = _days(works["captured_at"] - works["published_at"])
    at_ages = np.full((len(works), len(works)), np.nan)
    curves = dict(list(seen.groupby("video", sort=False)))
    for row, video in enumerate(works["video"]):
        if video in curves:
            curve = curves[video]
            ages_seen = _days(curve["captured_at"] - published[video])
            at_ages[row] = read_off(ages_seen, curve["views"].to_numpy(dtype=float), age)
    return [
        _standing(str(video), float(age[at]), at_ages[:, at], at)
        for at, video in enumerate(works["video"])
    ]


def _days(spans: pd.Series) -> np.ndarray:
    days: np.ndarray = spans.dt.total_seconds().to_numpy() / 86400
    return days


def read_off(
    ages_seen: np.ndarray, views: np.ndarray, wanted: Sequence[float] | np.ndarray
) -> np.ndarray:
    """Return plays at some ages, NaN where no two exports lie close enough around them.

    >>> read_off(np.array([0.0, 8.0]), np.array([0.0, 99.0]), [2.0, 8.0, 9.0]).tolist()
    [9.0, 99.0, nan]
    """
    at = np.asarray(wanted, dtype=float)
    if len(ages_seen) == 0:
        return np.full(len(at), np.nan)
    order = np.argsort(ages_seen, kind="stable")
    known, logs = ages_seen[order], np.log1p(np.maximum(views[order], 0))
    found: np.ndarray = np.expm1(np.interp(np.log1p(at), np.log1p(known), logs))
    after = np.clip(np.searchsorted(known, at, side="left"), 0, len(known) - 1)
    before = np.maximum(after - 1, 0)
    exact = np.isclose(known[after], at, atol=1e-6)
    between = (known[before] <= at) & (at <= known[after])
    close = known[after] - known[before] <= MOST_APART
    found[~(exact | (between & close & (after > 0)))] = np.nan
    rounded: np.ndarray = np.round(found, 6)
    return rounded


def _standing(video: str, age: float, values: np.ndarray, mine: int) -> Standing:
    """Return a place as the share of others below, those alike counted half."""
    others = np.delete(values, mine)
    others = others[~np.isnan(others)]
    own = values[mine]
    if np.isnan(own) or len(others) < ENOUGH:
        return Standing(video, age, None, len(others))
    below = (others < own).sum() + 0.5 * (others == own).sum()
    return Standing(video, age, float(below / len(others)), len(others))
