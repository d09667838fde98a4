"""Who follows and who watches: shares of an audience at one day, beside an earlier day and
beside the other crowd.

Platforms give shares without the number of people behind them, so no interval can be
computed: a difference is called one only from ``STATED`` on, and never proven. A bucket that
an earlier snapshot does not list is unknown there, not zero. TGI is the platform's own
index: the share here over the share among all its users, times 100.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from opsdata.filters import Filters
from opsdata.intake.buckets import WEEKDAYS
from opsdata.store import Store

STATED = 0.02
"""A share must have moved by so much to be called changed."""

FOLLOWERS, VIEWERS = "followers", "viewers"

WHO = ("gender", "age", "tier", "device", "region", "city")
"""The dimensions of people, in the order of the page; others follow."""

WHEN = ("hour", "hour_of_week", "weekday")
"""The dimensions of time, which are about activity."""

_TIERS = ("一线", "新一线", "二线", "三线", "四线", "五线")
_GENDERS = ("男", "女")


@dataclass(frozen=True)
class Known:
    """What is known of one account: its crowds, each with the days it was seen on."""

    account_id: str
    account: str
    days: tuple[tuple[str, tuple[date, ...]], ...]

    @property
    def crowds(self) -> tuple[str, ...]:
        """The crowds, followers first."""
        return tuple(crowd for crowd, _ in self.days)

    def days_of(self, crowd: str) -> tuple[date, ...]:
        """Return the days a crowd was seen on, the newest first."""
        return dict(self.days).get(crowd, ())


@dataclass(frozen=True)
class Share:
    """One bucket: its share now, its index, its share before, and that of the other crowd."""

    bucket: str
    share: float
    tgi: float | None = None
    before: float | None = None
    other: float | None = None

    @property
    def change(self) -> float | None:
        """How far the share moved, None where it was not known before."""
        return None if self.before is None else self.share - self.before

    @property
    def apart(self) -> float | None:
        """How far the share lies above that of the other crowd."""
        return None if self.other is None else self.share - self.other


@dataclass(frozen=True)
class Part:
    """One dimension of a portrait, with the days its shares were seen on."""

    dimension: str
    day: date
    before: date | None
    other: date | None
    shares: tuple[Share, ...]

    @property
    def total(self) -> float:
        """What the listed buckets add up to."""
        return sum(share.share for share in self.shares)

    @property
    def largest(self) -> Share:
        """The bucket with the largest share."""
        return max(self.shares, key=lambda share: share.share)

    @property
    def moved(self) -> tuple[Share, ...]:
        """The buckets that moved far enough to say so, the furthest first."""
        return _far(self.shares, lambda share: share.change)

    @property
    def unlike(self) -> tuple[Share, ...]:
        """The buckets that lie far enough from the other crowd's, the furthest first."""
        return _far(self.shares, lambda share: share.apart)


def known(store: Store, filters: Filters) -> tuple[Known, ...]:
    """Return the accounts with shares of an audience, the best followed first.

    Without named accounts all own ones are meant.
    """
    names = {f"account_{i}": name for i, name in enumerate(filters.accounts)}
    where = f"a.name in ({', '.join(f'${name}' for name in names)})" if names else "a.own"
    rows = store.rows(
        "select s.account_id, a.name, s.crowd, list(distinct s.day order by s.day desc), "
        "(select max(d.value) from account_day_now as d "
        "where d.account_id = s.account_id and d.measure = 'followers') as followers "
        "from audience_share_now as s inner join account as a on a.account_id = s.account_id "
        f"where {where} and s.share is not null "
        "group by s.account_id, a.name, s.crowd order by followers desc nulls last, a.name, "
        "s.account_id, s.crowd",
        names,
    )
    found: dict[tuple[str, str], list[tuple[str, tuple[date, ...]]]] = {}
    for account_id, name, crowd, days, _ in rows:
        found.setdefault((account_id, name), []).append((crowd, tuple(days)))
    return tuple(
        Known(*whose, tuple(sorted(crowds, key=lambda one: _crowd_order(one[0]))))
        for whose, crowds in found.items()
    )


def _crowd_order(crowd: str) -> tuple[bool, bool, str]:
    return crowd != FOLLOWERS, crowd != VIEWERS, crowd


def portrait(
    store: Store, account_id: str, crowd: str, day: date, before: date | None = None
) -> tuple[Part, ...]:
    """Return each dimension of a crowd as it was last seen by a day.

    Beside it stands what was last seen by an earlier day, and the other crowd by the same day.
    """
    rows = store.frame(
        "select crowd, dimension, bucket, cast(day as timestamp) as day, share, tgi "
        "from audience_share_now where account_id = $account_id and share is not null",
        {"account_id": account_id},
    )
    return portrait_of(rows, crowd, day, before)


def portrait_of(
    rows: pd.DataFrame, crowd: str, day: date, before: date | None = None
) -> tuple[Part, ...]:
    """Return the portrait that rows of crowd, dimension, bucket, day, share, tgi tell of."""
    other = VIEWERS if crowd == FOLLOWERS else FOLLOWERS
    now = _as_of(rows[rows["crowd"] == crowd], day)
    earlier = _as_of(rows[rows["crowd"] == crowd], before)
    others = _as_of(rows[rows["crowd"] == other], day)
    parts = []
    for dimension, (seen, shares) in now.items():
        was_seen, was = earlier.get(dimension, (None, {}))
        if was_seen == seen:
            was_seen, was = None, {}
        other_seen, else_ = others.get(dimension, (None, {}))
        found = [
            Share(bucket, share, tgi, was.get(bucket, _NONE)[0], else_.get(bucket, _NONE)[0])
            for bucket, (share, tgi) in shares.items()
        ]
        parts.append(Part(dimension, seen, was_seen, other_seen, _ordered(dimension, found)))
    return tuple(sorted(parts, key=_part_order))


_NONE: tuple[None, None] = (None, None)
_Seen = dict[str, tuple[float, float | None]]


def _as_of(rows: pd.DataFrame, day: date | None) -> dict[str, tuple[date, _Seen]]:
    """Return each dimension's newest day up to a day, and its buckets' shares and indices."""
    if day is None:
        return {}
    rows = rows[rows["day"] <= pd.Timestamp(day)]
    newest = rows[rows["day"] == rows.groupby("dimension")["day"].transform("max")]
    found: dict[str, tuple[date, _Seen]] = {}
    for dimension, one in newest.groupby("dimension"):
        tgis = [None if pd.isna(tgi) else float(tgi) for tgi in one["tgi"]]
        seen = zip(one["bucket"], zip(map(float, one["share"]), tgis, strict=True), strict=True)
        found[str(dimension)] = (one["day"].iloc[0].date(), dict(seen))
    return found


def _part_order(part: Part) -> tuple[int, str]:
    order = (*WHO, *WHEN)
    at = order.index(part.dimension) if part.dimension in order else len(order)
    return at, part.dimension


def _ordered(dimension: str, shares: Iterable[Share]) -> tuple[Share, ...]:
    """Return buckets in their own order where they have one, else the largest first."""
    return tuple(
        sorted(shares, key=lambda one: (*_place(dimension, one.bucket), -one.share, one.bucket))
    )


def _place(dimension: str, bucket: str) -> tuple[float, ...]:
    """Return where a bucket stands in its dimension; what has no place comes last.

    >>> _place("age", "<18") < _place("age", "18-23") < _place("age", "50+")
    True
    """
    if dimension == "age":
        number = re.search(r"\d+", bucket)
        return (float(number[0]) - bucket.startswith("<"),) if number else (1e9,)
    for key, order in (("tier", _TIERS), ("gender", _GENDERS), ("weekday", WEEKDAYS)):
        if dimension == key:
            return (order.index(bucket) if bucket in order else len(order),)
    if dimension == "hour":
        return (int(bucket) if bucket.isdigit() else 1e9,)
    if dimension == "hour_of_week":
        day, hour = cell(bucket) or (99, 99)
        return (day, hour)
    return ()


def cell(bucket: str) -> tuple[int, int] | None:
    """Return the weekday (Monday is 0) and hour that a bucket names, None for any other.

    >>> cell("周二 20"), cell("周末")
    ((1, 20), None)
    """
    day, _, hour = bucket.partition(" ")
    return (WEEKDAYS.index(day), int(hour)) if day in WEEKDAYS and hour.isdigit() else None


def _far(shares: tuple[Share, ...], distance: Callable[[Share], float | None]) -> tuple[Share, ...]:
    """Return the shares at a stated distance; rounding errors of a file do not decide."""
    sizes = {share.bucket: abs(distance(share) or 0.0) for share in shares}
    far = [share for share in shares if sizes[share.bucket] >= STATED - 1e-9]
    return tuple(sorted(far, key=lambda share: (-sizes[share.bucket], share.bucket)))
