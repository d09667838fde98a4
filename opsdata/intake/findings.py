"""What is wrong with rows: each problem by line, column, text and rule; and the rows not taken."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opsdata.errors import Refused
from opsdata.intake.stacked import is_header, is_title
from opsdata.intake.table import Note, Other, Table, closing
from opsdata.sources.model import PEOPLE, Kind
from opsdata.store import Session

SHOWN_CHARACTERS = 80
"""How much of a damaged cell a finding quotes."""

_KEYS = ("missing_key", "unreadable_time", "missing_account", "missing_name", "no_numbers")
"""Rules that rows break which are no rows of data: totals, titles, headers."""

_PART = re.compile(r"\s*\S{0,3}小计")
_LEVELS = ("followers",)
"""Fields whose sum over days means nothing, so no total row can be checked by it."""

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
    what: str = ""
    """What the rows are when they are no rows of data; then no finding tells of them."""


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
        self.table = table
        self.session = session
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
        keyless = any_of([p for p in problems if p.rule in _KEYS], len(lines))[self.rows]
        told = {other.line: other for other in self._others(keyless)}
        for problem in (one for one in problems if one.what):
            for line in lines[problem.rows].tolist():
                told.setdefault(line, Other(line, problem.what))
        self.named = [told[line] for line in sorted(told)]

    def _others(self, keyless: np.ndarray) -> list[Other]:
        """Return the rows without a key that are no rows of data: totals, blanks, footers."""
        rows = self.cells.filter(pa.array(keyless)).to_pylist()
        found = []
        named = list(zip(self.lines[self.rows][keyless], rows, strict=True))
        self._refuse_below([list(row.values()) for _, row in named])
        for line, row in named:
            what = closing(list(row.values()), self.table.header)
            if not what and line == self.lines[-1] and self._adds_up(list(row.values())):
                what = "total"
            if what:
                found.append(Other(int(line), what))
        return found

    def _adds_up(self, row: list[str | None]) -> bool:
        """Whether a row says nothing but counts, and they are the sums of all rows above it."""
        counts = self._summed
        silent = (
            not str(text or "").strip(" -") for at, text in enumerate(row) if at not in counts
        )
        if not counts or not all(silent):
            return False
        sums = self._counted("sum(as_count(c{0})) / 2", counts, self.table.relation)[0]
        self.session.lend("last", self.cells.slice(self.cells.num_rows - 1))
        said = self._counted("as_count(c{0})", counts, "last")[0]
        told = [(total, half) for total, half in zip(said, sums, strict=True) if total]
        return bool(told) and all(total == half for total, half in told)

    @property
    def _summed(self) -> list[int]:
        """The columns whose sum means something."""
        match = self.table.header.match
        return [
            cell
            for cell, column in (match.columns.items() if match else ())
            if column.kind is Kind.COUNT and column.field not in _LEVELS and column.times == 1
        ]

    def _refuse_below(self, rows: list[list[str | None]]) -> None:
        """Refuse rows that are the title and the header of another table."""
        match = self.table.header.match
        if match is None or match.source.target in PEOPLE:
            return
        for title, header in pairwise(rows):
            if is_title(title) and is_header(header):
                raise Refused("stacked_tables", header="、".join(filter(None, header))[:80])

    def findings(self) -> pa.Table:
        """Return a finding for every problem of every flagged row that is a row."""
        skipped = np.isin(self.lines, [other.line for other in self.named])
        tables = [_as_table(list(self._totals()))]
        for problem in (one for one in self.problems if not one.what):
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

    def _totals(self) -> Iterator[Note]:
        """Yield where a row of totals differs from the sum of the rows that load."""
        lines = {o.line for o in self.named if o.what == "total"}
        if not lines:
            return
        counts = self._summed
        lost = any_of([p for p in self.problems if p.fatal], len(self.lines))[self.rows]
        all_rows = self._counted("sum(as_count(c{0}))", counts, self.table.relation)[0]
        left_out = self._counted(
            "sum(as_count(c{0}))", counts, "left_out", self.cells.filter(pa.array(lost))
        )[0]
        at = [i for i, row in enumerate(self.rows) if int(self.lines[row]) in lines]
        totals = self.cells.take(pa.array(at))
        said = self._counted("as_count(c{0})", counts, "totals", totals)
        for place, told, row in zip(at, said, totals.to_pylist(), strict=True):
            if any(_PART.match(str(text or "")) for text in row.values()):
                continue
            for cell, total, every, out in zip(counts, told, all_rows, left_out, strict=True):
                loaded = int(every or 0) - int(out or 0)
                if total is not None and total != loaded:
                    line = int(self.lines[self.rows[place]])
                    text = f"{row[f'c{cell}']} ≠ {loaded}"
                    yield Note(line, self.names[cell], text, "total_differs")

    def _counted(
        self, count: str, cells: list[int], relation: str, lent: pa.Table | None = None
    ) -> list[tuple[int | None, ...]]:
        """Return an expression over some columns of the table or of rows lent for it."""
        if lent is not None:
            self.session.lend(relation, lent)
        wanted = ", ".join(count.format(cell) for cell in cells)
        return self.session.rows(f"select {wanted or 'null'} from {relation}")

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


def damage_findings(table: Table) -> pa.Table:
    """Return a finding for every row that could not be split, and for every note on the file."""
    rows = [
        {"line": d.line, "header": "", "value": d.text[:SHOWN_CHARACTERS], "rule": d.rule}
        for d in table.damaged
    ]
    return pa.concat_tables([pa.Table.from_pylist(rows, schema=FINDINGS), _as_table(table.notes)])


def _as_table(notes: Sequence[Note]) -> pa.Table:
    rows = [{**asdict(note), "value": note.value[:SHOWN_CHARACTERS]} for note in notes]
    return pa.Table.from_pylist(rows, schema=FINDINGS)


def damage_lines(table: Table) -> pa.Table:
    """Return the rows that could not be split, as they stand in the file."""
    rows = [{"line": d.line, "text": d.text} for d in table.damaged]
    return pa.Table.from_pylist(rows, schema=REJECTS)
