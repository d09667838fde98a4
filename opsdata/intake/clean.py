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

from opsdata.intake import clock
from opsdata.intake.findings import (
    FINDINGS,
    Flagged,
    any_of,
    damage_findings,
    damage_lines,
)
from opsdata.intake.percent import settled
from opsdata.intake.rules import problems
from opsdata.intake.spelling import plain_select
from opsdata.intake.table import Other, Table
from opsdata.intake.values import Values, flags, read_column
from opsdata.sources.model import Match, Target
from opsdata.store import Session

RANGED = (Target.WORKS, Target.REPORTS)
"""Facts of which ranges are kept where numbers should be."""

_SHOWN = 3
"""So many ranges of a column are quoted."""


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


def clean(table: Table, match: Match, session: Session, newest: date | None = None) -> Cleaned:
    """Return a table's rows as values of its source's fields.

    ``newest`` is the day of the export as far as it is known, for days without a year.

    Raises LinesDoNotAddUp when the rows of a parser are not all rows of the file.
    """
    if table.cells is not None:
        session.lend("raw", table.cells)
    answer = session.arrow(plain_select(table, match)).read_all()
    lines = _lines(answer, table)
    ranges = match.source.target in RANGED
    newest = newest or clock.now().date()
    read = {
        cell: read_column(cell, column, answer, table, session, newest, ranges)
        for cell, column in match.columns.items()
    }
    read = settled(match, read, table, session)
    broken = [p for p in problems(match, read) if p.rows.any()]
    lost = any_of([p for p in broken if p.fatal], len(lines))
    flagged = Flagged(table, broken, lines, session)
    real = lost & ~np.isin(lines, [other.line for other in flagged.named])
    named = flagged.named
    return Cleaned(
        rows=_without(_rows(match, read, lines), lost),
        findings=pa.concat_tables(
            [
                damage_findings(table),
                flagged.findings(),
                _read_as(match, read, table),
                _ranged(read, lines, table),
            ]
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


def _read_as(match: Match, read: dict[int, Values], table: Table) -> pa.Table:
    """Return a note for each column of dates that one order fits, or of shares in percent."""
    rows = [
        {
            "line": table.header_line,
            "header": c.headers[0],
            "value": c.headers[0],
            "rule": f"read_as_{said}",
        }
        for cell, c in match.columns.items()
        if (said := "percent" if read[cell].percent else read[cell].order)
    ]
    return pa.Table.from_pylist(rows, schema=FINDINGS)


def _ranged(read: dict[int, Values], lines: np.ndarray, table: Table) -> pa.Table:
    """Return a note for each column in which ranges stand for numbers, at the first of them."""
    rows = []
    for cell, got in read.items():
        if got.low is None:
            continue
        kept = flags(pc.is_valid(got.low))
        quoted = "、".join(got.said[:_SHOWN]) + ("…" if len(got.said) > _SHOWN else "")
        rows.append(
            {
                "line": int(lines[np.argmax(kept)]),
                "header": table.header.names[cell],
                "value": f"{quoted} ({int(kept.sum())})",
                "rule": "kept_as_range",
            }
        )
    return pa.Table.from_pylist(rows, schema=FINDINGS)


def _without(rows: pa.Table, lost: np.ndarray) -> pa.Table:
    """Return rows without the lost ones; most tables lose none and need no copy."""
    return rows.filter(pa.array(~lost)) if lost.any() else rows


def _rows(match: Match, read: dict[int, Values], lines: np.ndarray) -> pa.Table:
    columns = {column.field: read[cell].values for cell, column in match.columns.items()}
    if match.source.void_without in columns:
        _void(columns, match.source.void_without)
    for got in read.values():
        if got.to_second is not None:
            columns["to_second"] = pa.chunked_array([pa.array(got.to_second)])
    for cell, column in match.columns.items():
        if read[cell].low is not None:
            columns[f"{column.field}_low"] = pa.chunked_array([read[cell].low])
            columns[f"{column.field}_high"] = pa.chunked_array([read[cell].high])
    return pa.table({**columns, "line": pa.array(lines)})


def _void(columns: dict[str, pa.ChunkedArray], key: str) -> None:
    """Take out what rows say that have nothing to say in one field."""
    silent = pc.is_null(columns[key])
    for field, values in columns.items():
        if field != "day":
            columns[field] = pc.if_else(silent, pa.scalar(None, values.type), values)
