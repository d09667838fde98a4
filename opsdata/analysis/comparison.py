"""A period against the equal period before, or the reason why that would be unfair.

- What happened is compared only when every account has every day of both periods.
- What was published is compared at the same age: the works of the period before as they
  stood the same number of days before the newest export. Without exports around that
  moment there is no percentage.
- A base of zero is "new", not an infinite percentage.
- Rates that mean different things for photo posts and videos are not compared while both
  are in the view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from opsdata import queries
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.metrics import Grain, Metric, Unit, metric
from opsdata.store import Store


@dataclass(frozen=True)
class Comparison:
    """A metric now and before; ``change`` is a share of before, for rates a difference."""

    key: str
    now: float | None
    before: float | None = None
    change: float | None = None
    reason: str | None = None
    """Why there is no change: code of a sentence under ``reason.``, with ``values``."""
    values: tuple[tuple[str, object], ...] = ()

    @property
    def direction(self) -> int:
        """1 for more, -1 for less, 0 for the same or unknown."""
        return 0 if not self.change else (1 if self.change > 0 else -1)


def compare(store: Store, keys: Sequence[str], filters: Filters) -> list[Comparison]:
    """Return each metric of a period against the period before, in the order asked.

    A metric that the filters cannot answer comes back empty with the reason.
    """
    return [_compare(store, metric(key), filters) for key in keys]


def _compare(store: Store, one: Metric, filters: Filters) -> Comparison:
    daily = queries.daily_measures(store, filters.accounts)
    try:
        grain = queries.grain_for(one, filters, [], daily)
        now = _value(store, one, filters)
    except Unanswerable as error:
        return Comparison(one.key, None, reason=error.code, values=tuple(error.values.items()))
    if now is None:
        return Comparison(one.key, None, reason="no_data")
    if grain is Grain.GAIN and (unseen := _missing_exports(store, filters, filters)):
        return Comparison(one.key, None, reason=unseen[0], values=unseen[1])
    before = filters.before()
    if before is None:
        return Comparison(one.key, now, reason="open_period")
    if grain is Grain.WORK and one.key != "posts":
        before = replace(before, days_ago=_days_between(filters, before))
    unfair = _unfair(store, one, grain, filters, before)
    if unfair is not None:
        return Comparison(one.key, now, reason=unfair[0], values=unfair[1])
    return _change(one, now, _value(store, one, before))


def _value(store: Store, one: Metric, filters: Filters) -> float | None:
    value = queries.measure(store, [one.key], filters)[one.key].iloc[0]
    return None if pd.isna(value) else float(value)


def _change(one: Metric, now: float, before: float | None) -> Comparison:
    if before is None:
        return Comparison(one.key, now, reason="no_data_before")
    if one.unit is not Unit.COUNT:
        return Comparison(one.key, now, before, now - before)
    if before == 0:
        reason = "from_zero" if now > 0 else "both_zero"
        return Comparison(one.key, now, before, reason=reason)
    if before < 0 or now < 0:
        return Comparison(one.key, now, before, reason="sign_changes")
    return Comparison(one.key, now, before, (now - before) / before)


def _days_between(filters: Filters, before: Filters) -> int:
    assert filters.until is not None and before.until is not None
    return (filters.until - before.until).days


Reason = tuple[str, tuple[tuple[str, object], ...]]


def _unfair(
    store: Store, one: Metric, grain: Grain, filters: Filters, before: Filters
) -> Reason | None:
    """Return why the two periods cannot be compared, None when they can."""
    if one.by_kind and grain is not Grain.DAY and _mixed_kinds(store, filters):
        return "mixed_kinds", ()
    if grain is Grain.DAY:
        return _missing_days(store, one, filters, before)
    if grain is Grain.GAIN:
        return _missing_exports(store, filters, before)
    return _unknown_works(store, before)


def _mixed_kinds(store: Store, filters: Filters) -> bool:
    where, values = replace(filters, since=None, until=None).where(Grain.WORK)
    return bool(
        store.one(f"select count(distinct genre = '图文') > 1 from work where {where}", values)
    )


def _missing_days(store: Store, one: Metric, filters: Filters, before: Filters) -> Reason | None:
    """Return how many account days are missing in either period."""
    if one.stock:
        return None
    for period, code in ((filters, "days_missing"), (before, "days_missing_before")):
        assert period.days is not None
        where, values = period.where(Grain.DAY)
        accounts, names = replace(period, since=None, until=None).where(Grain.DAY)
        known = store.one(
            f"select count(*) from daily where {where} and {one.key} is not null", values
        )
        owners = store.one(
            f"select count(distinct account_id) from daily where {accounts} "
            f"and {one.key} is not null",
            names,
        )
        missing = owners * period.days - known
        if missing > 0:
            return code, (("n", missing),)
    return None


def _missing_exports(store: Store, filters: Filters, earliest: Filters) -> Reason | None:
    """Return an account whose exports do not span the days from ``earliest`` to the end."""
    rows = store.rows(
        "select a.name, min(s.captured_at), max(s.captured_at) from video_snapshot as s "
        "inner join account as a on a.account_id = s.account_id group by a.name order by a.name"
    )
    for name, first, last in rows:
        if filters.accounts and name not in filters.accounts:
            continue
        starts = earliest.since is None or first.date() <= earliest.since
        ends = filters.until is None or last.date() > filters.until
        if first == last or not (starts and ends):
            return "exports_missing", (("account", name),)
    return None


def _unknown_works(store: Store, before: Filters) -> Reason | None:
    """Return why the works of the period before are not known as they stood then."""
    whole = replace(before, since=None, until=None, days_ago=0)
    where, values = whole.where(Grain.WORK)
    first = store.one(f"select min(day) from work where {where}", values)
    if first is None or (before.since is not None and before.since < first):
        return "not_covered", ()
    if not before.days_ago:
        return None
    where, values = before.where(Grain.WORK)
    values["days_ago"] = before.days_ago
    unknown = store.one(
        f"select count(*) from works_days_ago($days_ago) where {where} and views is null", values
    )
    missing = store.one(f"select count(*) from work where {where}", values) - store.one(
        f"select count(*) from works_days_ago($days_ago) where {where}", values
    )
    return ("no_export_then", (("n", before.days_ago),)) if unknown or missing else None
