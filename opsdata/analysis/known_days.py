"""What each account knows of the days of two periods, or why they cannot be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from opsdata.analysis.reasons import LONG_GONE, Reason, behind
from opsdata.filters import Filters
from opsdata.metrics import Grain
from opsdata.store import Store, sql_file


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

    def silent(self, now: Filters) -> bool:
        """Return whether it has nothing to say of either period: not begun, or long gone."""
        assert now.until is not None
        outside = self.first > now.until or self.last < now.until - LONG_GONE
        return outside and not self.now and not self.before

    def unbegun(self, now: Filters) -> int:
        """Return how many days of a period lie before its first."""
        assert now.since is not None
        return max((min(self.first, _day_after(now)) - now.since).days, 0)

    def unreached(self, now: Filters) -> int:
        """Return how many days of a period lie after its last."""
        assert now.since is not None and now.until is not None
        return max((now.until - max(self.last, now.since - timedelta(days=1))).days, 0)


def uneven(known: Sequence[KnownDays], now: Filters, before: Filters) -> Reason | None:
    """Return why some accounts do not know two periods alike, None when they do.

    An account that both periods know nothing of, not begun or long gone, makes neither unfair.
    """
    heard = [one for one in known if not one.silent(now)] or known
    return _late_or_gap(heard, now) or _unknown_then(heard, before)


def _late_or_gap(known: Sequence[KnownDays], now: Filters) -> Reason | None:
    """Return why the period itself is not known in full."""
    assert now.since is not None and now.until is not None
    for one in known:
        if one.unfinished is not None:
            return Reason("partial_day", (("day", one.unfinished),))
    missing = sum((now.days or 0) - one.now for one in known)
    if not missing:
        return None
    if missing != sum(one.unbegun(now) + one.unreached(now) for one in known):
        return Reason("days_missing", (("n", missing),))
    late = [one for one in known if one.unreached(now)]
    if late:
        return behind(late[0].account, late[0].last, now, max(one.last for one in known))
    if len(known) == 1:
        return Reason("days_missing", (("n", missing),))
    return _begun(next(one for one in known if one.unbegun(now)))


def _begun(one: KnownDays) -> Reason:
    return Reason("other_coverage", (("account", one.account), ("day", one.first)))


def _unknown_then(known: Sequence[KnownDays], before: Filters) -> Reason | None:
    """Return why the period to compare with is not known in full."""
    assert before.since is not None and before.until is not None
    missing = sum((before.days or 0) - one.before for one in known)
    if not missing:
        return None
    if not any(one.before for one in known):
        return Reason("no_data_before")
    if len(known) > 1 and missing == sum(one.unbegun(before) for one in known):
        return _begun(next(one for one in known if one.unbegun(before)))
    return Reason("days_missing_before", (("n", missing),))


def _day_after(period: Filters) -> date:
    assert period.until is not None
    return date.fromordinal(period.until.toordinal() + 1)


def known_days(store: Store, now: Filters, before: Filters) -> dict[str, tuple[KnownDays, ...]]:
    """Return what each account knows of each daily measure."""
    scope, values = replace(now, since=None, until=None).where(Grain.DAY)
    values |= {"since": now.since, "until": now.until}
    values |= {"since_before": before.since, "until_before": before.until}
    found: dict[str, tuple[KnownDays, ...]] = {}
    for measure, *row in store.rows(sql_file("known_days").format(scope=scope), values):
        found[measure] = (*found.get(measure, ()), KnownDays(*row))
    return found
