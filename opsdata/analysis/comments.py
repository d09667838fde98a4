"""What people say under the works of a view: how many, how many complain, where, of what.

Counted are viewers' comments; the account's own answers stand apart. A comment that was
exported several times counts once; one without text counts, and complains of nothing.
Shares carry Wilson's interval.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from opsdata.analysis.proportions import Proportion, wilson
from opsdata.analysis.wording import KINDS
from opsdata.filters import Filters
from opsdata.metrics import Grain
from opsdata.store import Store


@dataclass(frozen=True)
class Summary:
    """The figures of a view."""

    total: int
    negative: Proportion
    positive: int
    textless: int
    answers: int
    """What the accounts themselves wrote."""
    works: int
    unknown: int
    """Comments whose work no list of works names by its id."""
    unknown_works: int
    first: date | None
    last: date | None


def scope(filters: Filters) -> tuple[str, dict[str, object]]:
    """Return the SQL condition for the comments of a view, and its parameters.

    Comments under unknown works stay when one work is left out.
    """
    where, values = replace(filters, without="").where(Grain.WORK)
    if not filters.without:
        return where, values
    return f"{where} and video is distinct from $without", {**values, "without": filters.without}


def viewers(filters: Filters) -> tuple[str, dict[str, object]]:
    """Return the SQL condition for viewers' comments of a view, and its parameters."""
    where, values = scope(filters)
    return f"{where} and not by_owner", values


def summary(store: Store, filters: Filters) -> Summary:
    """Return the figures of a view."""
    where, values = scope(filters)
    seen = "filter (where not by_owner)"
    row = store.rows(
        f"select count(*) {seen}, count(*) filter (where not by_owner and sentiment < 0), "
        "count(*) filter (where not by_owner and sentiment > 0), "
        "count(*) filter (where not by_owner and text is null), "
        "count(*) filter (where by_owner), "
        f"count(distinct video) {seen}, "
        "count(*) filter (where not by_owner and video is null), "
        "count(distinct work) filter (where not by_owner and video is null), "
        f"min(day) {seen}, max(day) {seen} from comment_said where {where}",
        values,
    )[0]
    return Summary(row[0], wilson(row[1], row[0]), *row[2:])


def newest(store: Store, filters: Filters) -> date | None:
    """Return the last day that comments of some accounts reach."""
    where, values = viewers(Filters(accounts=filters.accounts))
    day: date | None = store.one(f"select max(day) from comment_said where {where}", values)
    return day


def by_day(store: Store, filters: Filters) -> pd.DataFrame:
    """Return every day from the first comment to the last: total, negative, share, low, high."""
    where, values = viewers(filters)
    found = store.frame(
        "select day, count(*) as total, count(*) filter (where sentiment < 0) as negative "
        f"from comment_said where {where} and day is not null group by day order by day",
        values,
    )
    if found.empty:
        return _with_interval(found)
    days = pd.date_range(found["day"].iloc[0], found["day"].iloc[-1])
    every = found.set_index("day").reindex(days, fill_value=0)
    return _with_interval(every.rename_axis("day").reset_index())


def by_work(store: Store, filters: Filters) -> pd.DataFrame:
    """Return the works commented on, most complaints first: counts, share, low, high."""
    where, values = viewers(filters)
    found = store.frame(
        "select video, any_value(account) as account, any_value(title) as title, "
        "any_value(published_at) as published_at, count(*) as total, "
        "count(*) filter (where sentiment < 0) as negative "
        f"from comment_said where {where} and video is not null group by video "
        "order by negative desc, total desc, video",
        values,
    )
    return _with_interval(found)


def by_kind(store: Store, filters: Filters) -> pd.DataFrame:
    """Return how many comments are of each kind, and their share of all; one may be of several."""
    where, values = viewers(filters)
    found = store.frame(
        "select kind, count(*) as total from "
        f"(select unnest(kinds) as kind from comment_said where {where}) group by kind",
        values,
    ).set_index("kind")
    total = store.one(f"select count(*) from comment_said where {where}", values)
    counts = [int(found["total"].get(kind, 0)) for kind in KINDS]
    shares = [wilson(count, total) for count in counts]
    return pd.DataFrame(
        {
            "kind": KINDS,
            "total": counts,
            "share": [one.share for one in shares],
            "low": [one.low for one in shares],
            "high": [one.high for one in shares],
        }
    )


def by_region(store: Store, filters: Filters) -> pd.DataFrame:
    """Return the regions that comments come from, the most first."""
    where, values = viewers(filters)
    found = store.frame(
        "select region, count(*) as total, count(*) filter (where sentiment < 0) as negative "
        f"from comment_said where {where} and region is not null group by region "
        "order by total desc, region",
        values,
    )
    return _with_interval(found)


def _with_interval(found: pd.DataFrame) -> pd.DataFrame:
    shares = [
        wilson(int(k), int(n)) for k, n in zip(found["negative"], found["total"], strict=True)
    ]
    for name in ("share", "low", "high"):
        found[name] = pd.Series([getattr(one, name) for one in shares], dtype="float64")
    return found
