"""The days that a meeting is about: the last seven of the data, against the seven before."""

from __future__ import annotations

from datetime import date, timedelta

from opsdata import queries
from opsdata.filters import Filters
from opsdata.format import exact, rounded, short
from opsdata.metrics import METRICS, Basis, Unit
from opsdata.reports.minutes import Cell
from opsdata.store import Store

DAYS = 7


def week(store: Store) -> Filters | None:
    """Return the last seven days of the data, as they happened where daily data are known."""
    basis = usual_basis(store)
    newest = queries.newest(store, basis)
    if newest is None:
        return None
    return Filters(newest - timedelta(days=DAYS - 1), newest, basis=basis)


def usual_basis(store: Store) -> Basis:
    """Return what happened on days as the view of time where daily data are known."""
    daily = store.one("select exists (select 1 from daily where own)")
    return Basis.HAPPENED if daily else Basis.PUBLISHED


def link(filters: Filters, metric: str) -> str:
    """Return the address of the view behind a figure, without its page."""
    assert filters.since is not None
    assert filters.until is not None
    return (
        f"period=custom&from={filters.since}&to={filters.until}"
        f"&basis={filters.basis}&metric={metric}"
    )


def number(value: float | None, key: str) -> Cell:
    """Return the value of a metric as a cell; of a level all digits are read."""
    one = METRICS[key]
    text = exact(rounded(value), one.unit) if one.stock and value is not None else None
    return Cell(text or short(value, one.unit), value, str(one.unit))


def count(value: float | None) -> Cell:
    """Return a count as a cell."""
    return Cell(short(value, Unit.COUNT), None if value is None else float(value), "count")


def share(value: float | None) -> Cell:
    """Return a share of one as a cell."""
    return Cell(short(value, Unit.SHARE), value, "share")


def iso(day: date) -> Cell:
    """Return a day as a cell."""
    return Cell(day.isoformat())
