"""The holidays as the team has them: the official notices, and the years it wrote itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from opsdata.holidays import Calendar, Holiday, official
from opsdata.store import Store


def calendar(store: Store) -> Calendar:
    """Return all holidays; a year that the team wrote stands in place of the official one."""
    return Calendar({**official().years, **own_years(store)})


def own_years(store: Store) -> dict[int, tuple[Holiday, ...]]:
    """Return the years that the team wrote itself."""
    rows = store.rows("select year, name, since, until, work from holiday order by since")
    found: dict[int, tuple[Holiday, ...]] = {}
    for year, name, since, until, work in rows:
        worked = tuple(date.fromisoformat(day) for day in work.split())
        found[year] = (*found.get(year, ()), Holiday(name, since, until, worked))
    return found


def keep_year(store: Store, year: int, holidays: Sequence[Holiday]) -> None:
    """Keep the holidays of a year as the team has them; none means the official ones again."""
    with store.writing() as session:
        session.do("delete from holiday where year = $year", {"year": year})
        for one in holidays:
            session.do(
                "insert into holiday values ($year, $name, $since, $until, $work)",
                {
                    "year": year,
                    "name": one.name,
                    "since": one.since,
                    "until": one.until,
                    "work": " ".join(day.isoformat() for day in one.work),
                },
            )
