"""The data of an account were due and have not come."""

from __future__ import annotations

from datetime import date

from opsdata import health, i18n
from opsdata.alerts.model import Alert, Rule, alert, named
from opsdata.i18n import t
from opsdata.store import Store


def _find(store: Store, threshold: float, today: date) -> list[Alert]:
    """Return the sources that are at least so many days late; each is told once."""
    found = []
    for one in health.reaches(store):
        late = (today - one.late_since).days + 1
        if late >= max(threshold, 1):
            said = t(
                "alert.said_late",
                account=named(one.account),
                source=t(f"reach.{one.source}"),
                day=i18n.day(one.until),
                late=late,
            )
            found.append(alert("late", one.account, one.source, one.until, text=said))
    return found


LATE = Rule("late", _find, 1, 1, 60)
