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

from opsdata.intake import dates, yearless
from opsdata.intake.spelling import range_form, spelled_form
from opsdata.intake.table import Table
from opsdata.sources.model import NUMBERS, Column, Kind
from opsdata.store import Session

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
    if column.kind is Kind.TEXT:
        return Values(values, flags(pc.match_substring(values, "\x00")))
    odd = flags(answer.column(f"odd{cell}"))
    if column.kind is Kind.ID and table.cells is not None:
        lost = _rounded(values)
        odd |= lost
        values = pc.if_else(pa.array(lost), pa.scalar(None, values.type), values)
    is_time = column.kind in TIMES
    ranges = ranges and column.kind in NUMBERS
    if not odd.any():
        return Values(values, odd, np.ones(len(odd), dtype=bool) if is_time else None)
    raw = session.arrow(f"select c{cell} as text from {table.relation}").read_all()
    texts = raw.column("text").filter(pa.array(odd)).combine_chunks().dictionary_encode()
    session.lend("texts", pa.table({"text": texts.dictionary}))
    known = _known(column, session, ranges)
    order = ""
    if column.kind in (Kind.TIME, Kind.DAY):
        order = _order(column, table.header.names[cell], texts.dictionary, known)
        if order:
            again = [dates.rewritten(text, order) or text for text in texts.dictionary.to_pylist()]
            session.lend("texts", pa.table({"text": pa.array(again, pa.string())}))
            known = _known(column, session)
    found = known.take(texts.indices)
    spelled = found.column("value").combine_chunks().cast(values.type)
    if column.kind in (Kind.DAY, Kind.TIME):
        spelled = _with_years(raw.column("text").filter(pa.array(odd)), spelled, column, newest)
    low = found.column("low").combine_chunks() if ranges else pa.nulls(found.num_rows)
    unread = odd.copy()
    unread[odd] = flags(pc.is_null(spelled)) & ~flags(found.column("says_nothing"))
    unread[odd] &= flags(pc.is_null(low))
    filled = pc.replace_with_mask(values.combine_chunks(), pa.array(odd), spelled)
    seconds = np.ones(len(odd), dtype=bool)
    seconds[odd] = flags(found.column("to_second"))
    read = Values(
        pa.chunked_array([filled]),
        unread,
        seconds if is_time else None,
        "" if column.order else order,
    )
    if low.null_count == len(low):
        return read
    kept = texts.dictionary.filter(pc.is_valid(known.column("low").combine_chunks()))
    ends = {end: _spread(found.column(end).combine_chunks(), odd) for end in ("low", "high")}
    return replace(read, **ends, said=tuple(kept.to_pylist()))


def _spread(values: pa.Array, rows: np.ndarray) -> pa.Array:
    """Return values of some rows as a column of all rows."""
    every = pa.nulls(len(rows), pa.float64())
    return pc.replace_with_mask(every, pa.array(rows), values.cast(pa.float64()))


def _known(column: Column, session: Session, ranges: bool = False) -> pa.Table:
    """Return the lent texts read in every form known."""
    read = session.arrow(
        f"select {spelled_form(column)} as value, is_missing(text) as says_nothing, "
        "coalesce(names_second(text), false) as to_second from texts"
    ).read_all()
    if not ranges:
        return read
    ends = session.arrow(
        "select if(low <= high or (open and low is not null), low, null) as low, high from ("
        f"select {range_form(column, 'low')} as low, {range_form(column, 'high')} as high, "
        "range_ends(text)['high'] = '' as open from texts)"
    ).read_all()
    for name in ends.column_names:
        read = read.append_column(name, ends.column(name))
    return read


def _order(column: Column, header: str, texts: pa.Array, known: pa.Table) -> str:
    """Return the order that the unread dates of a column need, "" for none.

    Raises Ambiguous when several orders fit the whole column.
    """
    if column.order:
        return column.order
    left = texts.filter(_flat(pc.is_null(known.column("value")))).to_pylist()
    found = dates.orders(left)
    if len(found) > 1:
        raise dates.Ambiguous(header, next(t for t in left if dates.orders([t])), found)
    return found[0] if found else ""


def _flat(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks()


def _rounded(ids: pa.ChunkedArray) -> np.ndarray:
    """Return which ids a workbook held as numbers, so that their last digits are gone.

    All long ids of such a column are what a floating-point number can hold; of ids kept
    as text only one in about a thousand is.
    """
    long = flags(pc.match_substring_regex(ids, r"^\d{16,25}$"))
    texts = ids.filter(pa.array(long)).to_pylist()
    if not texts or any(int(float(text)) != int(text) for text in texts):
        return np.zeros(len(ids), dtype=bool)
    return long


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
