"""A spreadsheet (XLSX, XLS, ODS) into tables of cells, all of them as text.

The package is looked through before values are read: what would do harm is refused, and
what the values do not tell (errors, formulas without a result, hidden and merged cells)
is put beside them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opsdata.errors import Refused
from opsdata.intake import grid, opendocument
from opsdata.intake.clock import wall
from opsdata.intake.limits import Limits
from opsdata.intake.package import Facts, look_through
from opsdata.intake.sniff import BROKEN_ZIP
from opsdata.intake.table import NEAR_TOP, SUMS, Damage, Note, Other, Table, closing
from opsdata.intake.turned import MOST_LINES, turned
from opsdata.sources.model import Column, Kind

_STAMP = re.compile(r"<dcterms:(created|modified)[^>]*>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z?<")
_SERIAL = r"^\d{5}(\.\d+)?$"
_DAYS_1904 = 1462
"""So many days lie between the two beginnings of spreadsheet dates."""
_REPEATED = (Kind.TEXT, Kind.TIME, Kind.DAY)
"""What a merged cell says of all its rows; a number would count more than once."""


def read(path: Path, limits: Limits) -> list[Table]:
    """Return the tables of all sheets that are known exports, or else the first table."""
    package = look_through(path, limits)
    kind = _kind(path)
    with _broken_is_refused():
        book = fastexcel.read_excel(_book(path, kind))
        names = book.sheet_names
        sheets = [
            book.load_sheet(i, header_row=None, skip_rows=0, dtypes="string")
            for i in range(len(names))
        ]
    found: list[Table] = []
    for at, (name, sheet) in enumerate(zip(names, sheets, strict=True)):
        part = name if len(names) > 1 else None
        for plain in _tables(part, kind, sheet, package.sheets.get(at, Facts()), limits):
            table = _from_1904(plain) if package.from_1904 else plain
            hidden = Note(table.header_line, "", name, "hidden_sheet")
            found.append(_noted(table, hidden) if sheet.visible != "visible" else table)
    if not found:
        raise Refused("no_table")
    if package.macros:
        found[0] = _noted(found[0], Note(1, "", "vbaProject.bin", "macros_ignored"))
    return _known(found)


def _book(path: Path, kind: str) -> bytes | Path:
    """Return what the reader is given: of a path it believes the name, at bytes it looks."""
    if kind == "ods" and (made := opendocument.with_times(path)):
        return made
    return path.read_bytes() if path.suffix else path


def _tables(
    part: str | None, kind: str, sheet: fastexcel.ExcelSheet, facts: Facts, limits: Limits
) -> list[Table]:
    """Return the table of a sheet, or where that is no known one, those it is made of."""
    if not sheet.width:
        return []
    cells = _cells(sheet)
    table = grid.table(part, kind, cells, limits)
    pieces = partial(_pieces, part, kind, cells, facts, limits)
    if table is None or not table.is_known or table.header_line > NEAR_TOP:
        if found := pieces():
            return found
        if cells.num_rows <= MOST_LINES and not (table and table.is_known):
            rows = list(zip(*(column.to_pylist() for column in cells.columns), strict=True))
            if lying := turned(part, kind, rows, None):
                return [replace(lying, rounded=frozenset(facts.rounded))]
    return [replace(_with_facts(table, facts), pieces=pieces)] if table else []


def _pieces(
    part: str | None, kind: str, cells: pa.Table, facts: Facts, limits: Limits
) -> list[Table]:
    """Return the tables that stand one below the other on a sheet, each with its own facts."""
    made = grid.stacked(part, kind, cells, limits)
    ends = [*(table.header_line for table in made), cells.num_rows + 1][1:]
    return [
        _with_facts(table, facts.between(table.header_line, end))
        for table, end in zip(made, ends, strict=True)
    ]


def _known(tables: list[Table]) -> list[Table]:
    """Return the tables that are known exports, the first one naming the others."""
    known = [t for t in tables if t.is_known]
    if not known:
        return tables[:1]
    others = [
        Note(t.header_line, "", t.part or "", "sheet_not_read")
        for t in tables
        if not (t.is_known or t.stranger) and t.lines is not None and len(t.lines)
    ]
    return [_noted(t, *others) if t is known[0] else t for t in tables if t.is_known or t.stranger]


def _noted(table: Table, *notes: Note) -> Table:
    return replace(table, notes=(*table.notes, *notes))


@contextmanager
def _broken_is_refused() -> Iterator[None]:
    """Turn what the reader says of a file that it cannot read into a refusal.

    Its panics are no ordinary exceptions, so they are told by their name.
    """
    try:
        yield
    except BaseException as error:
        known = isinstance(error, fastexcel.FastExcelError | ValueError | OSError)
        if not known and type(error).__name__ != "PanicException":
            raise
        protected = "password" in str(error).lower() or "encrypt" in str(error).lower()
        raise Refused("is_protected" if protected else "is_corrupt") from error


def _kind(path: Path) -> str:
    """Return which kind of workbook it is, by its content."""
    if not zipfile.is_zipfile(path):
        return "xls"
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except BROKEN_ZIP as error:
        raise Refused("is_corrupt") from error
    if "content.xml" in names:
        return "ods"
    return "xlsb" if "xl/workbook.bin" in names else "xlsx"


def _cells(sheet: fastexcel.ExcelSheet) -> pa.Table:
    batch = sheet.to_arrow()
    names = [f"c{i}" for i in range(batch.num_columns)]
    return pa.Table.from_batches([batch]).rename_columns(names)


def _with_facts(table: Table, facts: Facts) -> Table:
    """Return the table with what its XML told: repeated, lost and hidden cells."""
    assert table.lines is not None
    hidden = sorted(set(facts.hidden) & set(table.lines.tolist()))
    table = replace(table, rounded=frozenset(facts.rounded))
    table = _with_lost(_with_merged(table, facts), facts)
    if not hidden:
        return table
    return _noted(table, Note(hidden[0], "", ", ".join(map(str, hidden)), "hidden_rows"))


def _from_1904(table: Table) -> Table:
    """Return the table with days that are bare numbers counted from 1900, as others are."""
    columns = table.header.match.columns if table.header.match else {}
    notes = []
    for at, column in columns.items():
        if column.kind not in (Kind.DAY, Kind.TIME) or table.cells is None:
            continue
        texts = table.cells.column(f"c{at}")
        serial = pc.fill_null(pc.match_substring_regex(texts, _SERIAL), False)
        numbers = pc.cast(pc.if_else(serial, texts, pa.scalar(None, pa.string())), pa.float64())
        moved = pc.cast(pc.add(numbers, _DAYS_1904), pa.string())
        cells = table.cells.set_column(at, f"c{at}", pc.coalesce(moved, texts))
        table = replace(table, cells=cells)
        if pc.any(serial).as_py():
            notes.append(Note(table.header_line, table.header.names[at], "1904", "from_1904"))
    return _noted(table, *notes)


def _with_merged(table: Table, facts: Facts) -> Table:
    """Return the table with texts and times of merged cells in all of their rows."""
    if table.header.match is None or not facts.merged:
        return table
    assert table.lines is not None
    assert table.cells is not None
    columns = {name: table.cells.column(name).to_pylist() for name in table.cells.column_names}
    notes = []
    for number, top, bottom in facts.merged:
        at = number - facts.first_column
        column = table.header.match.columns.get(at)
        rows = np.flatnonzero((table.lines >= top) & (table.lines <= bottom))
        if column is None or column.kind not in _REPEATED or len(rows) < 2:
            continue
        if top <= table.header_line:
            continue
        cells = columns[f"c{at}"]
        for row in rows[1:]:
            cells[row] = cells[rows[0]]
        notes.append(Note(top, table.header.names[at], cells[rows[0]] or "", "merged_cells"))
    made = {name: pa.array(cells, pa.string()) for name, cells in columns.items()}
    return _noted(replace(table, cells=pa.table(made)), *notes)


def _with_lost(table: Table, facts: Facts) -> Table:
    """Return the table without the rows of which a required cell holds no value.

    Where the cell is not required, the row stays and a note names the cell.
    """
    if not (facts.errors or facts.uncomputed):
        return table
    columns = table.header.match.columns if table.header.match else {}
    assert table.lines is not None
    assert table.cells is not None
    places = {line: row for row, line in enumerate(table.lines.tolist())}
    damaged: dict[int, Damage] = {}
    totals: dict[int, Other] = {}
    notes: list[Note] = []
    for (line, number), text in sorted(_lost(facts)):
        at = number - facts.first_column
        column: Column | None = columns.get(at)
        if line <= table.header_line or (columns and column is None):
            continue
        is_error = (line, number) in facts.errors
        if column is not None and column.required:
            cells = (
                list(table.cells.slice(places[line], 1).to_pylist()[0].values())
                if (line in places)
                else [text]
            )
            what = closing(cells, table.header)
            rule = "error_value" if is_error else "formula_without_value"
            if what in SUMS:
                totals[line] = Other(line, str(what))
            else:
                whole = "\t".join(str(cell or "") for cell in cells)
                damaged[line] = Damage(line, whole, rule)
        elif line in places and 0 <= at < len(table.header.names):
            rule = "error_cell" if is_error else "formula_cell"
            notes.append(Note(line, table.header.names[at], text, rule))
    gone = [*damaged, *totals]
    kept = ~np.isin(table.lines, gone)
    return replace(
        table,
        cells=table.cells.filter(pa.array(kept)),
        lines=table.lines[kept],
        damaged=(*table.damaged, *damaged.values()),
        others=(*(o for o in table.others if o.line not in gone), *totals.values()),
        notes=(*table.notes, *(note for note in notes if note.line not in gone)),
    )


def _lost(facts: Facts) -> Iterator[tuple[tuple[int, int], str]]:
    yield from facts.errors.items()
    yield from ((place, "") for place in facts.uncomputed)


def stamps(path: Path) -> dict[str, datetime]:
    """Return when a workbook says it was created and modified, as Beijing wall time.

    Only what the file itself says; libraries fill in "now" for what is missing.
    """
    if not zipfile.is_zipfile(path):
        return {}
    try:
        with zipfile.ZipFile(path) as archive, archive.open("docProps/core.xml") as part:
            core = part.read(65536).decode("utf-8", errors="ignore")
    except (KeyError, *BROKEN_ZIP):
        return {}
    said = {what: datetime.fromisoformat(stamp) for what, stamp in _STAMP.findall(core)}
    return {what: wall(stamp.replace(tzinfo=UTC)) for what, stamp in said.items()}
