"""What happened on a day: the works published then, and those that gained most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from opsdata.filters import Filters
from opsdata.metrics import Grain
from opsdata.store import Store

_NAMED = 2


@dataclass(frozen=True)
class Happenings:
    """How many works a day brought, and the titles and plays of those that gained most."""

    published: int
    gained: tuple[tuple[str | None, float], ...]


def happenings(store: Store, filters: Filters, day: date) -> Happenings:
    """Return what happened on a day to the accounts of a view."""
    that_day = replace(filters, since=day, until=day)
    where, values = that_day.where(Grain.WORK)
    published = store.one(f"select count(*) from work where {where}", values)
    where, values = that_day.where(Grain.GAIN)
    gained = store.rows(
        f"select title, views from gain where {where} and views > 0 "
        f"order by views desc, video limit {_NAMED}",
        values,
    )
    return Happenings(int(published), tuple((title, float(views)) for title, views in gained))
