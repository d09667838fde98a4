"""A grid of cells, as a sheet or a web page has it, into a table: its header, its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opsdata.errors import Refused
from opsdata.intake import mapping
from opsdata.intake.limits import LONGEST_CELL, Limits
from opsdata.intake.stacked import Block, blocks
from opsdata.intake.table import (
    HEADER_WITHIN,
    Damage,
    Header,
    Note,
    Other,
    Table,
    find_header,
    preamble,
)


def table(
    part: str | None,
    kind: str,
    cells: pa.Table,
    limits: Limits,
    first: int = 1,
    header: Header | None = None,
) -> Table | None:
    """Return the table of a grid whose columns are c0, c1, …; None when it has none.

    ``first`` is the line of the first row, ``header`` the header where that is known.
    """
    if cells.num_columns > limits.columns:
        raise Refused("too_many_columns", limit=limits.columns)
    if limits.rows is not None and cells.num_rows > limits.rows + HEADER_WITHIN:
        raise Refused("too_many_rows", limit=limits.rows)
    top = _first_rows(cells)
    header = header or find_header(top)
    if header is None:
        return None
    header_line = header.index + first
    body = cells.slice(header.index + 1)
    lines = np.arange(header_line + 1, header_line + 1 + body.num_rows, dtype=np.int64)
    full = _not_blank(body)
    long = _too_long(body)
    taken = full & ~long
    return Table(
        part=part,
        encoding=kind,
        delimiter=None,
        header=header,
        header_line=header_line,
        relation="raw",
        cells=body.filter(pa.array(taken)),
        lines=lines[taken],
        damaged=tuple(_damaged(body, lines, long)),
        others=(
            *(preamble(header_line, first) if header.index >= 0 else ()),
            *_blanks(lines, full),
        ),
        notes=tuple(unnamed(header.names, header_line, body)),
        above=tuple(text for row in top[: max(header.index, 0)] for text in row if text.strip()),
    )


def stacked(part: str | None, kind: str, cells: pa.Table, limits: Limits) -> list[Table]:
    """Return the tables that stand one below the other in a grid, [] when it is one."""
    columns = [column.to_pylist() for column in cells.columns]
    rows = list(zip(*columns, strict=True))
    found = blocks(rows)
    made = []
    for number, block in enumerate(found, start=1):
        piece = cells.slice(block.start, block.end - block.start)
        own = table(None, kind, piece, limits, block.start + 1, _header(rows, block))
        if own is not None:
            named = " · ".join(filter(None, (part, block.title or str(number))))
            others = (*own.others, *(_below(own, block) if block is not found[-1] else ()))
            made.append(replace(own, part=named, others=others, stranger=not block.known))
    return made


def _header(rows: Sequence[Sequence[str | None]], block: Block) -> Header:
    names = tuple(str(cell or "") for cell in rows[block.header])
    return Header(block.header - block.start, names, mapping.recognised(names))


def _below(table: Table, block: Block) -> list[Other]:
    """Return the blank rows between a table and the next one."""
    assert table.lines is not None
    told = {
        *table.lines.tolist(),
        *(d.line for d in table.damaged),
        *(o.line for o in table.others),
    }
    return [
        Other(line, "blank") for line in range(block.start + 1, block.end + 1) if line not in told
    ]


def unnamed(names: tuple[str, ...], line: int, cells: pa.Table) -> Iterator[Note]:
    """Yield a note for every column that has content and no name."""
    for at, name in enumerate(names):
        if name.strip() or at >= cells.num_columns:
            continue
        column = cells.column(at)
        filled = column.filter(_has_text(column))
        if len(filled):
            yield Note(line, "", str(filled[0].as_py()), "column_without_name")


def _first_rows(cells: pa.Table) -> list[list[str]]:
    return [
        [str(value) if value is not None else "" for value in row.values()]
        for row in cells.slice(0, HEADER_WITHIN).to_pylist()
    ]


def _has_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(pc.greater(pc.utf8_length(pc.utf8_trim_whitespace(column)), 0), False)


def _not_blank(cells: pa.Table) -> np.ndarray:
    """Return which rows have any cell with something in it."""
    full = np.zeros(cells.num_rows, dtype=bool)
    for column in cells.columns:
        full |= _has_text(column).to_numpy(zero_copy_only=False)
    return full


def _too_long(cells: pa.Table) -> np.ndarray:
    """Return which rows have a cell that no spreadsheet program could have held."""
    long = np.zeros(cells.num_rows, dtype=bool)
    for column in cells.columns:
        lengths = pc.utf8_length(column)
        if (pc.max(lengths).as_py() or 0) > LONGEST_CELL:
            over = pc.fill_null(pc.greater(lengths, LONGEST_CELL), False)
            long |= over.to_numpy(zero_copy_only=False)
    return long


def _damaged(cells: pa.Table, lines: np.ndarray, rows: np.ndarray) -> Iterator[Damage]:
    for at in np.flatnonzero(rows):
        values = cells.slice(int(at), 1).to_pylist()[0].values()
        yield Damage(int(lines[at]), "\t".join(str(v or "") for v in values), "cell_too_long")


def _blanks(lines: np.ndarray, full: np.ndarray) -> list[Other]:
    """Return the blank rows between full ones; those below the last are no rows at all."""
    last = lines[full][-1] if full.any() else 0
    return [Other(int(line), "blank") for line in lines[~full] if line < last]
