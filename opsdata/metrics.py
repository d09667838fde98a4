"""Every KPI, one entry each; cards, columns, colours, axes and the dictionary follow from it.

A metric is a total, or the ratio of two totals. ``views`` is the sum of the column of
that name; totals that are not a plain sum stand in ``TOTALS``. So a rate is always a
ratio of totals: plays weigh it, and plays of rows that do not know the rate stay out of
its denominator.

Where a metric comes from depends on the basis (the view of time):

- 发布口径 ``published``: lifetime totals of works, placed on their publish day (``WORK``);
- 发生口径 ``happened``: what happened on a day, from the official daily files (``DAY``),
  else from the difference of two exports of the same work (``GAIN``).

The label is ``metric.<key>`` in each locale, the explanation ``metric_help.<key>``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from opsdata.errors import Unanswerable


class Unit(StrEnum):
    """How a value is written: a count, a share of 1, seconds, or a plain number."""

    COUNT = "count"
    SHARE = "share"
    SECONDS = "seconds"
    NUMBER = "number"


class Better(StrEnum):
    """Which direction is good news."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Basis(StrEnum):
    """The two views of time; they are never mixed in one figure."""

    PUBLISHED = "published"
    HAPPENED = "happened"


class Grain(StrEnum):
    """The view a metric is read from; the value is the view's name in ``views.sql``."""

    WORK = "work"
    DAY = "daily"
    GAIN = "gain"


@dataclass(frozen=True)
class Metric:
    """One KPI: the total it is, or the part and the whole it is the ratio of."""

    key: str
    part: str = ""
    whole: str = ""
    unit: Unit = Unit.COUNT
    better: Better = Better.UP
    published: tuple[Grain, ...] = (Grain.WORK,)
    happened: tuple[Grain, ...] = (Grain.DAY, Grain.GAIN)
    stock: bool = False
    """A level such as followers: its value over a period is its last known day."""
    by_kind: bool = False
    """Photo posts and videos must not be judged by one average of it."""

    @property
    def totals(self) -> tuple[str, ...]:
        """The totals it needs: itself, or part and whole."""
        return (self.part, self.whole) if self.whole else (self.part or self.key,)

    @property
    def formula(self) -> str:
        """SQL over the totals."""
        return f"{self.part} / nullif({self.whole}, 0)" if self.whole else self.totals[0]

    def grains(self, basis: Basis) -> tuple[Grain, ...]:
        """The views that can answer for this basis, the best first."""
        return self.published if basis is Basis.PUBLISHED else self.happened


@dataclass(frozen=True)
class Total:
    """One total: its SQL over a group of rows, and the columns that needs."""

    sql: str
    columns: tuple[str, ...]


def _weighted(rate: str) -> dict[str, Total]:
    """Return the two totals of a rate: plays times rate, and the plays that know it."""
    return {
        f"{rate}_plays": Total(f"sum(views * {rate})", ("views", rate)),
        f"{rate}_base": Total(f"sum(views) filter (where {rate} is not null)", ("views", rate)),
    }


def _rate(key: str, unit: Unit = Unit.SHARE, **more: Any) -> Metric:
    """Return the metric of a rate that rows state, weighted by plays."""
    return Metric(key, f"{key}_plays", f"{key}_base", unit, **more)


_RESPONSES = ("likes", "comments", "shares", "favorites")
_ALL_RESPONSES = " + ".join(_RESPONSES)

TOTALS: dict[str, Total] = {
    "posts": Total("count(*)", ()),
    "interactions": Total(f"sum({_ALL_RESPONSES})", _RESPONSES),
    "interactions_base": Total(
        f"sum(views) filter (where {_ALL_RESPONSES} is not null)", ("views", *_RESPONSES)
    ),
    **_weighted("completion_rate"),
    **_weighted("completion_5s"),
    **_weighted("bounce_2s"),
    **_weighted("cover_ctr"),
    **_weighted("avg_watch_seconds"),
}
"""Totals that are not the plain sum of the column of their name."""

_WORKS_ONLY = (Grain.GAIN,)
_DAYS_ONLY = (Grain.DAY,)

METRICS: dict[str, Metric] = {
    one.key: one
    for one in (
        Metric("views"),
        Metric("likes"),
        Metric("comments"),
        Metric("shares"),
        Metric("favorites", happened=_WORKS_ONLY),
        Metric("profile_visits"),
        Metric("follower_gain", happened=_WORKS_ONLY),
        _rate("completion_rate", happened=_WORKS_ONLY, by_kind=True),
        _rate("completion_5s", by_kind=True),
        _rate("bounce_2s", better=Better.DOWN, by_kind=True),
        _rate("cover_ctr"),
        _rate("avg_watch_seconds", Unit.SECONDS, by_kind=True),
        Metric(
            "engagement_rate",
            "interactions",
            "interactions_base",
            Unit.SHARE,
            happened=_WORKS_ONLY,
        ),
        Metric("posts", happened=(Grain.WORK,)),
        Metric("followers", published=(), happened=_DAYS_ONLY, stock=True),
        Metric("net_followers", published=(), happened=_DAYS_ONLY),
        Metric("unfollows", better=Better.DOWN, published=(), happened=_DAYS_ONLY),
    )
}


def metric(key: str) -> Metric:
    """Return the metric of a key; Unanswerable, naming the nearest, when there is none."""
    if key not in METRICS:
        raise Unanswerable("unknown_metric", key=key, known=", ".join(METRICS))
    return METRICS[key]


def total(key: str) -> Total:
    """Return a total; one without an entry is the sum of its column.

    >>> total("views")
    Total(sql='sum(views)', columns=('views',))
    """
    return TOTALS.get(key) or Total(f"sum({key})", (key,))
