"""What is wrong with rows: each problem by line, column, text and rule; and the rows not taken."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake.table import Other, Table
from opsdata.store import Session

SHOWN_CHARACTERS = 80
"""How much of a damaged cell a finding quotes."""

_TOTAL = re.compile(r"\s*(合计|总计|全部|汇总|小计|total)\s*[:：]?\s*", re.IGNORECASE)

FINDINGS = pa.schema(
    [
        ("line", pa.int64()),
        ("header", pa.string()),
        ("value", pa.string()),
        ("rule", pa.string()),
    ]
)


REJECTS = pa.schema([("line", pa.int64()), ("text", pa.string())])


@dataclass(frozen=True)
class Problem:
    """One rule that some rows break, in one column; a fatal one loses the row."""

    rule: str
    cell: int
    rows: np.ndarray
    fatal: bool = False


def any_of(problems: list[Problem], size: int) -> np.ndarray:
    """Return which rows have any of some problems."""
    rows = np.zeros(size, dtype=bool)
    for problem in problems:
        rows |= problem.rows
    return rows


class Flagged:
    """The rows with problems, with all their cells as they stand in the file."""

    def __init__(
        self, table: Table, problems: list[Problem], lines: np.ndarray, session: Session
    ) -> None:
        self.names = table.header.names
        self.problems = problems
        self.lines = lines
        self.rows = np.flatnonzero(any_of(problems, len(lines)))
        self.cells = pa.table({})
        self.named: list[Other] = []
        if len(self.rows) == 0:
            return
        every = session.arrow(f"select * from {table.relation}").read_all()
        self.cells = every.take(pa.array(self.rows))
        keys = [p for p in problems if p.rule in ("missing_key", "unreadable_time")]
        keyless = any_of(keys, len(lines))[self.rows]
        self.named = _named(self.cells, lines[self.rows], keyless)

    def findings(self) -> pa.Table:
        """Return a finding for every problem of every flagged row that is a row."""
        skipped = np.isin(self.lines, [other.line for other in self.named])
        tables = [FINDINGS.empty_table()]
        for problem in self.problems:
            rows = np.flatnonzero(problem.rows & ~skipped)
            texts = self.cells.column(f"c{problem.cell}").take(self._places(rows))
            count = len(rows)
            columns = {
                "line": pa.array(self.lines[rows]),
                "header": pa.array([self.names[problem.cell]] * count, pa.string()),
                "value": pc.utf8_slice_codeunits(pc.fill_null(texts, ""), 0, SHOWN_CHARACTERS),
                "rule": pa.array([problem.rule] * count, pa.string()),
            }
            tables.append(pa.table(columns).cast(FINDINGS))
        return pa.concat_tables(tables)

    def as_lines(self, wanted: np.ndarray) -> pa.Table:
        """Return some of the flagged rows as lines of CSV."""
        rows = np.flatnonzero(wanted)
        if len(rows) == 0:
            return REJECTS.empty_table()
        cells = self.cells.take(self._places(rows)).to_pylist()
        texts = [csv_line([str(value or "") for value in row.values()]) for row in cells]
        return pa.table({"line": pa.array(self.lines[rows]), "text": texts}).cast(REJECTS)

    def _places(self, rows: np.ndarray) -> pa.Array:
        """Return where rows of the table stand among the flagged ones."""
        return pa.array(np.searchsorted(self.rows, rows))


def csv_line(cells: Sequence[str]) -> str:
    """Return cells as one record of CSV, without its line end.

    >>> csv_line(["a,b", "c"])
    '"a,b",c'
    """
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _named(cells: pa.Table, lines: np.ndarray, keyless: np.ndarray) -> list[Other]:
    """Return the rows without a key that are totals or blank."""
    found = []
    for line, row in zip(lines[keyless], cells.filter(pa.array(keyless)).to_pylist(), strict=True):
        texts = [str(text) for text in row.values() if text is not None and str(text).strip()]
        if not texts:
            found.append(Other(int(line), "blank"))
        elif any(_TOTAL.fullmatch(text) for text in texts[:3]):
            found.append(Other(int(line), "total"))
    return found


def damage_findings(table: Table) -> pa.Table:
    """Return a finding for every row that could not be split into cells."""
    rows = [
        {"line": d.line, "header": "", "value": d.text[:SHOWN_CHARACTERS], "rule": d.rule}
        for d in table.damaged
    ]
    return pa.Table.from_pylist(rows, schema=FINDINGS)


def damage_lines(table: Table) -> pa.Table:
    """Return the rows that could not be split, as they stand in the file."""
    rows = [{"line": d.line, "text": d.text} for d in table.damaged]
    return pa.Table.from_pylist(rows, schema=REJECTS)
