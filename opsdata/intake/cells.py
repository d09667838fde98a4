"""The bare cells of a small table, for what is read by hand: no export is looked for in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opsdata.errors import Refused
from opsdata.intake import tables
from opsdata.intake.limits import Limits


@dataclass(frozen=True)
class Cells:
    """The header of a table, and its rows by their lines; blank lines and totals are left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read(path: Path, folder: Path, limits: Limits) -> Cells:
    """Return the cells of the first table of a file; Refused when it is none, or too long.

    ``folder`` takes what must be rewritten before it can be read.
    """
    table = tables.find(path, folder, limits)[0].careful()
    assert table.cells is not None
    assert table.lines is not None
    aside = {other.line for other in table.others}
    columns = [[str(value or "") for value in column.to_pylist()] for column in table.cells.columns]
    lines = [int(line) for line in table.lines]
    rows = [
        (line, tuple(column[at] for column in columns))
        for at, line in enumerate(lines)
        if line not in aside
    ]
    if limits.rows is not None and len(rows) > limits.rows:
        raise Refused("too_many_rows", limit=limits.rows)
    return Cells(tuple(table.header.names), tuple(rows))


def to_json(path: Path, folder: Path, limits: Limits) -> dict[str, Any]:
    """Return the cells of a file, or why there are none, as JSON values."""
    try:
        found = read(path, folder, limits)
    except Refused as why:
        return {"refused": why.code, "values": why.values}
    return {"header": found.header, "rows": found.rows}


def from_json(plain: dict[str, Any]) -> Cells:
    """Return the cells that ``to_json`` wrote; Refused when it says so."""
    if "refused" in plain:
        raise Refused(plain["refused"], **plain["values"])
    return Cells(tuple(plain["header"]), tuple((line, tuple(row)) for line, row in plain["rows"]))
