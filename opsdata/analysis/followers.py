"""How followers grow, from the days on which they were seen.

Competitors are seen only when a list is exported, so growth is between two such days and
given per week; less than a week between them says nothing. The index sets every account
to 100 on the first day that all are known, read off the line between two days seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from opsdata.analysis.interactions import Company
from opsdata.store import Store, sql_file

LEAST_DAYS = 7


@dataclass(frozen=True)
class Growth:
    """An account's followers when last seen, and what they grew by since they were first."""

    followers: float | None
    low: float | None
    high: float | None
    day: date
    since: date | None = None
    gained: float | None = None
    weekly: float | None = None
    """The share gained per week."""


def followers(store: Store, whose: Company) -> pd.DataFrame:
    """Return the days accounts were seen on: account, own, day, value, low, high, listed."""
    frame = store.frame(sql_file("followers_seen"))
    return frame[frame["account"].isin(whose.everyone)].reset_index(drop=True)


def growth(seen: pd.DataFrame, since: date | None, until: date | None) -> Growth | None:
    """Return how one account grew over some days; None when it was not seen until their end.

    It may have been seen first up to a week before the days begin.
    """
    days = pd.to_datetime(seen["day"])
    inside = seen[days - _eve(seen) <= pd.Timestamp(until)] if until else seen
    if inside.empty:
        return None
    last = inside.iloc[-1]
    now = Growth(_known(last["value"]), _known(last["low"]), _known(last["high"]), _day(last))
    start = pd.Timestamp(since - timedelta(days=LEAST_DAYS)) if since else days.min()
    known = inside[pd.to_datetime(inside["day"]) >= start].dropna(subset=["value"])
    if now.followers is None or known.empty:
        return now
    first = _nearest(known, since)
    span = (_day(last) - _day(first)).days
    if span < LEAST_DAYS or not first["value"]:
        return now
    gained = float(last["value"] - first["value"])
    weekly = gained / float(first["value"]) * 7 / span
    return Growth(now.followers, now.low, now.high, now.day, _day(first), gained, weekly)


def _eve(seen: pd.DataFrame) -> pd.Series[timedelta]:
    """Return a day for what lists say, whose day is that of the export, and none for the rest."""
    return pd.to_timedelta(seen["listed"].astype(int), unit="D")


def _nearest(known: pd.DataFrame, since: date | None) -> pd.Series:
    """Return the last day seen before the period, else the first in it."""
    before = known[pd.to_datetime(known["day"]) <= pd.Timestamp(since)] if since else known.head(0)
    return before.iloc[-1] if len(before) else known.iloc[0]


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _day(row: pd.Series) -> date:
    day: date = pd.Timestamp(row["day"]).date()
    return day


def indexed(seen: pd.DataFrame, since: date | None, until: date | None) -> pd.DataFrame:
    """Return followers as an index: account, own, day, index, value; 100 on the first common day.

    Accounts seen less than twice are left out; empty when fewer than two are left.
    """
    frame = seen.dropna(subset=["value"]).assign(day=lambda f: pd.to_datetime(f["day"]))
    if since:
        frame = frame[frame["day"] >= pd.Timestamp(since)]
    if until:
        frame = frame[frame["day"] - _eve(frame) <= pd.Timestamp(until)]
    frame = frame.groupby("account").filter(lambda one: len(one) >= 2)
    if frame["account"].nunique() < 2:
        return pd.DataFrame(columns=["account", "own", "day", "index", "value"])
    common = frame.groupby("account")["day"].min().max()
    ended = frame.groupby("account")["day"].max()
    kept = [name for name, last in ended.items() if last > common]
    parts = [_from(frame[frame["account"] == name], common) for name in kept]
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else frame.head(0)


def _from(one: pd.DataFrame, common: pd.Timestamp) -> pd.DataFrame:
    """Return one account's index from a day on."""
    at = np.interp(common.value, one["day"].astype("int64") * _scale(one), one["value"])
    later = one[one["day"] > common]
    days = [common, *later["day"]]
    values = np.array([at, *later["value"]], dtype=float)
    return pd.DataFrame(
        {
            "account": one["account"].iloc[0],
            "own": bool(one["own"].iloc[0]),
            "day": pd.to_datetime(pd.Series(days)).astype("datetime64[us]"),
            "index": values / at * 100,
            "value": values,
        }
    )


def _scale(one: pd.DataFrame) -> int:
    """Return the nanoseconds that one step of the days' own unit takes."""
    return {"s": 10**9, "ms": 10**6, "us": 1000, "ns": 1}[one["day"].dt.unit]
