"""Text into values, whole columns at once; what cannot be read becomes a finding.

Every cell is first read in the plain form of its column. Only the texts that are not
plain, each distinct one once, are read again in every form known (``sql/clean.sql``).
What then still has no value, and does not merely say nothing, is a problem.
"""

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
from opsdata.sources.model import Column, Kind, Match, Target
from opsdata.store import Session

SHOWN_CHARACTERS = 80
"""How much of a damaged cell a finding quotes."""

_TOTAL = re.compile(r"\s*(合计|总计|全部|汇总|小计|total)\s*[:：]?\s*", re.IGNORECASE)

_PLAIN = {
    Kind.TEXT: "plain_text",
    Kind.TIME: "plain_time",
    Kind.DAY: "plain_day",
    Kind.COUNT: "plain_count",
    Kind.SHARE: "plain_number",
    Kind.SECONDS: "plain_number",
}
_SPELLED = {
    Kind.TIME: "as_time",
    Kind.DAY: "as_day",
    Kind.COUNT: "as_count",
    Kind.SHARE: "as_share",
    Kind.SECONDS: "as_seconds",
}

FINDINGS = pa.schema(
    [
        ("line", pa.int64()),
        ("header", pa.string()),
        ("value", pa.string()),
        ("rule", pa.string()),
    ]
)


REJECTS = pa.schema([("line", pa.int64()), ("text", pa.string())])


class LinesDoNotAddUp(Exception):
    """The parser's rows are not all lines of the file; it must be split another way."""


@dataclass(frozen=True)
class Problem:
    """One rule that some rows break, in one column; a fatal one loses the row."""

    rule: str
    cell: int
    rows: np.ndarray
    fatal: bool = False


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


def clean(table: Table, match: Match, session: Session) -> Cleaned:
    """Return a table's rows as values of its source's fields.

    Raises LinesDoNotAddUp when the rows of a parser are not all rows of the file.
    """
    if table.cells is not None:
        session.lend("raw", table.cells)
    answer = session.arrow(_plain_select(table, match)).read_all()
    lines = _lines(answer, table)
    read = {
        cell: _read(cell, column, answer, table, session) for cell, column in match.columns.items()
    }
    problems = [p for p in _problems(match, read) if p.rows.any()]
    lost = _any([p for p in problems if p.fatal], len(lines))
    flagged = _Flagged(table, problems, lines, session)
    real = lost & ~np.isin(lines, [other.line for other in flagged.named])
    named = flagged.named
    return Cleaned(
        rows=_rows(match, read, lines).filter(pa.array(~lost)),
        findings=pa.concat_tables([_damage(table), flagged.findings()]).sort_by("line"),
        rejects=pa.concat_tables([_damaged_lines(table), flagged.as_lines(real)]).sort_by("line"),
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
        f"(contains({c}, chr(10)) and list_max(list_transform(string_split({c}, chr(10)), "
        f"lambda part: length(part) - length(replace(part, '{delimiter}', '')))) >= {most})"
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


def _read(cell: int, column: Column, answer: pa.Table, table: Table, session: Session) -> _Values:
    """Return a column's values, its odd texts read in every form known."""
    values = answer.column(f"v{cell}")
    if column.kind is Kind.TEXT:
        return _Values(values, _flags(pc.match_substring(values, "\x00")))
    odd = _flags(answer.column(f"odd{cell}"))
    is_time = column.kind is Kind.TIME
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
    unread = odd.copy()
    unread[odd] = _flags(pc.is_null(found.column("value"))) & ~_flags(found.column("says_nothing"))
    filled = pc.replace_with_mask(
        values.combine_chunks(),
        pa.array(odd),
        found.column("value").combine_chunks().cast(values.type),
    )
    seconds = np.ones(len(odd), dtype=bool)
    seconds[odd] = _flags(found.column("to_second"))
    return _Values(pa.chunked_array([filled]), unread, seconds if is_time else None)


def _flags(column: pa.ChunkedArray | pa.Array) -> np.ndarray:
    """Return a boolean column as numpy, with null as false."""
    flags: np.ndarray = pc.fill_null(column, False).to_numpy(zero_copy_only=False)
    return flags


def _any(problems: list[Problem], size: int) -> np.ndarray:
    rows = np.zeros(size, dtype=bool)
    for problem in problems:
        rows |= problem.rows
    return rows


def _problems(match: Match, read: dict[int, _Values]) -> list[Problem]:
    """Return every rule with the rows that break it."""
    found: list[Problem] = []
    for cell, column in match.columns.items():
        got = read[cell]
        if column.kind is Kind.TEXT:
            found.append(Problem("control_character", cell, got.unread, fatal=True))
        elif column.kind in (Kind.TIME, Kind.DAY):
            found.append(Problem("unreadable_time", cell, got.unread, column.required))
            gone = _flags(pc.is_null(got.values)) & ~got.unread
            found.append(Problem("missing_key", cell, gone, column.required))
        else:
            rule = "unreadable_required" if column.required else "unreadable_number"
            found.append(Problem(rule, cell, got.unread, column.required))
            found.append(_implausible(cell, column, got.values))
    return found + _relations(match, read)


def _implausible(cell: int, column: Column, values: pa.ChunkedArray) -> Problem:
    """Return the rows whose value can be read but not believed."""
    if column.kind is Kind.SHARE:
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
    for got in read.values():
        if got.to_second is not None:
            columns["to_second"] = pa.chunked_array([pa.array(got.to_second)])
    return pa.table({**columns, "line": pa.array(lines)})


class _Flagged:
    """The rows with problems, with all their cells as they stand in the file."""

    def __init__(
        self, table: Table, problems: list[Problem], lines: np.ndarray, session: Session
    ) -> None:
        self.names = table.header.names
        self.problems = problems
        self.lines = lines
        self.rows = np.flatnonzero(_any(problems, len(lines)))
        self.cells = pa.table({})
        self.named: list[Other] = []
        if len(self.rows) == 0:
            return
        every = session.arrow(f"select * from {table.relation}").read_all()
        self.cells = every.take(pa.array(self.rows))
        keys = [p for p in problems if p.rule in ("missing_key", "unreadable_time")]
        keyless = _any(keys, len(lines))[self.rows]
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


def _damage(table: Table) -> pa.Table:
    rows = [
        {"line": d.line, "header": "", "value": d.text[:SHOWN_CHARACTERS], "rule": d.rule}
        for d in table.damaged
    ]
    return pa.Table.from_pylist(rows, schema=FINDINGS)


def _damaged_lines(table: Table) -> pa.Table:
    rows = [{"line": d.line, "text": d.text} for d in table.damaged]
    return pa.Table.from_pylist(rows, schema=REJECTS)
