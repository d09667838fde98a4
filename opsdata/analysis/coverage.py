"""Whether the data cover two periods alike, or why a comparison of them would be unfair.

Each own account must have every day of both periods, and every day must be over when it
was exported. What is missing has different names, because the reader can do different
things about it: late (the newest file is not there yet), a gap, an account that is known
only since later, nothing at all of then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial

from opsdata import queries
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.metrics import Grain, Metric, metric
from opsdata.store import Store, sql_file


@dataclass(frozen=True)
class Reason:
    """Why there is no percentage: code of a sentence, with its values."""

    code: str
    values: tuple[tuple[str, object], ...] = ()
    hides: bool = False
    """Whether not even the value can be trusted."""


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
        self._known_days = cache(partial(_known_days, store))

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
        return self._unknown_works(before)

    def _missing_days(self, one: Metric, before: Filters) -> Reason | None:
        """Return which days some account does not know; of a level only the last day counts."""
        now = self._filters
        if one.stock:
            now, before = replace(now, since=now.until), replace(before, since=before.until)
        known = self._known_days(now, before).get(one.key, ())
        return _late_or_gap(known, now) or _unknown_then(known, before)


@dataclass(frozen=True)
class KnownDays:
    """What one account knows of one measure: its first and last day, and of two periods."""

    account: str
    first: date
    last: date
    now: int
    before: int
    unfinished: date | None
    """A day of either period that was not over when it was exported last."""


def _late_or_gap(known: Sequence[KnownDays], now: Filters) -> Reason | None:
    """Return why the period itself is not known in full."""
    assert now.since is not None and now.until is not None
    for one in known:
        if one.unfinished is not None:
            return Reason("partial_day", (("day", one.unfinished),))
    missing = sum((now.days or 0) - one.now for one in known)
    if not missing:
        return None
    late = [one for one in known if now.since <= one.last < now.until]
    if missing == sum((now.until - one.last).days for one in late):
        return Reason("late", (("account", late[0].account), ("day", late[0].last)))
    return Reason("days_missing", (("n", missing),))


def _unknown_then(known: Sequence[KnownDays], before: Filters) -> Reason | None:
    """Return why the period to compare with is not known in full."""
    assert before.since is not None and before.until is not None
    missing = sum((before.days or 0) - one.before for one in known)
    if not missing:
        return None
    if not any(one.before for one in known):
        return Reason("no_data_before")
    later = [one for one in known if one.first > before.since]
    unseen = sum((min(one.first, _day_after(before)) - before.since).days for one in later)
    if len(known) > 1 and missing == unseen:
        return Reason("other_coverage", (("account", later[0].account), ("day", later[0].first)))
    return Reason("days_missing_before", (("n", missing),))


def _day_after(period: Filters) -> date:
    assert period.until is not None
    return date.fromordinal(period.until.toordinal() + 1)


def _known_days(store: Store, now: Filters, before: Filters) -> dict[str, tuple[KnownDays, ...]]:
    """Return what each account knows of each daily measure."""
    scope, values = replace(now, since=None, until=None).where(Grain.DAY)
    values |= {"since": now.since, "until": now.until}
    values |= {"since_before": before.since, "until_before": before.until}
    found: dict[str, tuple[KnownDays, ...]] = {}
    for measure, *row in store.rows(sql_file("known_days").format(scope=scope), values):
        found[measure] = (*found.get(measure, ()), KnownDays(*row))
    return found


def _mixed_kinds(store: Store, filters: Filters) -> bool:
    where, values = replace(filters, since=None, until=None).where(Grain.WORK)
    return bool(
        store.one(f"select count(distinct genre = '图文') > 1 from work where {where}", values)
    )


def missing_exports(
    store: Store, filters: Filters, earliest: Filters | None = None
) -> Reason | None:
    """Return why the gains of works do not cover a period, None when they do.

    That is an account whose exports do not span the days from ``earliest`` to the end.
    """
    earliest = earliest or filters
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
