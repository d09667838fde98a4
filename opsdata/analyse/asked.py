"""What an analysis is asked, and the window of days it is about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from opsdata import queries
from opsdata.filters import DEFAULT_PERIOD, Filters, resolve
from opsdata.store import Store

Answer = dict[str, Any]
"""An object of plain values with fixed keys."""


@dataclass(frozen=True)
class Asked:
    """One question to an analysis; each takes of it what concerns it."""

    metric: str = "views"
    filters: Filters = field(default_factory=Filters)
    basis: str | None = None
    horizon: int = 30
    survey: str | None = None


def named(store: Store, filters: Filters) -> dict[str, Answer]:
    """Return how works published in a window are named: by key, title, and publish time."""
    rows = store.rows(
        "select video, title, published_at from work "
        "where day >= coalesce($since, day) and day <= coalesce($until, day)",
        {"since": filters.since, "until": filters.until},
    )
    return {
        video: {"video": video, "title": title, "published_at": published.isoformat()}
        for video, title, published in rows
    }


def window(store: Store, filters: Filters) -> Filters:
    """Return filters with the last days of the data, where none are named."""
    if filters.since is not None and filters.until is not None:
        return filters
    newest = filters.until or queries.newest(store, filters.basis, filters.accounts)
    if newest is None:
        return filters
    first, last = resolve(DEFAULT_PERIOD, newest)
    return replace(filters, since=filters.since or first, until=last)
