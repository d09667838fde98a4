"""A KPI day by day over all accounts, however unlike the days are that each of them knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from opsdata import queries
from opsdata.analysis import coverage
from opsdata.analysis.reasons import LONG_GONE
from opsdata.dimensions import dimension
from opsdata.filters import Filters
from opsdata.metrics import Basis, Grain, metric
from opsdata.store import Store

ENOUGH = 7
"""From so many days on it is known what an account that is new brings."""

_DAY = pd.Timedelta(days=1)


@dataclass(frozen=True)
class History:
    """The days of a KPI, up to the last one that all accounts know."""

    days: pd.Series[float]
    """The days that a forecast learns from, as if the accounts of now had always been there:
    NaN where one of them is not known."""
    counted: pd.Series[float]
    """What there really was on each day, as far as it is known."""
    gone: tuple[tuple[str, date], ...] = ()
    """Accounts that nobody exports any more, with their last day; nothing is expected of them."""
    late: tuple[tuple[str, date], ...] = ()
    """Accounts that end before others do, so that nothing later is counted."""

    @property
    def past(self) -> pd.Series[float]:
        """The days as they were, NaN where an account is not known."""
        return self.counted.where(self.days.notna())


def history(
    store: Store, key: str, accounts: Sequence[str] = (), known_until: date | None = None
) -> History | None:
    """Return a KPI day by day, as it was known on a day; None when nothing is known.

    Before an account starts it brought nothing. A level between two known days lies between
    them, and before the first of them it was the same.
    """
    wide = _by_account(store, key, tuple(accounts))
    wide = wide[: pd.Timestamp(known_until)] if known_until else wide
    wide = wide.dropna(axis=1, how="all").dropna(how="all")
    if wide.empty:
        return None
    ends = wide.apply(pd.Series.last_valid_index)
    active = [str(name) for name in wide if ends[name] >= ends.max() - LONG_GONE]
    wide = wide.reindex(pd.date_range(wide.index[0], ends[active].min()))
    gone = {str(name): ends[name] for name in wide if name not in active}
    late = {name: ends[name] for name in active if ends[name] == wide.index[-1] < ends.max()}
    if metric(key).stock:
        days = wide[active].interpolate().bfill().sum(axis=1, skipna=False)
        return History(days, days, _dated(gone), _dated(late))
    learnt = wide[active].apply(_always_there).sum(axis=1, skipna=False)
    return History(learnt, wide.sum(axis=1), _dated(gone), _dated(late))


def _dated(ends: dict[str, pd.Timestamp]) -> tuple[tuple[str, date], ...]:
    return tuple((name, last.date()) for name, last in sorted(ends.items()))


def _always_there(days: pd.Series[float]) -> pd.Series[float]:
    """Return the days of an account, those before its first as what it usually brings."""
    known = days.dropna()
    if known.empty:
        return days.fillna(0.0)
    usual = float(known.mean()) if len(known) >= ENOUGH else 0.0
    return days.where(days.index >= known.index[0], usual)


def _by_account(store: Store, key: str, accounts: tuple[str, ...]) -> pd.DataFrame:
    """Return a KPI with a row for each day, a column for each account, NaN where not known."""
    filters = Filters(accounts=accounts, basis=Basis.HAPPENED)
    daily = queries.daily_measures(store, accounts)
    grain = queries.grain_for(metric(key), filters, [dimension("day")], daily)
    frame = queries.measure(store, [key], filters, ["day", "account"]).dropna(subset=[key])
    frame["day"] = pd.to_datetime(frame["day"])
    wide = frame.pivot_table(index="day", columns="account", values=key, aggfunc="sum")
    wide = wide.astype(float)
    return _counted(store, wide, accounts) if grain is Grain.WORK and len(wide) else wide


def _counted(store: Store, wide: pd.DataFrame, accounts: tuple[str, ...]) -> pd.DataFrame:
    """Return works counted by publish day: a day without any is a zero, as far as lists reach."""
    listed = coverage.export_days(store, accounts, plays=False)
    reach = {name: pd.Timestamp(listed[name][-1] - timedelta(days=1)) for name in wide}
    every = wide.reindex(pd.date_range(wide.index[0], max(wide.index[-1], *reach.values())))
    for name in wide:
        since = wide[name].first_valid_index()
        zeros = every[name].fillna(0.0)
        every[name] = zeros.where((every.index >= since) & (every.index <= reach[name]))
    return every
