"""Where a KPI of some accounts is heading: its days, its target, its pace and the record of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from opsdata.analysis.history import history
from opsdata.analysis.pacing import Goal, Pace, month_of, pace
from opsdata.analysis.pacing_record import Record, record
from opsdata.holidays import Holiday
from opsdata.metrics import Better, metric
from opsdata.store import Store
from opsdata.team import holidays
from opsdata.team.targets import Target, target_for, targets

PACED = (
    "views", "net_followers", "followers", "posts", "likes", "comments", "shares", "unfollows",
)  # fmt: skip
"""The KPIs that a target can be set for: what adds up over days, and the level of followers."""


@dataclass(frozen=True)
class Outlook:
    """The pace of a KPI over some days, with what it is measured against."""

    metric: str
    pace: Pace
    target: Target | None = None
    holidays: tuple[Holiday, ...] = ()
    """Holidays among the days left: the draws know them only as ordinary days."""
    gone: tuple[tuple[str, date], ...] = ()
    """Accounts that nobody exports any more, with their last day: nothing later is in it."""
    late: tuple[tuple[str, date], ...] = ()
    """Accounts that end before others do, with that day: of nobody anything later is in it."""

    @property
    def reached(self) -> float | None:
        """The share of the target that is reached."""
        if not self.target or self.pace.so_far is None or self.target.value <= 0:
            return None
        return self.pace.so_far / self.target.value


def outlook(
    store: Store,
    key: str,
    accounts: Sequence[str] = (),
    since: date | None = None,
    until: date | None = None,
    known_until: date | None = None,
) -> Outlook | None:
    """Return how a KPI stands in some days, by default those of its target, else this month.

    ``known_until`` leaves out what came later, as if nobody knew it yet. None when nothing
    is known of it by day.
    """
    past = history(store, key, accounts, known_until)
    if past is None:
        return None
    days = past.days
    newest = days.index[-1].date()
    target = _target(store, key, accounts, newest, since, until)
    month = month_of(since or newest)
    first = since or (target.since if target else month[0])
    last = until or (target.until if target else month[1])
    goal = Goal(target.value, metric(key).better is not Better.DOWN) if target else None
    if metric(key).stock:
        found = pace(days.diff(), first, last, goal, _level_before(days, first))
    else:
        found = pace(days, first, last, goal, counted=past.counted)
    left = max(first, newest + timedelta(days=1))
    ahead = holidays.calendar(store).within(left, last) if left <= last else ()
    return Outlook(key, found, target, ahead, past.gone, past.late)


def track_record(store: Store, key: str, accounts: Sequence[str] = ()) -> Record | None:
    """Return how good the chances of past months were; None when none can be judged."""
    past = history(store, key, accounts)
    if past is None:
        return None
    one = metric(key)
    return record(past.days.diff() if one.stock else past.past, one.better is not Better.DOWN)


def _target(
    store: Store,
    key: str,
    accounts: Sequence[str],
    newest: date,
    since: date | None,
    until: date | None,
) -> Target | None:
    """Return the target of the days asked for, else the one in force on the newest day."""
    if since is None and until is None:
        return target_for(store, key, accounts, newest)
    account = accounts[0] if accounts else ""
    wanted = (key, account, since, until)
    known = [] if len(accounts) > 1 else targets(store)
    return next((t for t in known if (t.metric, t.account, t.since, t.until) == wanted), None)


def _level_before(levels: pd.Series[float], first: date) -> float:
    before = levels[: pd.Timestamp(first - timedelta(days=1))]
    return float(before.iloc[-1] if len(before) else levels.iloc[0])
