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

from opsdata.intake import yearless
from opsdata.intake.findings import Flagged, Problem, any_of, damage_findings, damage_lines
from opsdata.intake.table import Other, Table
from opsdata.sources.model import Column, Kind, Match, Target
from opsdata.store import Session

_PLAIN = {
    Kind.TEXT: "plain_text",
    Kind.TIME: "plain_time",
    Kind.DAY: "plain_day",
    Kind.COUNT: "plain_count",
    Kind.SHARE: "plain_number",
    Kind.POINTS: "plain_points",
    Kind.SECONDS: "plain_number",
    Kind.ID: "plain_id",
    Kind.LINK_ID: "plain_link_id",
    Kind.EPOCH: "plain_epoch",
    Kind.US_TIME: "plain_us_time",
}
_TIMES = frozenset({Kind.TIME, Kind.EPOCH, Kind.US_TIME})
_NAMES = frozenset({Kind.ID, Kind.LINK_ID})
_SPELLED = {
    Kind.TIME: "as_time",
    Kind.DAY: "as_day",
    Kind.COUNT: "as_count",
    Kind.SHARE: "as_share",
    Kind.POINTS: "as_points",
    Kind.SECONDS: "as_seconds",
    Kind.ID: "as_id",
    Kind.LINK_ID: "as_id",
    Kind.EPOCH: "as_time",
    Kind.US_TIME: "as_us_time",
}


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


def clean(table: Table, match: Match, session: Session, newest: date | None = None) -> Cleaned:
    """Return a table's rows as values of its source's fields.

    ``newest`` is the day of the export as far as it is known, for days without a year.

    Raises LinesDoNotAddUp when the rows of a parser are not all rows of the file.
    """
    if table.cells is not None:
        session.lend("raw", table.cells)
    answer = session.arrow(_plain_select(table, match)).read_all()
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
        rows=_rows(match, read, lines).filter(pa.array(~lost)),
        findings=pa.concat_tables([damage_findings(table), flagged.findings()]).sort_by("line"),
        rejects=pa.concat_tables([damage_lines(table), flagged.as_lines(real)]).sort_by("line"),
        others=tuple(sorted((*table.others, *named), key=lambda other: other.line)),
    )


def _plain_select(table: Table, match: Match) -> str:
    """SQL: each known column in its plain form, and whether its text needs another look."""
    columns = [
        f"{_PLAIN[c.kind]}(c{cell}) as v{cell}, c{cell}" for cell, c in match.columns.items()
    ]
    odd = [
        f"coalesce(v{cell} is null and c{cell} <> '' and c{cell} <> '-', false) as odd{cell}"
        for cell, column in match.columns.items()
        if column.kind in _SPELLED
    ]
    values = [f"v{cell}" for cell in match.columns]
    checks = _line_checks(table) if table.must_count and table.must_count.quoted else []
    inner = ", ".join([*columns, *checks])
    outer = ", ".join([*values, *odd, *(["breaks", "hides"] if checks else [])])
    return f"select {outer} from (select {inner} from {table.relation})"


def _line_checks(table: Table) -> list[str]:
    """SQL: how many line breaks a row holds, and whether a cell hides a whole row."""
    cells = [f"c{i}" for i in range(len(table.header.names))]
    breaks = " + ".join(f"(length({c}) - length(replace({c}, chr(10), '')))" for c in cells)
    delimiter = str(table.delimiter).replace("'", "''")
    most = len(cells) - 1
    hides = " or ".join(
        f"(contains({c}, chr(10)) and "
        f"length({c}) - length(replace({c}, '{delimiter}', '')) >= {most})"
        for c in cells
    )
    return [f"{breaks} as breaks", f"({hides}) as hides"]


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
    if column.kind is Kind.TEXT:
        return _Values(values, _flags(pc.match_substring(values, "\x00")))
    odd = _flags(answer.column(f"odd{cell}"))
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
    known = session.arrow(
        f"select {_SPELLED[column.kind]}(text) as value, is_missing(text) as says_nothing, "
        "coalesce(names_second(text), false) as to_second from texts"
    ).read_all()
    found = known.take(texts.indices)
    spelled = found.column("value").combine_chunks().cast(values.type)
    if column.kind in (Kind.DAY, Kind.TIME):
        spelled = _with_years(raw.column("text").filter(pa.array(odd)), spelled, column, newest)
    unread = odd.copy()
    unread[odd] = _flags(pc.is_null(spelled)) & ~_flags(found.column("says_nothing"))
    filled = pc.replace_with_mask(values.combine_chunks(), pa.array(odd), spelled)
    seconds = np.ones(len(odd), dtype=bool)
    seconds[odd] = _flags(found.column("to_second"))
    return _Values(pa.chunked_array([filled]), unread, seconds if is_time else None)


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
        dates = yearless.in_order(named, newest)
    else:
        dates = [yearless.latest(day, newest) if day else None for day in named]
    mask = np.zeros(len(known), dtype=bool)
    mask[gaps] = True
    return pc.replace_with_mask(
        known, pa.array(mask), pa.array(dates, pa.date32()).cast(known.type)
    )


def _flags(column: pa.ChunkedArray | pa.Array) -> np.ndarray:
    """Return a boolean column as numpy, with null as false."""
    flags: np.ndarray = pc.fill_null(column, False).to_numpy(zero_copy_only=False)
    return flags


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
