"""Hashtags that competitors use and we do not, and how ours did when we tried something alike.

A work counts as many times the median of its own account, so that large and small accounts
can stand beside each other. Two hashtags are alike when they share two characters in a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import pandas as pd

from opsdata.analysis.interactions import Company, everything, times_typical, typical, works
from opsdata.filters import Filters
from opsdata.store import Store

ENOUGH = 3
"""Fewer works do not say how a hashtag does."""


@dataclass(frozen=True)
class Tried:
    """How our own works of one hashtag ended."""

    tag: str
    n: int
    times: float | None
    """The median of how many times their account's median they have."""
    last: date


@dataclass(frozen=True)
class Gap:
    """A hashtag that competitors used and we did not in the same days."""

    tag: str
    works: int
    accounts: tuple[str, ...]
    times: float | None
    """As in ``Tried``; None with too few works."""
    ours: Tried | None
    """How it did when we used it at another time."""
    alike: Tried | None
    """The one most used of our hashtags that are like it."""


def tags_of(store: Store, videos: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the hashtags of some works."""
    rows = store.rows(
        "select video, list(hashtag order by hashtag) from video_hashtag "
        "where video in (select unnest($videos)) group by video",
        {"videos": list(videos)},
    )
    return {video: tuple(tags) for video, tags in rows}


def tried(store: Store, whose: Company) -> dict[str, Tried]:
    """Return how our own works of each hashtag ended, from all time."""
    return _tried(_tagged(store, everything(store, Company(whose.own, ()))))


def _tried(ours: pd.DataFrame) -> dict[str, Tried]:
    return {
        str(tag): Tried(str(tag), len(one), _median(one["times"], 1), _last(one))
        for tag, one in ours.groupby("hashtag")
    }


def _last(one: pd.DataFrame) -> date:
    last: date = pd.Timestamp(one["published_at"].max()).date()
    return last


def _median(times: pd.Series[float], least: int) -> float | None:
    known = times.dropna()
    return float(known.median()) if len(known) >= least else None


def _tagged(store: Store, frame: pd.DataFrame) -> pd.DataFrame:
    """Return works with how many times their account's median they have, a row a hashtag."""
    times = times_typical(frame, typical(frame))
    frame = frame[["video", "account", "own", "published_at"]].assign(times=times)
    return frame.merge(store.frame("select video, hashtag from video_hashtag"), on="video")


def gaps(store: Store, filters: Filters, whose: Company) -> list[Gap]:
    """Return hashtags of competitors' works of some days that ours of those days lack."""
    wanted = works(store, filters, whose)["video"]
    every = _tagged(store, everything(store, whose))
    inside = every[every["video"].isin(wanted)]
    mine = set(inside[inside["own"].astype(bool)]["hashtag"])
    theirs = inside[~inside["own"].astype(bool) & ~inside["hashtag"].isin(mine)]
    before = _tried(every[every["own"].astype(bool)])
    found = [_gap(str(tag), one, before) for tag, one in theirs.groupby("hashtag")]
    return sorted(found, key=lambda gap: (-gap.works, -(gap.times or 0), gap.tag))


def _gap(tag: str, one: pd.DataFrame, before: dict[str, Tried]) -> Gap:
    accounts = tuple(sorted(set(one["account"])))
    times = _median(one["times"], ENOUGH)
    return Gap(tag, len(one), accounts, times, before.get(tag), nearest(tag, before))


def nearest(tag: str, before: dict[str, Tried]) -> Tried | None:
    """Return the most used of our hashtags that is like one, itself left out."""
    alike = [one for name, one in before.items() if name != tag and are_alike(name, tag)]
    return max(alike, key=lambda one: (one.n, one.tag), default=None)


def are_alike(one: str, other: str) -> bool:
    """Return whether two hashtags share two Chinese characters in a row, or one holds the other.

    >>> (
    ...     are_alike("一周便当", "上班族便当"),
    ...     are_alike("露营", "早餐"),
    ...     are_alike("Vlog", "vlog日常"),
    ... )
    (True, False, True)
    """
    a, b = one.lower(), other.lower()
    if min(len(a), len(b)) >= 2 and (a in b or b in a):
        return True
    return bool(_pairs(a) & _pairs(b))


def _pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text) if a > "\u2e80" and b > "\u2e80"}
