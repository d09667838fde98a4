"""Until when the data reach, per account and source, and whether that is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from opsdata.store import Store


class Light(StrEnum):
    """How fresh a source is."""

    FRESH = "fresh"
    LATE = "late"
    VERY_LATE = "very_late"


@dataclass(frozen=True)
class Reach:
    """The newest data of one account from one kind of source."""

    account: str
    source: str
    until: date
    gaps: int = 0
    """Days without data between the first and the last."""

    def light(self, today: date) -> Light:
        """Return how late the data are on a day: daily files after 3 days, works lists after 8."""
        age = (today - self.until).days
        warn, alarm = _LATE_AFTER[self.source]
        if age <= warn:
            return Light.FRESH
        return Light.LATE if age <= alarm else Light.VERY_LATE


_LATE_AFTER = {"days": (3, 8), "works": (8, 15)}


def reaches(store: Store) -> list[Reach]:
    """Return how far each account's daily files and works lists reach."""
    days = store.rows(
        "select account, max(day), date_diff('day', min(day), max(day)) + 1 - count(*) "
        "from daily where own group by account order by account"
    )
    works = store.rows(
        "select account, cast(max(captured_at) as date) from work "
        "where own group by account order by account"
    )
    return [Reach(account, "days", until, gaps) for account, until, gaps in days] + [
        Reach(account, "works", until) for account, until in works
    ]
