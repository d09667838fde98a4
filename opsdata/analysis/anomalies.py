"""Days that were unlike what was to be expected of them (``expected``).

Each is judged over accounts that were there the whole time, so that none is unusual only
because an account was added or ended (``panels``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from opsdata import queries, trends
from opsdata.analysis.expected import expected
from opsdata.analysis.panels import Panel, gaps, lives, panels
from opsdata.dimensions import dimension
from opsdata.filters import Filters
from opsdata.metrics import Grain, metric
from opsdata.store import Store
from opsdata.team.holidays import calendar

ENOUGH_DAYS = 28
SMALLEST = 0.05
"""A day that is off by a smaller share of the usual is never called unusual."""
TOO_WIDE = 15.0
"""Where by chance a day may have so many times the mean, half of a month could fall on one day
unseen: no day can be told from chance."""
AFTERMATH = timedelta(days=7)
"""A day is told together with one that was farther out so shortly before."""
_HOLIDAY = 7


@dataclass(frozen=True)
class Unusual:
    """One unusual day: what it was, and between what it was to be expected."""

    day: date
    value: float
    expected_low: float
    expected_high: float

    @property
    def direction(self) -> str:
        """Which way it was unusual."""
        return "up" if self.value > self.expected_high else "down"

    @property
    def far(self) -> float:
        """How far beyond what was to be expected it was, in widths of that."""
        beyond = max(self.value - self.expected_high, self.expected_low - self.value)
        return beyond / max(self.expected_high - self.expected_low, 1e-9)


@dataclass(frozen=True)
class Judged:
    """The unusual days among some days, or why none could be found."""

    days: tuple[Unusual, ...] = ()
    reason: str | None = None
    """``few`` when too few days are known, ``wide`` when they differ too much."""
    known: int = 0
    most: float = 0.0
    """What a day of the usual level may come to by chance."""


def anomalies(store: Store, key: str, filters: Filters) -> Judged:
    """Return the unusual days of a metric in a period, judged by all days that are known.

    Each is judged over the accounts that were there the whole time (``panels``); what the
    others had that day is added to it and to what was expected. Holidays are those of the
    team's calendar.
    """
    always = replace(filters, since=None, until=None)
    total = trends.trend(store, key, always)
    there = _there(store, key, always)
    if there.empty:
        return _within(_judged(store, key, total), filters)
    lived = lives(there)
    found = []
    for panel in panels(lived, ENOUGH_DAYS):
        if _meets(panel, filters):
            whole = len(panel.accounts) == len(lived)
            own = replace(always, accounts=panel.accounts)
            part = total if whole else trends.trend(store, key, own)
            known = part[part["day"].between(panel.first, panel.last)]
            known = known[~known["day"].isin(gaps(there[there["account"].isin(panel.accounts)]))]
            judged = _beside(_judged(store, key, known), total, part)
            found.append(_within(judged, filters, panel.since, panel.until))
    return _together(found, int(total["value"].notna().sum()))


def peak(one: Unusual, days: Iterable[Unusual]) -> Unusual:
    """Return the day farthest out among an unusual day and those of its direction just before.

    What follows a hit is its aftermath and no news of its own.
    """
    just = [
        other
        for other in days
        if other.direction == one.direction and one.day - AFTERMATH < other.day <= one.day
    ]
    return max([one, *just], key=lambda other: (other.far, other.day))


def _there(store: Store, key: str, always: Filters) -> pd.DataFrame:
    """Return on which days which account was there; empty where works are counted, not days."""
    daily = queries.daily_measures(store, always.accounts)
    grain = queries.grain_for(metric(key), always, [dimension("day")], daily)
    if grain is Grain.WORK or (grain is Grain.DAY and key not in daily):
        return pd.DataFrame()
    where, values = always.where(grain)
    known = f"{key} is not null" if grain is Grain.DAY else "true"
    return store.frame(
        f"select distinct account, day from {grain} where {where} and {known}", values
    )


def _meets(panel: Panel, filters: Filters) -> bool:
    """Return whether a panel judges a day of a period."""
    return (filters.since is None or panel.until.date() >= filters.since) and (
        filters.until is None or panel.since.date() <= filters.until
    )


def _judged(store: Store, key: str, known: pd.DataFrame) -> Judged:
    return judge(known, _holidays(store, known["day"]), level=metric(key).stock)


def _beside(judged: Judged, total: pd.DataFrame, part: pd.DataFrame) -> Judged:
    """Return days with what other accounts had added to them."""
    others = (total.set_index("day")["value"] - part.set_index("day")["value"]).fillna(0.0)
    days = []
    for one in judged.days:
        more = float(others[pd.Timestamp(one.day)])
        days.append(replace(one, value=one.value + more, expected_low=one.expected_low + more,
                            expected_high=one.expected_high + more))  # fmt: skip
    return replace(judged, days=tuple(days))


def _within(
    judged: Judged, filters: Filters, since: pd.Timestamp | None = None,
    until: pd.Timestamp | None = None,
) -> Judged:  # fmt: skip
    """Return the days of a period, and of those only the ones between two others."""
    first = max(filters.since or date.min, since.date() if since else date.min)
    last = min(filters.until or date.max, until.date() if until else date.max)
    return replace(judged, days=tuple(one for one in judged.days if first <= one.day <= last))


def _together(found: list[Judged], known: int) -> Judged:
    """Return what several panels found; why nothing could be, only if none could judge."""
    if not found:
        return Judged(reason="few", known=known)
    able = [one for one in found if one.reason is None]
    days = tuple(day for one in able for day in one.days)
    return replace((able or found)[-1], days=days)


def _holidays(store: Store, days: pd.Series) -> frozenset[date]:
    """Return the free days among some days."""
    if days.empty:
        return frozenset()
    return calendar(store).free(days.min().date(), days.max().date())


def unusual(
    days: pd.DataFrame, holidays: Collection[date] = (), level: bool = False
) -> list[Unusual]:
    """Return the unusual ones of some days: columns day and value."""
    return list(judge(days, holidays, level).days)


def judge(days: pd.DataFrame, holidays: Collection[date] = (), level: bool = False) -> Judged:
    """Return the unusual ones of some days, or why none can be found: columns day and value.

    A ``level`` is judged by how it moved from the day before.
    """
    known = days.assign(value=days["value"].astype(float))
    base = known["value"].shift() if level else pd.Series(0.0, known.index)
    known = known.assign(base=base, move=known["value"] - base).dropna(subset=["move"])
    if len(known) < ENOUGH_DAYS:
        return Judged(reason="few", known=len(known))
    moves = known["move"].to_numpy(dtype=float)
    low, high = expected(moves, _kinds(known["day"], holidays))
    most = float(np.median(high))
    if moves.min() >= 0 and most > TOO_WIDE * max(float(moves.mean()), 1.0):
        return Judged(reason="wide", known=len(known), most=most)
    least = SMALLEST * float(np.median(np.abs(moves)))
    off = (moves > high) | (moves < low)
    off &= np.abs(moves - (low + high) / 2) >= least
    values, base_values = moves + known["base"], known["base"]
    found = [
        Unusual(day.date(), float(value), float(least_), float(most_))
        for day, value, least_, most_ in zip(
            known["day"][off], values[off], (low + base_values)[off], (high + base_values)[off],
            strict=True,
        )
    ]  # fmt: skip
    return Judged(tuple(found), known=len(known), most=most)


def _kinds(days: pd.Series, holidays: Collection[date]) -> np.ndarray:
    """Return the kind of each day: its weekday, or that it is a holiday."""
    off = days.dt.date.isin(set(holidays)).to_numpy(dtype=bool)
    return np.where(off, _HOLIDAY, days.dt.day_of_week.to_numpy())
