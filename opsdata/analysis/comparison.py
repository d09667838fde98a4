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
from functools import cache, partial

import pandas as pd

from opsdata import queries
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.metrics import METRICS, Grain, Metric, Unit, metric
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
    judge = _Judge(store, filters)
    grains = {key: judge.grain(key) for key in keys}
    known = [key for key, grain in grains.items() if isinstance(grain, Grain)]
    now = _values(store, known, filters)
    befores = {key: judge.before(key, grains[key]) for key in known if now[key] is not None}
    fair = [key for key, before in befores.items() if isinstance(before, Filters)]
    then: dict[str, float | None] = {}
    for before in dict.fromkeys(befores[key] for key in fair):
        assert isinstance(before, Filters)
        then |= _values(store, [key for key in fair if befores[key] == before], before)
    return [_comparison(key, grains[key], now.get(key), befores.get(key), then) for key in keys]


def _comparison(
    key: str,
    grain: Grain | Unanswerable,
    now: float | None,
    before: Filters | Reason | None,
    then: dict[str, float | None],
) -> Comparison:
    if isinstance(grain, Unanswerable):
        return Comparison(key, None, reason=grain.code, values=tuple(grain.values.items()))
    if now is None or before is None:
        return Comparison(key, None, reason="no_data")
    if isinstance(before, Filters):
        return _change(metric(key), now, then[key])
    return Comparison(key, None if before.hides else now, reason=before.code, values=before.values)


def _values(store: Store, keys: Sequence[str], filters: Filters) -> dict[str, float | None]:
    """Return metrics over a whole period."""
    if not keys:
        return {}
    row = queries.measure(store, keys, filters).iloc[0]
    return {key: None if pd.isna(row[key]) else float(row[key]) for key in keys}


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


@dataclass(frozen=True)
class Reason:
    """Why there is no percentage: code of a sentence, with its values."""

    code: str
    values: tuple[tuple[str, object], ...] = ()
    hides: bool = False
    """Whether not even the value can be trusted."""


class _Judge:
    """Says with what a period may be compared; asks the database each question once."""

    def __init__(self, store: Store, filters: Filters) -> None:
        self._filters = filters
        self._daily = queries.daily_measures(store, filters.accounts)
        self._mixed_kinds = cache(partial(_mixed_kinds, store))
        self._missing_exports = cache(partial(_missing_exports, store))
        self._unknown_works = cache(partial(_unknown_works, store))
        self._days_known = cache(partial(_days_known, store))

    def grain(self, key: str) -> Grain | Unanswerable:
        """Return the view that answers a metric, or why none does."""
        try:
            return queries.grain_for(metric(key), self._filters, [], self._daily)
        except Unanswerable as error:
            return error

    def before(self, key: str, grain: Grain | Unanswerable) -> Filters | Reason:
        """Return the period to compare with, or why there is none."""
        filters = self._filters
        if grain is Grain.GAIN and (unseen := self._missing_exports(filters, filters)):
            return replace(unseen, hides=True)
        before = filters.before()
        if before is None:
            return Reason("open_period")
        if grain is Grain.WORK and key != "posts":
            assert filters.until is not None and before.until is not None
            before = replace(before, days_ago=(filters.until - before.until).days)
        return self._unfair(metric(key), grain, before) or before

    def _unfair(self, one: Metric, grain: Grain | Unanswerable, before: Filters) -> Reason | None:
        if grain is Grain.DAY:
            return None if one.stock else self._missing_days(one.key, before)
        if one.by_kind and self._mixed_kinds(self._filters):
            return Reason("mixed_kinds")
        if grain is Grain.GAIN:
            return self._missing_exports(self._filters, before)
        return self._unknown_works(before)

    def _missing_days(self, key: str, before: Filters) -> Reason | None:
        """Return how many account days are missing in either period."""
        for period, code in ((self._filters, "days_missing"), (before, "days_missing_before")):
            known, owners = self._days_known(period)[key]
            missing = owners * (period.days or 0) - known
            if missing > 0:
                return Reason(code, (("n", missing),))
        return None


def _days_known(store: Store, period: Filters) -> dict[str, tuple[int, int]]:
    """Return for each daily measure its account days in a period, and its accounts ever."""
    keys = [one.key for one in METRICS.values() if Grain.DAY in one.happened]
    within, values = period.where(Grain.DAY)
    always, names = replace(period, since=None, until=None).where(Grain.DAY)
    days = ", ".join(f"count({key})" for key in keys)
    owners = ", ".join(
        f"count(distinct account_id) filter (where {key} is not null)" for key in keys
    )
    return dict(
        zip(
            keys,
            zip(
                store.rows(
                    f"select {days} from {queries.relation(Grain.DAY, period)} where {within}",
                    values,
                )[0],
                store.rows(f"select {owners} from daily where {always}", names)[0],
                strict=True,
            ),
            strict=True,
        )
    )


def _mixed_kinds(store: Store, filters: Filters) -> bool:
    where, values = replace(filters, since=None, until=None).where(Grain.WORK)
    return bool(
        store.one(f"select count(distinct genre = '图文') > 1 from work where {where}", values)
    )


def missing_exports(store: Store, filters: Filters) -> Reason | None:
    """Return why the gains of works do not cover a period, None when they do."""
    return _missing_exports(store, filters, filters)


def _missing_exports(store: Store, filters: Filters, earliest: Filters) -> Reason | None:
    """Return an account whose exports do not span the days from ``earliest`` to the end."""
    rows = store.rows(
        "select a.name, a.own, min(s.captured_at), max(s.captured_at) from video_snapshot as s "
        "inner join account as a on a.account_id = s.account_id "
        "group by a.name, a.own order by a.name"
    )
    for name, own, first, last in rows:
        if (name not in filters.accounts) if filters.accounts else not own:
            continue
        starts = earliest.since is None or first.date() <= earliest.since
        ends = filters.until is None or last.date() > filters.until
        if first == last or not (starts and ends):
            return Reason("exports_missing", (("account", name),))
    return None


def _unknown_works(store: Store, before: Filters) -> Reason | None:
    """Return why the works of the period before are not known as they stood then."""
    whole = replace(before, since=None, until=None, days_ago=0)
    where, values = whole.where(Grain.WORK)
    first = store.one(f"select min(day) from work where {where}", values)
    if first is None or (before.since is not None and before.since < first):
        return Reason("not_covered")
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
    return Reason("no_export_then", (("n", before.days_ago),)) if unknown or missing else None
