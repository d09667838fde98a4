"""The cells of a column as values: plain ones at once, odd ones in every form known.

What a data service gives instead of a number, 7.5w~10w or 100w+, is no number: the value
stays open, and the ends of the range stand beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake import dates, rounded, yearless
from opsdata.intake.naming import named_column
from opsdata.intake.spelling import spelled_form
from opsdata.intake.table import Table
from opsdata.sources.model import NUMBERS, PEOPLE, Column, Kind, Target
from opsdata.store import Session

_RANGE = r"\d.*(?:[-+~～—–至到]|以上)"
"""What any range looks like; most texts do not."""

_STROKE = r"^\s*([-－—]{1,2}|/)\s*$"

TIMES = frozenset({Kind.TIME, Kind.EPOCH, Kind.US_TIME})


@dataclass(frozen=True)
class Values:
    """One column read: its values, and where a cell says something that has none."""

    values: pa.ChunkedArray
    unread: np.ndarray
    to_second: np.ndarray | None = None
    order: str = ""
    """The one order that fits its dates, where only an order could read them."""
    low: pa.Array | None = None
    """The lower ends of ranges, where a cell says any; with ``high``, null where it is open."""
    high: pa.Array | None = None
    said: tuple[str, ...] = ()
    """The distinct ranges as they stand in the file."""
    percent: bool = False
    """Whether it was read as percent, though nothing in it says so."""
    unclear: np.ndarray | None = None
    """Which of its shares may as well be percent as parts of one."""
    texts: pa.ChunkedArray | None = None
    """The cells as they stand in the file, where any of them is not plain."""
    lost: np.ndarray | None = None
    """Where a text is an id that lost its last digits; there it has no value."""


def read_column(
    cell: int,
    column: Column,
    answer: pa.Table,
    table: Table,
    session: Session,
    newest: date,
    ranges: bool = False,
) -> Values:
    """Return a column's values, its odd texts read in every form known.

    ``ranges`` says that ranges are kept where numbers should be.
    """
    values = answer.column(f"v{cell}")
    odd = flags(answer.column(f"odd{cell}"))
    lost = rounded.lost(column, values, table)
    gone = lost | _nameless(column, values, table)
    if gone.any():
        values = pc.if_else(pa.array(gone), pa.scalar(None, values.type), values)
    if column.kind is Kind.TEXT:
        named = named_column(values) if column.field == "account" else values
        return Values(named, odd, lost=lost)
    odd |= lost
    is_time = column.kind in TIMES
    ranges = ranges and column.kind in NUMBERS
    if not odd.any():
        return Values(values, odd, np.ones(len(odd), dtype=bool) if is_time else None)
    raw = session.arrow(f"select c{cell} as text from {table.relation}").read_all()
    texts = raw.column("text").filter(pa.array(odd)).combine_chunks().dictionary_encode()
    session.lend("texts", pa.table({"text": texts.dictionary}))
    known = _known(column, session)
    order = ""
    if column.kind in (Kind.TIME, Kind.DAY):
        order = _order(column, cell, table, texts.dictionary, known)
        if order:
            again = [dates.rewritten(text, order) or text for text in texts.dictionary.to_pylist()]
            session.lend("texts", pa.table({"text": pa.array(again, pa.string())}))
            known = _known(column, session)
    found = known.take(texts.indices)
    spelled = found.column("value").combine_chunks().cast(values.type)
    if column.kind in (Kind.DAY, Kind.TIME):
        spelled = _with_years(raw.column("text").filter(pa.array(odd)), spelled, column, newest)
    told = _ranged(column, texts.dictionary, known, session) if ranges else None
    low = told.column("low").take(texts.indices).combine_chunks() if told else None
    unread = odd.copy()
    unread[odd] = flags(pc.is_null(spelled)) & ~flags(found.column("says_nothing"))
    if low is not None:
        unread[odd] &= flags(pc.is_null(low))
    filled = pc.replace_with_mask(values.combine_chunks(), pa.array(odd), spelled)
    seconds = np.ones(len(odd), dtype=bool)
    seconds[odd] = flags(found.column("to_second"))
    read = Values(
        pa.chunked_array([filled]),
        unread,
        seconds if is_time else None,
        "" if column.order else order,
        texts=raw.column("text"),
    )
    if told is None or low is None or low.null_count == len(low):
        return read
    kept = texts.dictionary.filter(pc.is_valid(told.column("low").combine_chunks()))
    high = told.column("high").take(texts.indices).combine_chunks()
    ends = {"low": _spread(low, odd), "high": _spread(high, odd)}
    return replace(read, **ends, said=tuple(kept.to_pylist()))


def _nameless(column: Column, values: pa.ChunkedArray, table: Table) -> np.ndarray:
    """Return which names of a report are only a stroke, as rows of totals have them."""
    match = table.header.match
    of_report = match is not None and match.source.target is Target.REPORTS
    if not (of_report and column.required and column.kind is Kind.TEXT):
        return np.zeros(len(values), dtype=bool)
    return flags(pc.match_substring_regex(values, _STROKE))


def _spread(values: pa.Array, rows: np.ndarray) -> pa.Array:
    """Return values of some rows as a column of all rows."""
    every = pa.nulls(len(rows), pa.float64())
    return pc.replace_with_mask(every, pa.array(rows), values.cast(pa.float64()))


def _known(column: Column, session: Session) -> pa.Table:
    """Return the lent texts read in every form known."""
    return session.arrow(
        f"select {spelled_form(column)} as value, is_missing(text) as says_nothing, "
        "coalesce(names_second(text), false) as to_second from texts"
    ).read_all()


def _ranged(column: Column, texts: pa.Array, known: pa.Table, session: Session) -> pa.Table:
    """Return the ends of the ranges among lent texts, null where a text is none."""
    open_ = pc.is_null(known.column("value").combine_chunks())
    if not flags(pc.and_(open_, pc.match_substring_regex(texts, _RANGE))).any():
        nothing = pa.nulls(len(texts), pa.float64())
        return pa.table({"low": nothing, "high": nothing})
    ends = "select range_ends(text)['low'] as low, range_ends(text)['high'] as high from texts"
    session.lend("ends", session.arrow(ends).read_all())
    return session.arrow(
        "select if(low <= high or (open and low is not null), low, null) as low, high from ("
        f"select {spelled_form(column, 'low')} as low, {spelled_form(column, 'high')} as high, "
        "high = '' as open from ends)"
    ).read_all()


def _order(column: Column, cell: int, table: Table, texts: pa.Array, known: pa.Table) -> str:
    """Return the order that the unread dates of a column need, "" for none.

    Raises Ambiguous when several orders fit the whole column. Survey tools that write
    days this way put the month first.
    """
    if column.order:
        return column.order
    left = texts.filter(_flat(pc.is_null(known.column("value")))).to_pylist()
    found = dates.orders(left)
    if "mdy" in found and table.header.match and table.header.match.source.target in PEOPLE:
        return "mdy"
    if len(found) > 1:
        value = next(text for text in left if dates.orders([text]))
        raise dates.Ambiguous(table.header.names[cell], value, found)
    return found[0] if found else ""


def _flat(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks()


def _with_years(texts: pa.ChunkedArray, known: pa.Array, column: Column, newest: date) -> pa.Array:
    """Return days with those that name no year filled in; rows of days stand in their order."""
    gaps = np.flatnonzero(flags(pc.is_null(known)))
    named = [yearless.month_and_day(text or "") for text in texts.take(pa.array(gaps)).to_pylist()]
    if not any(named):
        return known
    if column.kind is Kind.DAY:
        filled = yearless.in_order(named, newest)
    else:
        filled = [yearless.latest(day, newest) if day else None for day in named]
    mask = np.zeros(len(known), dtype=bool)
    mask[gaps] = True
    return pc.replace_with_mask(
        known, pa.array(mask), pa.array(filled, pa.date32()).cast(known.type)
    )


def flags(column: pa.ChunkedArray | pa.Array) -> np.ndarray:
    """Return a boolean column as numpy, with null as false."""
    flags: np.ndarray = pc.fill_null(column, False).to_numpy(zero_copy_only=False)
    return flags
