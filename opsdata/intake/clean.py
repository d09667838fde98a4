"""Text into values, whole columns at once; what cannot be read becomes a finding.

Every cell is first read in the plain form of its column. Only the texts that are not
plain, each distinct one once, are read again in every form known (``sql/clean.sql``).
What then still has no value, and does not merely say nothing, is a problem.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake import dates, yearless
from opsdata.intake.findings import (
    FINDINGS,
    Flagged,
    Problem,
    any_of,
    damage_findings,
    damage_lines,
)
from opsdata.intake.spelling import plain_select, spelled_form
from opsdata.intake.table import Other, Table
from opsdata.sources.model import Column, Kind, Match, Target
from opsdata.store import Session

_TIMES = frozenset({Kind.TIME, Kind.EPOCH, Kind.US_TIME})
_NAMES = frozenset({Kind.ID, Kind.LINK_ID})


class LinesDoNotAddUp(Exception):
    """The parser's rows are not all lines of the file; it must be split another way."""


@dataclass(frozen=True)
class Cleaned:
    """The rows as values, the findings, and the lines that were no rows."""

    rows: pa.Table
    findings: pa.Table
    rejects: pa.Table
    """The rows that were not taken, as lines of CSV to be mended and sent again."""
    others: tuple[Other, ...]


@dataclass(frozen=True)
class _Values:
    """One column read: its values, and where a cell says something that has none."""

    values: pa.ChunkedArray
    unread: np.ndarray
    to_second: np.ndarray | None = None
    order: str = ""
    """The one order that fits its dates, where only an order could read them."""


def clean(table: Table, match: Match, session: Session, newest: date | None = None) -> Cleaned:
    """Return a table's rows as values of its source's fields.

    ``newest`` is the day of the export as far as it is known, for days without a year.

    Raises LinesDoNotAddUp when the rows of a parser are not all rows of the file.
    """
    if table.cells is not None:
        session.lend("raw", table.cells)
    answer = session.arrow(plain_select(table, match)).read_all()
    lines = _lines(answer, table)
    read = {
        cell: _read(cell, column, answer, table, session, newest or date.today())
        for cell, column in match.columns.items()
    }
    problems = [p for p in _problems(match, read) if p.rows.any()]
    lost = any_of([p for p in problems if p.fatal], len(lines))
    flagged = Flagged(table, problems, lines, session)
    real = lost & ~np.isin(lines, [other.line for other in flagged.named])
    named = flagged.named
    return Cleaned(
        rows=_without(_rows(match, read, lines), lost),
        findings=pa.concat_tables(
            [damage_findings(table), flagged.findings(), _read_as(match, read, table)]
        ).sort_by("line"),
        rejects=pa.concat_tables([damage_lines(table), flagged.as_lines(real)]).sort_by("line"),
        others=tuple(sorted((*table.others, *named), key=lambda other: other.line)),
    )


def _lines(answer: pa.Table, table: Table) -> np.ndarray:
    """Return each row's line; LinesDoNotAddUp unless they are all lines of the file."""
    if table.must_count is None:
        assert table.lines is not None
        return table.lines
    steps = np.ones(answer.num_rows, dtype=np.int64)
    if "breaks" in answer.column_names:
        if pc.any(answer.column("hides")).as_py():
            raise LinesDoNotAddUp
        steps += answer.column("breaks").to_numpy()
    ends = table.header_line + np.cumsum(steps)
    if answer.num_rows == 0 or ends[-1] != table.must_count.lines:
        raise LinesDoNotAddUp
    return ends - steps + 1


def _read(
    cell: int, column: Column, answer: pa.Table, table: Table, session: Session, newest: date
) -> _Values:
    """Return a column's values, its odd texts read in every form known."""
    values = answer.column(f"v{cell}")
    odd = _flags(answer.column(f"odd{cell}"))
    if column.kind is Kind.TEXT:
        return _Values(values, odd)
    if column.kind is Kind.ID and table.cells is not None:
        lost = _rounded(values)
        odd |= lost
        values = pc.if_else(pa.array(lost), pa.scalar(None, values.type), values)
    is_time = column.kind in _TIMES
    if not odd.any():
        return _Values(values, odd, np.ones(len(odd), dtype=bool) if is_time else None)
    raw = session.arrow(f"select c{cell} as text from {table.relation}").read_all()
    texts = raw.column("text").filter(pa.array(odd)).combine_chunks().dictionary_encode()
    session.lend("texts", pa.table({"text": texts.dictionary}))
    known = _known(column, session)
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
    unread = odd.copy()
    unread[odd] = _flags(pc.is_null(spelled)) & ~_flags(found.column("says_nothing"))
    filled = pc.replace_with_mask(values.combine_chunks(), pa.array(odd), spelled)
    seconds = np.ones(len(odd), dtype=bool)
    seconds[odd] = _flags(found.column("to_second"))
    return _Values(
        pa.chunked_array([filled]),
        unread,
        seconds if is_time else None,
        "" if column.order else order,
    )


def _known(column: Column, session: Session) -> pa.Table:
    """Return the lent texts read in every form known."""
    return session.arrow(
        f"select {spelled_form(column)} as value, is_missing(text) as says_nothing, "
        "coalesce(names_second(text), false) as to_second from texts"
    ).read_all()


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
    long = _flags(pc.match_substring_regex(ids, r"^\d{16,25}$"))
    texts = ids.filter(pa.array(long)).to_pylist()
    if not texts or any(int(float(text)) != int(text) for text in texts):
        return np.zeros(len(ids), dtype=bool)
    return long


def _with_years(texts: pa.ChunkedArray, known: pa.Array, column: Column, newest: date) -> pa.Array:
    """Return days with those that name no year filled in; rows of days stand in their order."""
    gaps = np.flatnonzero(_flags(pc.is_null(known)))
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


def _flags(column: pa.ChunkedArray | pa.Array) -> np.ndarray:
    """Return a boolean column as numpy, with null as false."""
    flags: np.ndarray = pc.fill_null(column, False).to_numpy(zero_copy_only=False)
    return flags


def _read_as(match: Match, read: dict[int, _Values], table: Table) -> pa.Table:
    """Return a note for each column whose dates only one order could read."""
    rows = [
        {
            "line": table.header_line,
            "header": c.headers[0],
            "value": c.headers[0],
            "rule": f"read_as_{order}",
        }
        for cell, c in match.columns.items()
        if (order := read[cell].order)
    ]
    return pa.Table.from_pylist(rows, schema=FINDINGS)


def _problems(match: Match, read: dict[int, _Values]) -> list[Problem]:
    """Return every rule with the rows that break it."""
    found: list[Problem] = []
    for cell, column in match.columns.items():
        got = read[cell]
        if column.kind is Kind.TEXT:
            found.append(Problem("control_character", cell, got.unread, fatal=True))
            if column.field == "account" and column.required:
                gone = _flags(pc.is_null(got.values))
                found.append(Problem("missing_account", cell, gone, fatal=True))
        elif column.kind in _NAMES:
            found.append(Problem("precision_lost", cell, got.unread))
        elif column.kind in _TIMES or column.kind is Kind.DAY:
            found.append(_unreadable_time(cell, column, got))
            gone = _flags(pc.is_null(got.values)) & ~got.unread & column.required
            found.append(Problem("missing_key", cell, gone, column.required))
        else:
            rule = "unreadable_required" if column.required else "unreadable_number"
            found.append(Problem(rule, cell, got.unread, column.required))
            found.append(_implausible(cell, column, got.values))
    return found + _relations(match, read)


def _unreadable_time(cell: int, column: Column, got: _Values) -> Problem:
    """Return the rows whose time cannot be read: lost, unless the row can do without."""
    if column.required:
        return Problem("unreadable_time", cell, got.unread, fatal=True)
    return Problem("unreadable_moment", cell, got.unread)


def _implausible(cell: int, column: Column, values: pa.ChunkedArray) -> Problem:
    """Return the rows whose value can be read but not believed."""
    if column.kind in (Kind.SHARE, Kind.POINTS):
        out = pc.or_(pc.less(values, 0), pc.greater(values, 1))
        return Problem("share_out_of_range", cell, _flags(out))
    negative = _flags(pc.less(values, 0))
    return Problem("negative", cell, negative & (not column.may_be_negative))


def _relations(match: Match, read: dict[int, _Values]) -> list[Problem]:
    """Return the checks of one column against another."""
    cells = {column.field: cell for cell, column in match.columns.items()}
    if match.source.target is not Target.WORKS or not {"views", "likes"} <= cells.keys():
        return []
    more = pc.greater(read[cells["likes"]].values, read[cells["views"]].values)
    return [Problem("likes_over_views", cells["likes"], _flags(more))]


def _without(rows: pa.Table, lost: np.ndarray) -> pa.Table:
    """Return rows without the lost ones; most tables lose none and need no copy."""
    return rows.filter(pa.array(~lost)) if lost.any() else rows


def _rows(match: Match, read: dict[int, _Values], lines: np.ndarray) -> pa.Table:
    columns = {column.field: read[cell].values for cell, column in match.columns.items()}
    if match.source.void_without in columns:
        _void(columns, match.source.void_without)
    for got in read.values():
        if got.to_second is not None:
            columns["to_second"] = pa.chunked_array([pa.array(got.to_second)])
    return pa.table({**columns, "line": pa.array(lines)})


def _void(columns: dict[str, pa.ChunkedArray], key: str) -> None:
    """Take out what rows say that have nothing to say in one field."""
    silent = pc.is_null(columns[key])
    for field, values in columns.items():
        if field != "day":
            columns[field] = pc.if_else(silent, pa.scalar(None, values.type), values)
