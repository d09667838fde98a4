"""What works gained against what the platform counted, week by week.

Both come from the same plays, seen in two ways: the daily files count the whole account,
the works lists what each listed work gained between two exports. What is left belongs to
works that no list holds, to corrections by the platform, or to gains that were spread over
days between two exports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

import pandas as pd

from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.metrics import METRICS, Basis, Grain, metric
from opsdata.store import Store, sql_file

KEYS = tuple(
    key
    for key, one in METRICS.items()
    if {Grain.DAY, Grain.GAIN} <= set(one.happened) and not one.whole
)
"""The metrics that both sides know."""

TOLERATED = 0.1
"""A rest this far from the usual share of the official total is worth a look."""

ENOUGH = 8
"""From so many weeks on their median tells what is usual; before, a rest of nothing is."""


@dataclass(frozen=True)
class Week:
    """One week of one account; ``reason`` says why its two sides cannot be compared."""

    account: str
    monday: date
    official: float
    works: float | None
    reason: str | None = None

    @property
    def rest(self) -> float | None:
        """What the works do not explain, None when that cannot be said."""
        if self.reason is not None or self.works is None:
            return None
        return self.official - self.works

    @property
    def share(self) -> float | None:
        """The rest as a share of the official total."""
        return None if self.rest is None or self.official == 0 else self.rest / self.official


def reconcile(store: Store, key: str, filters: Filters) -> list[Week]:
    """Return the weeks with official days of some accounts, the oldest first.

    Raises Unanswerable for a metric that only one side knows.
    """
    if key not in KEYS:
        raise Unanswerable("not_on_both_sides", key=key, known=", ".join(KEYS))
    whose = Filters(accounts=filters.accounts, basis=Basis.HAPPENED)
    where, values = whose.where(Grain.DAY)
    sql = sql_file("reconcile").format(metric=metric(key).key, scope=where)
    return [_week(*row) for row in store.rows(sql, values)]


def _week(
    account: str, monday: date, days: int, official: float, works: float | None, spanned: bool
) -> Week:
    reason = "week_incomplete" if days < 7 else None if spanned else "week_unseen"
    gained = None if works is None or pd.isna(works) else float(works)
    return Week(account, monday, float(official), gained, reason or _unlisted(gained))


def _unlisted(gained: float | None) -> str | None:
    return "week_unseen" if gained is None else None


@dataclass(frozen=True)
class Balance:
    """All comparable weeks together, the accounts of a week added up."""

    weeks: tuple[Week, ...]

    @property
    def official(self) -> float:
        """What the platform counted."""
        return sum(week.official for week in self.weeks)

    @property
    def works(self) -> float:
        """What the works gained."""
        return sum(week.works or 0.0 for week in self.weeks)

    @property
    def share(self) -> float | None:
        """The rest as a share of the official total, None for a total of zero."""
        return (self.official - self.works) / self.official if self.official else None

    @property
    def usual(self) -> float:
        """The share that is left in a usual week."""
        shares = [week.share for week in self.weeks if week.share is not None]
        return median(shares) if len(shares) >= ENOUGH else 0.0

    @property
    def odd(self) -> tuple[Week, ...]:
        """The weeks whose rest is worth a look."""
        return tuple(
            week
            for week in self.weeks
            if week.share is not None and abs(week.share - self.usual) > TOLERATED
        )


def balance(weeks: list[Week]) -> Balance:
    """Return the weeks whose two sides can be compared, the accounts of a week added up.

    >>> balance([Week("A", date(2026, 4, 6), 100.0, 90.0)]).share
    0.1
    """
    whole: dict[date, Week] = {}
    for week in weeks:
        if week.rest is not None:
            before = whole.get(week.monday, Week("", week.monday, 0.0, 0.0))
            both = (before.official + week.official, (before.works or 0.0) + (week.works or 0.0))
            whole[week.monday] = Week("", week.monday, *both)
    return Balance(tuple(whole[monday] for monday in sorted(whole)))
