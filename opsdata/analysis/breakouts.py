"""Competitors' works far above what their account usually gets, and what we did alike.

On a log scale a work breaks out when it lies more than ``K`` robust standard deviations
(1.4826 times the median distance from the median) above its own account's median. Neither
the size of an account nor one giant work changes what is found: both are medians. An account whose
median ranges leave open is left out: the exact works of a list are mostly its small ones.
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
    theirs = Company((), whose.rivals)
    every = interactions.everything(store, theirs)
    usual = interactions.typical(every)
    known = every[every["account_id"].isin(usual)].dropna(subset=["low"])
    wanted = interactions.works(store, filters, theirs).dropna(subset=["interactions"])["video"]
    far = [_far(works, wanted) for _, works in known.groupby("account_id") if len(works) >= ENOUGH]
    if not sum(map(len, far)):
        return []
    works = pd.concat(far)
    tags, ours = tags_of(store, list(works["video"])), tried(store, whose)
    found = _of(works, tags, ours)
    return sorted(found, key=lambda one: (-one.score, one.video))


def _far(works: pd.DataFrame, wanted: pd.Series[str]) -> pd.DataFrame:
    """Return the wanted works of one account that broke out, with what they are judged by.

    A work that is known as a range counts with its low end.
    """
    values = works["low"].to_numpy(dtype=float)
    judged = works.assign(score=scores(values), median=float(np.median(values)), n=len(works))
    return judged[(judged["score"] > K) & judged["video"].isin(wanted)]


def _of(
    works: pd.DataFrame, tags: dict[str, tuple[str, ...]], ours: dict[str, Tried]
) -> Iterator[Breakout]:
    for row in works.to_dict("records"):
        named = tags.get(row["video"], ())
        yield Breakout(
            video=row["video"],
            account=row["account"],
            title=_known(row["title"]),
            published_at=row["published_at"].to_pydatetime(),
            captured_at=row["captured_at"].to_pydatetime(),
            interactions=float(row["interactions"]),
            times=float(row["interactions"]) / max(float(row["median"]), 1.0),
            score=float(row["score"]),
            n=int(row["n"]),
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
