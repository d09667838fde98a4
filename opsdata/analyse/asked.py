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


def window(store: Store, filters: Filters) -> Filters:
    """Return filters with the last days of the data, where none are named."""
    if filters.since is not None and filters.until is not None:
        return filters
    newest = filters.until or queries.newest(store, filters.basis, filters.accounts)
    if newest is None:
        return filters
    first, last = resolve(DEFAULT_PERIOD, newest)
    return replace(filters, since=filters.since or first, until=last)
