"""Weeks in which complaints rose: first signs, peak, answers, back to normal.

An account's complaints of a day are held against its own days before (see ``bursts``). A
crisis is a run of days above the bound, days between them included; the first sign is the
first of the three days before that was already unusual, and it is over on the first of two
usual days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from opsdata.analysis.bursts import LEAST, Run, bound, runs
from opsdata.analysis.comments import scope, viewers
from opsdata.filters import Filters
from opsdata.store import Store

_UNUSUAL = 0.05
_SIGNS = 3
_APART = 3
"""Runs of days with fewer usual days between them are one crisis."""


@dataclass(frozen=True)
class Crisis:
    """One crisis of an account; ``over`` is None while it lasts."""

    account: str
    signs: date
    start: date
    peak: date
    peak_count: int
    over: date | None
    negative: int
    usual: float
    """Complaints a day before."""
    answers: int
    first_answer: date | None
    works: int
    """Works published meanwhile."""
    video: str | None = None
    """The work that drew most of the complaints."""
    title: str | None = None

    @property
    def days(self) -> int | None:
        """How many days it took until complaints were usual again."""
        return None if self.over is None else (self.over - self.signs).days


def crises(store: Store, filters: Filters) -> list[Crisis]:
    """Return the crises of some accounts, the latest first; all are kept to compare with."""
    whose = Filters(accounts=filters.accounts, until=filters.until)
    where, values = viewers(whose)
    counts = store.frame(
        "select account, day, count(*) filter (where sentiment < 0) as negative "
        f"from comment_said where {where} and day is not null group by account, day order by day",
        values,
    )
    found = [
        crisis
        for account, one in counts.groupby("account")
        for crisis in _of_account(store, str(account), one)
    ]
    return sorted(found, key=lambda crisis: crisis.start, reverse=True)


def daily(store: Store, crisis: Crisis) -> pd.DataFrame:
    """Return the days around a crisis: complaints, all comments, the account's answers."""
    around = Filters(
        since=crisis.signs - timedelta(days=7),
        until=(crisis.over or crisis.peak) + timedelta(days=7),
        accounts=(crisis.account,),
    )
    where, values = scope(around)
    found = store.frame(
        "select day, count(*) filter (where not by_owner) as total, "
        "count(*) filter (where not by_owner and sentiment < 0) as negative, "
        "count(*) filter (where by_owner) as answers "
        f"from comment_said where {where} "
        "and day is not null group by day order by day",
        values,
    )
    if found.empty:
        return found
    days = pd.date_range(found["day"].iloc[0], found["day"].iloc[-1])
    return found.set_index("day").reindex(days, fill_value=0).rename_axis("day").reset_index()


def published(store: Store, crisis: Crisis) -> list[tuple[date, str | None]]:
    """Return the works that the account published until it was over: day and title."""
    rows = store.rows(
        "select day, title from work where account = $account and day >= $since "
        "and day < coalesce($over, day + 1) order by published_at, video",
        {"account": crisis.account, "since": crisis.signs, "over": crisis.over},
    )
    return [(day, title) for day, title in rows]


def _of_account(store: Store, account: str, counts: pd.DataFrame) -> list[Crisis]:
    first = counts["day"].iloc[0]
    days = pd.date_range(first, counts["day"].iloc[-1])
    series = counts.set_index("day")["negative"].reindex(days, fill_value=0).to_numpy()
    return [
        _crisis(store, account, first.date(), series, run)
        for run in _joined(runs(series, LEAST["negative"]))
    ]


def _joined(found: list[Run]) -> list[Run]:
    """Return the runs with those close together made one, held against the days of its first."""
    joined: list[Run] = []
    for run in found:
        if joined and run.start - joined[-1].end <= _APART:
            joined[-1] = replace(joined[-1], end=run.end)
        else:
            joined.append(run)
    return joined


def _crisis(store: Store, account: str, first: date, series: np.ndarray, run: Run) -> Crisis:
    start, end = run.start, run.end
    usual = bound(run.before, _UNUSUAL)
    signs = start
    for at in range(max(0, start - _SIGNS), start):
        if series[at] > usual:
            signs = at
            break
    over = next(
        (at for at in range(end + 1, len(series) - 1) if max(series[at : at + 2]) <= usual), None
    )
    until = over if over is not None else len(series)
    peak = start + int(series[start : end + 1].argmax())
    dates = [first + timedelta(days=int(at)) for at in (signs, start, peak, until - 1)]
    return Crisis(
        account=account,
        signs=dates[0],
        start=dates[1],
        peak=dates[2],
        peak_count=int(series[peak]),
        over=first + timedelta(days=over) if over is not None else None,
        negative=int(series[signs:until].sum()),
        usual=float(np.mean(run.before)),
        **_meanwhile(store, account, dates[0], dates[3]),
    )


def _meanwhile(store: Store, account: str, since: date, until: date) -> dict[str, Any]:
    """Return what the account did in some days, and the work that drew most complaints."""
    values = {"account": account, "since": since, "until": until}
    span = "account = $account and day >= $since and day <= $until"
    answers, first = store.rows(
        f"select count(*), min(day) from comment_said where {span} and by_owner", values
    )[0]
    works = store.one(f"select count(*) from work where {span}", values)
    drew = store.rows(
        f"select video, any_value(title) from comment_said where {span} and video is not null "
        "and sentiment < 0 and not by_owner group by video order by count(*) desc, video limit 1",
        values,
    )
    video, title = drew[0] if drew else (None, None)
    return {
        "answers": answers, "first_answer": first, "works": works, "video": video, "title": title,
    }  # fmt: skip
