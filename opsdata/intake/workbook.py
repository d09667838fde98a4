"""A spreadsheet (XLSX, XLS, ODS) into tables of cells, all of them as text.

The zip is weighed before it is unpacked: how large it says it becomes, and how many
times larger than it is.
"""

from __future__ import annotations

import re
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opsdata.errors import Refused
from opsdata.intake.limits import MEGABYTE, Limits
from opsdata.intake.table import HEADER_WITHIN, Other, Table, find_header, preamble

_BEIJING = timedelta(hours=8)
_STAMP = re.compile(r"<dcterms:(created|modified)[^>]*>(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)Z?<")


def read(path: Path, limits: Limits) -> list[Table]:
    """Return the tables of all sheets that have one; Refused when the file is no good."""
    _weigh(path, limits)
    try:
        book = fastexcel.read_excel(path)
        names = book.sheet_names
        sheets = [
            (name, book.load_sheet(i, header_row=None, skip_rows=0, dtypes="string"))
            for i, name in enumerate(names)
        ]
    except fastexcel.FastExcelError as error:
        raise Refused("is_corrupt") from error
    tables = [
        table
        for name, sheet in sheets
        if sheet.width and (table := _table(name if len(names) > 1 else None, sheet, limits))
    ]
    if not tables:
        raise Refused("no_table")
    return [t for t in tables if t.header.match and t.header.match.complete] or tables[:1]


def _weigh(path: Path, limits: Limits) -> None:
    """Refuse a zip that unpacks to too much, before anything is unpacked."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    most = limits.unpacked_bytes
    if most is not None and unpacked > most:
        raise Refused("too_large_unpacked", limit=most // MEGABYTE)
    ratio = limits.unpack_ratio
    if ratio is not None and unpacked > 10 * MEGABYTE and unpacked > ratio * path.stat().st_size:
        raise Refused("too_dense", limit=ratio)


def _table(part: str | None, sheet: fastexcel.ExcelSheet, limits: Limits) -> Table | None:
    if sheet.width > limits.columns:
        raise Refused("too_many_columns", limit=limits.columns)
    if limits.rows is not None and sheet.height > limits.rows:
        raise Refused("too_many_rows", limit=limits.rows)
    cells = _cells(sheet)
    header = find_header(_first_rows(cells))
    if header is None:
        return None
    header_line = header.index + 1
    body = cells.slice(header_line)
    lines = np.arange(header_line + 1, header_line + 1 + body.num_rows, dtype=np.int64)
    full = _not_blank(body)
    return Table(
        part=part,
        encoding="xlsx",
        delimiter=None,
        header=header,
        header_line=header_line,
        relation="raw",
        cells=body.filter(pa.array(full)),
        lines=lines[full],
        others=(*preamble(header_line), *_blanks(lines, full)),
    )


def _cells(sheet: fastexcel.ExcelSheet) -> pa.Table:
    batch = sheet.to_arrow()
    names = [f"c{i}" for i in range(batch.num_columns)]
    return pa.Table.from_batches([batch]).rename_columns(names)


def _first_rows(cells: pa.Table) -> list[list[str]]:
    return [
        [str(value) if value is not None else "" for value in row.values()]
        for row in cells.slice(0, HEADER_WITHIN).to_pylist()
    ]


def _not_blank(cells: pa.Table) -> np.ndarray:
    """Return which rows have any cell with something in it."""
    full = np.zeros(cells.num_rows, dtype=bool)
    for column in cells.columns:
        has = pc.fill_null(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0), False)
        full |= has.to_numpy(zero_copy_only=False)
    return full


def _blanks(lines: np.ndarray, full: np.ndarray) -> list[Other]:
    """Return the blank rows between full ones; those below the last are no rows at all."""
    last = lines[full][-1] if full.any() else 0
    return [Other(int(line), "blank") for line in lines[~full] if line < last]


def stamps(path: Path) -> dict[str, datetime]:
    """Return when a workbook says it was created and modified, as Beijing wall time.

    Only what the file itself says; libraries fill in "now" for what is missing.
    """
    if not zipfile.is_zipfile(path):
        return {}
    try:
        with zipfile.ZipFile(path) as archive:
            core = archive.read("docProps/core.xml")[:65536].decode("utf-8", errors="ignore")
    except (KeyError, OSError, zipfile.BadZipFile, NotImplementedError):
        return {}
    return {what: datetime.fromisoformat(stamp) + _BEIJING for what, stamp in _STAMP.findall(core)}
