"""Own accounts beside competitors over the same days, on what is public of both.

The typical work is the median, which one giant does not move; the mean stands beside it.
Posts per week count the days that an account's lists know of. Shares are of all accounts
compared. Where ranges stand for numbers, the exact works are mostly the small ones, so an
account with a range has no sum and no mean, and a rank only where no range reaches the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from opsdata.analysis.followers import Growth, followers, growth
from opsdata.analysis.interactions import PARTS, Company, middle, works
from opsdata.filters import DEFAULT_PERIOD, Filters, resolve
from opsdata.store import Store

WEEK = 7
ENOUGH = 3
"""A place among fewer others says nothing."""


@dataclass(frozen=True)
class Line:
    """One account over the days compared; what is unknown is None."""

    account: str
    own: bool
    posts: int
    per_week: float | None = None
    interactions: float | None = None
    typical: float | None = None
    mean: float | None = None
    counted: int = 0
    """Works whose interactions are known as numbers."""
    ranged: int = 0
    """Works of which a range is known in a number's place."""
    low: float | None = None
    """The median where ranges count with their low ends, and with their high ends."""
    high: float | None = None
    share_of_voice: float | None = None
    share_of_interactions: float | None = None
    rank: int | None = None
    comments_per_like: float | None = None
    shares_per_like: float | None = None
    favorites_per_like: float | None = None
    views: float | None = None
    lacks: tuple[str, ...] = ()
    """Kinds of interactions that no list of the account tells."""
    until: date | None = None
    """The last day that its lists know of, within those compared."""
    first: date | None = None
    """The day of its first work that any list knows of."""
    growth: Growth | None = None

    @property
    def is_open(self) -> bool:
        """Whether ranges leave open what all its interactions come to."""
        return self.ranged > 0


@dataclass(frozen=True)
class Benchmark:
    """All accounts compared, the best typical work first."""

    since: date | None
    until: date | None
    lines: tuple[Line, ...]

    @property
    def own(self) -> tuple[Line, ...]:
        """Our side."""
        return tuple(line for line in self.lines if line.own)

    @property
    def rivals(self) -> tuple[Line, ...]:
        """The other side."""
        return tuple(line for line in self.lines if not line.own)

    @property
    def unranked(self) -> tuple[str, ...]:
        """The accounts that ranges keep out of the ranks."""
        return tuple(line.account for line in self.lines if line.is_open and line.rank is None)

    @property
    def unsummed(self) -> tuple[str, ...]:
        """The accounts that ranges keep out of the shares of all interactions."""
        return tuple(line.account for line in self.lines if line.is_open)


def window(store: Store, filters: Filters, whose: Company) -> Filters:
    """Return filters with the last days that lists of any account compared know of."""
    if filters.since is not None and filters.until is not None:
        return filters
    newest = filters.until or _newest(store, whose)
    if newest is None:
        return filters
    first, last = resolve(DEFAULT_PERIOD, newest)
    return replace(filters, since=filters.since or first, until=last)


_REACH = (
    "select a.name, min(cast(s.published_at as date)), greatest(max(cast(s.published_at as date)), "
    "max(cast(s.captured_at as date) - 1) "
    "filter (b.captured_from in ('given', 'name', 'created'))) "
    "from video_snapshot as s inner join batch as b on b.batch_id = s.batch_id "
    "inner join account as a on a.account_id = s.account_id "
    "where a.name in (select unnest($names)) group by a.name"
)
"""An export whose time is only that of the import does not say until when its list knows."""


def _newest(store: Store, whose: Company) -> date | None:
    rows = store.rows(_REACH, {"names": list(whose.everyone)})
    return max((last for _, _, last in rows), default=None)


def benchmark(store: Store, filters: Filters, whose: Company) -> Benchmark:
    """Return own accounts and competitors beside each other over some days."""
    frame = works(store, filters, whose)
    reach = {name: span for name, *span in store.rows(_REACH, {"names": list(whose.everyone)})}
    seen = followers(store, whose)
    lines = [
        replace(
            _line(frame[frame["account"] == name], name, name in whose.own, filters, reach[name])
            if name in reach
            else Line(name, name in whose.own, 0),
            growth=growth(seen[seen["account"] == name], filters.since, filters.until),
        )
        for name in whose.everyone
    ]
    known = [line for line in lines if line.account in reach or line.growth is not None]
    return Benchmark(filters.since, filters.until, tuple(_ranked(_shared(known))))


def _line(frame: pd.DataFrame, name: str, own: bool, filters: Filters, reach: list[date]) -> Line:
    """Return what one account's works of the period say."""
    told = frame["interactions"].dropna()
    ranged = int(frame["ranged"].astype(bool).sum())
    low, high = middle(frame)
    first = filters.since or reach[0]
    until = min(filters.until or reach[1], reach[1])
    days = (until - first).days + 1
    return Line(
        account=name,
        own=own,
        posts=len(frame),
        per_week=len(frame) * WEEK / days if days > 0 else None,
        interactions=_number(told.sum()) if len(told) and not ranged else None,
        typical=low if low == high else None,
        mean=_number(told.mean()) if not ranged else None,
        counted=len(told),
        ranged=ranged,
        low=low,
        high=high,
        comments_per_like=_ratio(frame, "comments"),
        shares_per_like=_ratio(frame, "shares"),
        favorites_per_like=_ratio(frame, "favorites"),
        views=_number(frame["views"].dropna().sum()) if frame["views"].notna().any() else None,
        lacks=_lacks(frame),
        until=until,
        first=reach[0],
    )  # fmt: skip


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _lacks(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the interactions that no work tells, as number or as range."""
    told = frame[~frame["ranged"].astype(bool)]
    return tuple(key for key in PARTS if len(told) and told[key].isna().all())


def _ratio(frame: pd.DataFrame, key: str) -> float | None:
    """Return the ratio of totals of works that tell both; None where a range keeps one back."""
    if (frame["ranged"].astype(bool) & frame[["likes", key]].isna().any(axis=1)).any():
        return None
    both = frame.dropna(subset=["likes", key])
    likes = float(both["likes"].sum())
    return float(both[key].sum()) / likes if likes else None


def _shared(lines: Sequence[Line]) -> list[Line]:
    """Return lines with their shares of all works and of all interactions."""
    posts = sum(line.posts for line in lines)
    total = sum(line.interactions or 0 for line in lines)
    return [
        replace(
            line,
            share_of_voice=line.posts / posts if posts and line.until else None,
            share_of_interactions=(
                line.interactions / total if total and line.interactions is not None else None
            ),
        )
        for line in lines
    ]


def _ranked(lines: Sequence[Line]) -> list[Line]:
    """Return lines by their typical work, the best first; equal ones share a rank."""
    known = [line.typical for line in lines if line.typical is not None]
    ranked = [
        line
        if line.typical is None
        else replace(line, rank=1 + sum(other > line.typical for other in known))
        for line in lines
    ]
    return sorted(ranked, key=lambda line: (line.rank or len(lines) + 1, line.account))


@dataclass(frozen=True)
class Place:
    """One figure of an own account among the competitors: how many of them are below."""

    key: str
    mine: float
    middle: float
    """The competitors' median."""
    percentile: float
    n: int
    """So many competitors are compared with."""


PLACED = (
    "per_week", "typical", "mean", "comments_per_like", "shares_per_like", "favorites_per_like",
)  # fmt: skip


def places(line: Line, rivals: Sequence[Line]) -> list[Place]:
    """Return where an own account stands among competitors, for each figure that can say it.

    A percentile is the share of the competitors below, those alike counted half.
    """
    found = []
    for key, mine, values in _figures(line, rivals):
        if mine is not None and len(values) >= ENOUGH:
            below = sum(v < mine for v in values) + 0.5 * sum(v == mine for v in values)
            middle = float(np.median(values))
            found.append(Place(key, mine, middle, below / len(values), len(values)))
    return found


def _figures(line: Line, rivals: Sequence[Line]) -> list[tuple[str, float | None, list[float]]]:
    """Return each figure of an account, and those of the others that have it."""
    made: list[tuple[str, float | None, list[float]]] = []
    for key in PLACED:
        others = [getattr(one, key) for one in rivals if one.posts]
        mine = getattr(line, key) if line.posts else None
        made.append((key, mine, [value for value in others if value is not None]))
    for key in ("followers", "weekly"):
        grown = [getattr(one.growth, key) for one in rivals if one.growth]
        mine = getattr(line.growth, key) if line.growth else None
        made.append((key, mine, [value for value in grown if value is not None]))
    return made


def reaches_less(line: Line, until: date | None) -> bool:
    """Return whether an account's lists end well before the days compared do."""
    return bool(line.until and until and line.until < until - timedelta(days=1))
