"""Whether the data cover two periods alike, or why a comparison of them would be unfair.

Each own account must have every day of both periods, and every day must be over when it
was exported; its works lists must reach past the period, and lie close enough together to
tell its days. What is missing has different names, because the reader can do different
things about it: late (the newest file is not there yet), gone (nobody exports it any
more), a gap, an account that is known only since later, nothing at all of then.

An account that both periods know nothing of, because it came later or is long gone, makes
neither unfair; ``left_out`` names it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from itertools import pairwise

from opsdata import queries
from opsdata.analysis.known_days import known_days, uneven
from opsdata.analysis.reasons import LONG_GONE, Reason, behind
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.metrics import Basis, Grain, Metric, metric
from opsdata.store import Store

STEP = 31
"""Exports of works that lie more days apart say nothing about the days between."""


def fair(store: Store, filters: Filters) -> Filters:
    """Return filters whose period before the data reach back to.

    That has the same weekdays if they do; else it lies immediately before.
    """
    aligned, near = filters.before(), replace(filters, aligned=False).before()
    if aligned is None or near is None or filters.since is None:
        return filters
    assert aligned.since is not None and near.since is not None
    first = queries.oldest(store, filters.basis, filters.accounts, filters.since)
    short = first is not None and aligned.since < first <= near.since
    return replace(filters, aligned=False) if short else filters


class Judge:
    """Says with what a period may be compared; asks the database each question once."""

    def __init__(self, store: Store, filters: Filters, earlier: Filters | Reason) -> None:
        self._filters = filters
        self._earlier = earlier
        self._daily = queries.daily_measures(store, filters.accounts)
        self._mixed_kinds = cache(partial(_mixed_kinds, store))
        self._missing_exports = cache(partial(missing_exports, store))
        self._unknown_works = cache(partial(_unknown_works, store))
        self._late_lists = cache(partial(_late_lists, store, filters))
        self._known_days = cache(partial(known_days, store))

    def grain(self, key: str) -> Grain | Unanswerable:
        """Return the view that answers a metric, or why none does."""
        try:
            return queries.grain_for(metric(key), self._filters, [], self._daily)
        except Unanswerable as error:
            return error

    def before(self, key: str, grain: Grain | Unanswerable) -> Filters | Reason:
        """Return the period to compare with, or why there is none."""
        filters, before = self._filters, self._earlier
        if grain is Grain.GAIN and (unseen := self._missing_exports(filters, filters)):
            return replace(unseen, hides=True)
        if isinstance(before, Reason):
            return before
        if grain is Grain.WORK and key != "posts":
            assert filters.until is not None and before.until is not None
            before = replace(before, days_ago=(filters.until - before.until).days)
        return self._unfair(metric(key), grain, before) or before

    def _unfair(self, one: Metric, grain: Grain | Unanswerable, before: Filters) -> Reason | None:
        if grain is Grain.DAY:
            return self._missing_days(one, before)
        if one.by_kind and self._mixed_kinds(self._filters):
            return Reason("mixed_kinds")
        if grain is Grain.GAIN:
            return self._missing_exports(self._filters, before)
        return self._late_lists(one.key != "posts", before) or self._unknown_works(before)

    def _missing_days(self, one: Metric, before: Filters) -> Reason | None:
        """Return which days some account does not know; of a level only the last day counts."""
        now = self._filters
        if one.stock:
            now, before = replace(now, since=now.until), replace(before, since=before.until)
        known = self._known_days(now, before).get(one.key, ())
        return uneven(known, now, before)


def _mixed_kinds(store: Store, filters: Filters) -> bool:
    where, values = replace(filters, since=None, until=None).where(Grain.WORK)
    return bool(
        store.one(f"select count(distinct genre = '图文') > 1 from work where {where}", values)
    )


def export_days(
    store: Store, accounts: Sequence[str] = (), plays: bool = True
) -> dict[str, list[date]]:
    """Return on which days the works of each account were exported, or also with ``plays``.

    Without named accounts all own ones are meant.
    """
    scope, values = Filters(accounts=tuple(accounts)).where(Grain.WORK)
    rows = store.rows(
        "select account, day from export_day inner join "
        "(select account_id, name as account, own from account) using (account_id) "
        f"where {scope} and (with_plays or not $plays) order by account, day",
        {**values, "plays": plays},
    )
    found: dict[str, list[date]] = {}
    for name, day in rows:
        found.setdefault(name, []).append(day)
    return found


def missing_exports(
    store: Store, filters: Filters, earlier: Filters | None = None
) -> Reason | None:
    """Return why the gains of works do not cover a period and an earlier one, None when they do.

    That is an account whose exports do not lie around the days, or too far apart.
    """
    spans = [filters] if earlier is None else [earlier, filters]
    known = export_days(store, filters.accounts)
    active = {name: days for name, days in known.items() if not _no_step(days, spans)} or known
    for name, days in active.items():
        if len(days) < 2 or not all(_lie_around(days, span) for span in spans):
            return Reason("exports_missing", (("account", name),))
    return None


def _no_step(days: Sequence[date], spans: Sequence[Filters]) -> bool:
    """Return whether an account has no gains in any of some periods, and none are due."""
    until = spans[-1].until
    if until is None or any(span.since is None for span in spans):
        return False
    inside = any(
        days[0] <= (span.until or until) and days[-1] > (span.since or days[-1]) for span in spans
    )
    return not inside and (days[0] > until or days[-1] < until - LONG_GONE)


def _lie_around(days: Sequence[date], span: Filters) -> bool:
    """Return whether exports lie before, after, and not too far apart along a period."""
    since, until = span.since or days[0], span.until or days[-1] - timedelta(days=1)
    gap = any(a <= until and b > since for a, b in gaps(days))
    return days[0] <= since and days[-1] > until and not gap


def gaps(days: Sequence[date]) -> list[tuple[date, date]]:
    """Return the neighbouring exports that lie too far apart to tell the days between.

    >>> gaps([date(2026, 8, 24), date(2026, 8, 31), date(2026, 10, 9)])
    [(datetime.date(2026, 8, 31), datetime.date(2026, 10, 9))]
    """
    return [(a, b) for a, b in pairwise(days) if (b - a).days > STEP]


def _late_lists(store: Store, now: Filters, plays: bool, before: Filters) -> Reason | None:
    """Return which account's works lists end before a period does: its works are not all known.

    Of a period that no list reaches not even the number of works is known: it is not zero.
    """
    assert now.since is not None and now.until is not None and before.since is not None
    known = {name: days[-1] for name, days in export_days(store, now.accounts, plays).items()}
    gone = min(before.since, now.until - LONG_GONE)
    active = {name: last for name, last in known.items() if last > gone} or known
    for name, last in active.items():
        if last <= now.until:
            newest = max(known.values())
            found = behind(name, last - timedelta(days=1), now, newest)
            return replace(found, hides=newest <= now.since)
    return None


def left_out(store: Store, filters: Filters) -> list[tuple[str, date]]:
    """Return the accounts that are long gone before a period, with the last day known of them."""
    if filters.since is None:
        return []
    listed = {
        name: days[-1] - timedelta(days=1)
        for name, days in export_days(store, filters.accounts, plays=False).items()
    }
    where, values = Filters(accounts=filters.accounts).where(Grain.DAY)
    sql = f"select account, max(day) from daily where {where} group by account"
    days = dict(store.rows(sql, values)) if filters.basis is Basis.HAPPENED else {}
    ends = listed | days
    gone = min(filters.since, max(ends.values(), default=date.min + LONG_GONE) - LONG_GONE)
    return sorted((name, last) for name, last in ends.items() if last < gone)


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
