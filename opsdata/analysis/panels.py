"""Which accounts a day can be judged over: those that are there the whole time.

The sum of all accounts rises on the day one is added and falls when one ends; neither makes
a day unusual. So days are judged over a balanced panel: the accounts that were there on
them, less those that have not been there for long enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

LONG_GONE = pd.Timedelta(days=14)
"""An account without data for so long has ended; until then its data may still come."""
_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class Panel:
    """Some accounts, the days on which all of them were there, and those it is to judge."""

    accounts: tuple[str, ...]
    first: pd.Timestamp
    last: pd.Timestamp
    since: pd.Timestamp
    until: pd.Timestamp


def lives(known: pd.DataFrame) -> pd.DataFrame:
    """Return from when to when each account was there: columns first and last, by account.

    ``known`` has a row for each account and day there are: columns account, day.
    """
    days = pd.to_datetime(known["day"])
    found = days.groupby(known["account"]).agg(first="min", last="max")
    return found.assign(last=(found["last"] + LONG_GONE).clip(upper=days.max()))


def panels(lived: pd.DataFrame, enough: int) -> list[Panel]:
    """Return the panels that judge the days of some accounts, the oldest days first."""
    ends = sorted({*lived["first"], *(lived["last"] + _DAY)})
    found = []
    for since, after in pairwise(ends):
        there = lived[(lived["first"] <= since) & (lived["last"] >= after - _DAY)]
        there = _steady(there, enough)
        if len(there):
            first, last = there["first"].max(), there["last"].min()
            accounts = tuple(str(name) for name in there.index)
            found.append(Panel(accounts, first, last, since, after - _DAY))
    return found


def _steady(there: pd.DataFrame, enough: int) -> pd.DataFrame:
    """Return the accounts that share enough days, those there for the shortest left out first."""
    while len(there) and (there["last"].min() - there["first"].max()).days + 1 < enough:
        there = there.drop(index=(there["last"] - there["first"]).idxmin())
    return there


def gaps(known: pd.DataFrame) -> pd.DatetimeIndex:
    """Return the days that an account lacks after its first one, until it is long gone.

    ``known`` has a row for each account and day there are: columns account, day.
    """
    days = pd.to_datetime(known["day"])
    there = pd.crosstab(days, known["account"]).astype(bool)
    lived = lives(known)
    every = there.index.to_numpy()[:, None]
    active = (every >= lived["first"].to_numpy()) & (every <= lived["last"].to_numpy())
    return pd.DatetimeIndex(there.index[(active & ~there.to_numpy()).any(axis=1)])
