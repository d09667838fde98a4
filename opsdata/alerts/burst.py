"""A work drew more complaints than its own days before explain."""

from __future__ import annotations

from datetime import date, timedelta

from opsdata import i18n
from opsdata.alerts.model import Alert, Rule, alert, named
from opsdata.analysis.bursts import Burst, bursts
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.store import Store

_DAYS = 7
"""Only what began in so many days before the newest comment is news."""


def _find(store: Store, threshold: float, _: date) -> list[Alert]:
    """Return the bursts of complaints with at least so many on a day."""
    newest = store.one("select max(day) from comment_said where own")
    if newest is None:
        return []
    last = date(newest.year, newest.month, newest.day)
    return [
        alert("burst", one.video, one.first, text=_said(store, one))
        for one in bursts(store, Filters(since=last - timedelta(days=_DAYS - 1)))
        if one.what == "negative" and one.count >= threshold
    ]


def _said(store: Store, one: Burst) -> str:
    """Say whose work it is and when it was published; its title stays here."""
    published = store.one("select day from work where video = $video", {"video": one.video})
    return t(
        "alert.said_burst",
        account=named(one.account),
        work=t("alert.work", day=i18n.day(published)) if published else t("alert.some_work"),
        day=i18n.span(one.first, one.last),
        count=one.count,
        usual=f"{one.expected:.1f}",
    )


BURST = Rule("burst", _find, 5, 5, 500)
