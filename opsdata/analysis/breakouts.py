"""Competitors' works far above what their account usually gets, and what we did alike.

On a log scale a work breaks out when it lies more than ``K`` robust standard deviations
(1.4826 times the median distance from the median) above its own account's median. Neither
the size of an account nor one giant work changes what is found: both are medians.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from opsdata.analysis import interactions
from opsdata.analysis.hashtags import Tried, tags_of, tried
from opsdata.analysis.interactions import Company
from opsdata.filters import Filters
from opsdata.store import Store

K = 3.0
ENOUGH = 10
"""With fewer works known of an account, nothing of it is called unusual."""
_LEAST_SPREAD = 0.1
"""Works nearly alike must still differ by a third from their account's median to stand out."""


@dataclass(frozen=True)
class Breakout:
    """One work that broke out."""

    video: str
    account: str
    title: str | None
    published_at: datetime
    captured_at: datetime
    interactions: float
    times: float
    """How many times its account's median it has."""
    score: float
    """How many robust standard deviations it lies above that."""
    n: int
    """So many works of its account are known."""
    genre: str | None
    duration_seconds: float | None
    link: str | None
    tags: tuple[str, ...]
    ours: tuple[Tried, ...]
    """How our own works of these hashtags ended; none for those we never did."""


def scores(values: np.ndarray) -> np.ndarray:
    """Return how many robust standard deviations each value lies above the median, in logs.

    >>> scores(np.array([90.0, 100.0, 110.0, 10_000.0])).round(1).tolist()
    [-1.0, -0.3, 0.3, 30.6]
    """
    logs = np.log(np.maximum(values, 1.0))
    median = np.median(logs)
    spread = 1.4826 * float(np.median(np.abs(logs - median)))
    result: np.ndarray = (logs - median) / max(spread, _LEAST_SPREAD)
    return result


def breakouts(store: Store, filters: Filters, whose: Company) -> list[Breakout]:
    """Return the competitors' works of some days that broke out, the farthest first."""
    every = interactions.everything(store, whose).dropna(subset=["interactions"])
    wanted = set(interactions.works(store, filters, whose)["video"])
    tags, ours = tags_of(store), tried(store, whose)
    found: list[Breakout] = []
    for _, works in every[~every["own"].astype(bool)].groupby("account_id"):
        if len(works) >= ENOUGH:
            found += _of_account(works, wanted, tags, ours)
    return sorted(found, key=lambda one: (-one.score, one.video))


def _of_account(
    works: pd.DataFrame,
    wanted: set[str],
    tags: dict[str, tuple[str, ...]],
    ours: dict[str, Tried],
) -> Iterator[Breakout]:
    values = works["interactions"].to_numpy(dtype=float)
    median = max(float(np.median(values)), 1.0)
    for row, score in zip(works.to_dict("records"), scores(values), strict=True):
        if score <= K or row["video"] not in wanted:
            continue
        named = tags.get(row["video"], ())
        yield Breakout(
            video=row["video"],
            account=row["account"],
            title=_known(row["title"]),
            published_at=row["published_at"].to_pydatetime(),
            captured_at=row["captured_at"].to_pydatetime(),
            interactions=float(row["interactions"]),
            times=float(row["interactions"]) / median,
            score=float(score),
            n=len(works),
            genre=_known(row["genre"]),
            duration_seconds=_known(row["duration_seconds"]),
            link=link(row["platform"], _known(row["platform_id"])),
            tags=named,
            ours=tuple(ours[tag] for tag in named if tag in ours),
        )


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value


def link(platform: str, platform_id: str | None) -> str | None:
    """Return where a work can be watched, None where its id does not say.

    >>> link("douyin", "7300000000000000001")
    'https://www.douyin.com/video/7300000000000000001'
    """
    if platform != "douyin" or not platform_id or not platform_id.isdigit():
        return None
    return f"https://www.douyin.com/video/{platform_id}"
