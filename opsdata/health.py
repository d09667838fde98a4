"""Until when the data reach, per account and source, what is missing, and what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from opsdata.store import Store, sql_file


class Light(StrEnum):
    """How fresh a source is."""

    FRESH = "fresh"
    LATE = "late"
    VERY_LATE = "very_late"


_LATE_AFTER = {
    "days": (3, 8),
    "works": (8, 15),
    "audience": (35, 70),
    "comments": (8, 15),
    "rivals": (8, 15),
    "survey": (35, 70),
}
"""After how many days each source is late, and very late: as often as it should be exported."""

NEWEST_ONLY = 1000
"""A works list holds at most so many works, the newest."""


@dataclass(frozen=True)
class Reach:
    """The newest data of one account from one kind of source."""

    account: str
    source: str
    until: date
    gaps: int = 0
    """Days without data between the first and the last."""
    missing: tuple[tuple[date, date], ...] = ()
    """Those days, as spans."""
    behind: tuple[tuple[str, date], ...] = ()
    """The measures of daily files that end before the others, with their last day."""
    since: date | None = None
    works: int = 0
    """How many works the list of the newest export holds."""

    @property
    def late_since(self) -> date:
        """The day from which on newer data were due."""
        return self.until + timedelta(days=_LATE_AFTER[self.source][0] + 1)

    @property
    def cut(self) -> bool:
        """Whether the export was as long as the platform allows, so may lack older works."""
        return self.source == "works" and self.works >= NEWEST_ONLY

    def light(self, today: date) -> Light:
        """Return how late the data are on a day: daily files after 3 days, works lists after 8."""
        age = (today - self.until).days
        warn, alarm = _LATE_AFTER[self.source]
        if age <= warn:
            return Light.FRESH
        return Light.LATE if age <= alarm else Light.VERY_LATE


_COMMENTS = (
    "select c.account_id, cast(greatest("
    "max(c.captured_at) filter (b.captured_from in ('given', 'name', 'created')), "
    "max(c.commented_at) filter (c.commented_at <= c.captured_at)) as date) as until "
    "from comment as c inner join batch as b on b.batch_id = c.batch_id group by c.account_id"
)
"""A list whose time is only that of the import reaches to its newest comment."""


def reaches(store: Store) -> list[Reach]:
    """Return how far each own account reaches in each source."""
    found = [*_days(store), *_works(store)]
    for source, sql in (
        ("audience", "select account_id, max(day) as until from audience_share_now group by all"),
        ("comments", _COMMENTS),
    ):
        rows = store.rows(
            f"select a.name, s.until from ({sql}) as s "
            "inner join account as a on a.account_id = s.account_id "
            "where a.own and s.until is not null order by a.name"
        )
        found += [Reach(account, source, until) for account, until in rows]
    return found


def _days(store: Store) -> list[Reach]:
    missing: dict[str, list[tuple[date, date]]] = {}
    for account, since, until in store.rows(sql_file("missing_days")):
        missing.setdefault(account, []).append((since, until))
    ends: dict[str, list[tuple[str, date, date]]] = {}
    for account, measure, since, until in store.rows(
        "select a.name, d.measure, min(d.day), max(d.day) from account_day_now as d "
        "inner join account as a on a.account_id = d.account_id "
        "where a.own and d.value is not null group by all order by a.name, d.measure"
    ):
        ends.setdefault(account, []).append((measure, since, until))
    return [_day_reach(account, known, missing.get(account, [])) for account, known in ends.items()]


def _day_reach(
    account: str, known: list[tuple[str, date, date]], missing: list[tuple[date, date]]
) -> Reach:
    last = max(until for _, _, until in known)
    return Reach(
        account,
        "days",
        last,
        sum((until - since).days + 1 for since, until in missing),
        tuple(missing),
        tuple((measure, until) for measure, _, until in known if until < last),
        min(since for _, since, _ in known),
    )


def _works(store: Store) -> list[Reach]:
    rows = store.rows(
        "select a.name, cast(n.captured_at as date), cast(min(v.published_at) as date), "
        "count(*) from video_snapshot as v "
        "inner join account as a on a.account_id = v.account_id "
        "inner join (select account_id, max(captured_at) as captured_at from video_snapshot "
        "group by account_id) as n on n.account_id = v.account_id "
        "and n.captured_at = v.captured_at where a.own group by all order by a.name"
    )
    return [
        Reach(account, "works", until, since=since, works=works)
        for account, until, since, works in rows
    ]
