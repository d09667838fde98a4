"""A metric day by day: every day of a period, and a line that smooths the weekdays out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd

from opsdata import queries
from opsdata.dimensions import dimension
from opsdata.filters import Filters
from opsdata.metrics import Grain, Metric, Unit, metric
from opsdata.store import Store


def trend(store: Store, key: str, filters: Filters) -> pd.DataFrame:
    """Return a metric day by day: columns day, value, smooth, running; a row for every day.

    ``smooth`` takes the seven days up to the day together, so that every weekday counts
    once: their mean, for a rate the ratio of their totals, for a level nothing. A day
    without data is NA in ``value``, and so is ``smooth`` until seven days are known. A day
    on which nothing was published is a true zero, where the metric is known at all.
    ``running`` says that a day was not over when its figures were exported.
    """
    one = metric(key)
    week = timedelta(days=6)
    wide = replace(filters, since=filters.since - week) if filters.since else filters
    daily = queries.daily_measures(store, filters.accounts)
    grain = queries.grain_for(one, wide, [dimension("day")], daily)
    question = queries.build([one], grain, wide, [dimension("day")], raw=True)
    known = store.frame(question.sql, question.values)
    frame = _every_day(known, wide)
    if (
        grain is Grain.WORK
        and one.unit is Unit.COUNT
        and known[list(one.totals)].notna().any(axis=None)
    ):
        frame.loc[~frame.index.isin(pd.to_datetime(known["day"]))] = 0.0
    rolled = frame.rolling(7, min_periods=7).sum()
    made = pd.DataFrame({"value": _value(one, frame), "smooth": _value(one, rolled)})
    if not one.whole:
        made["smooth"] = made["smooth"] / 7 if not one.stock else float("nan")
    made = made.reset_index(names="day")
    running = _running_days(store, one, filters) if grain is Grain.DAY else []
    made["running"] = made["day"].isin(pd.to_datetime(pd.Series(running, dtype=object)))
    return made[made["day"] >= pd.Timestamp(filters.since)] if filters.since else made


def _running_days(store: Store, one: Metric, filters: Filters) -> list[date]:
    """Return the days of a metric that were not over when they were exported last."""
    rows = store.rows(
        "select distinct name, day from account_day_now inner join account using (account_id) "
        "where day >= cast(captured_at as date) and list_contains($measures, measure)",
        {"measures": [one.key, *one.totals]},
    )
    return [day for name, day in rows if not filters.accounts or name in filters.accounts]


def _every_day(frame: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Return totals by day with a row for every day of the period, NA where there is none."""
    frame["day"] = pd.to_datetime(frame["day"])
    frame = frame.set_index("day")
    first = pd.Timestamp(filters.since) if filters.since else frame.index.min()
    last = pd.Timestamp(filters.until) if filters.until else frame.index.max()
    if pd.isna(first) or pd.isna(last):
        return frame
    return frame.reindex(pd.date_range(first, last, freq="D"))


def _value(one: Metric, totals: pd.DataFrame) -> pd.Series[float]:
    """Return a metric from its totals."""
    part = totals[one.totals[0]]
    return part / totals[one.whole].replace(0.0, float("nan")) if one.whole else part
