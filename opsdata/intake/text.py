"""A text file into a table of cells: encoding, delimiter, header, then rows.

The database's CSV parser is fast but forgives silently, so its answer counts only when
the lines add up: rows, and line breaks inside cells, must together be all lines of the
file, and no cell may hold what looks like a row. Otherwise the file is split again, line
by line, by ``records``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from opsdata.errors import Refused
from opsdata.intake import mapping, records
from opsdata.intake.decode import Decoded, decode
from opsdata.intake.dialect import Layout, layout, rows_of
from opsdata.intake.grid import unnamed
from opsdata.intake.limits import MEGABYTE
from opsdata.intake.records import Dialect
from opsdata.intake.sniff import UNMARKED
from opsdata.intake.stacked import blocks
from opsdata.intake.table import (
    NEAR_TOP,
    Damage,
    Header,
    LineCount,
    Note,
    Other,
    Table,
    closing,
    preamble,
)
from opsdata.intake.turned import MOST_LINES, turned

_LONGEST_LINE = MEGABYTE
_SEARCHED = 100_000
"""In so many lines other tables are looked for without a sign of them."""


@dataclass(frozen=True)
class Plain:
    """A file as UTF-8 with one kind of line end, and where its header is."""

    text: Decoded
    layout: Layout
    first: int = 1
    """The first and the last line of the table, where the file holds several."""
    last: int | None = None
    title: str | None = None
    stranger: bool = False

    @property
    def header(self) -> Header:
        """The header row."""
        return self.layout.header

    @property
    def below_others(self) -> bool:
        """Whether enough stands above the header for another table, in a file that is not long."""
        return self.layout.line > NEAR_TOP and self.text.lines <= _SEARCHED

    @property
    def easy(self) -> bool:
        """Whether the fast parser may try: nothing in the file is beyond it."""
        named = all(name.strip() for name in self.header.names)
        whole = not self.text.odd and not self.text.undecoded
        return named and whole and self.layout.dialect.plain


def plain(path: Path, folder: Path) -> Plain:
    """Return a text file made plain; Refused when it holds no table."""
    _refuse_endless(path)
    text = decode(path, folder)
    found = Plain(text, layout(text.path))
    if text.lines <= found.layout.line:
        raise Refused("no_rows")
    return found


def _refuse_endless(path: Path) -> None:
    """Refuse a file that does not end its first line, before all of it is read."""
    with path.open("rb") as file:
        head = file.read(_LONGEST_LINE + 1)
    if len(head) > _LONGEST_LINE and b"\n" not in head and b"\r" not in head:
        raise Refused("line_too_long", limit=_LONGEST_LINE // MEGABYTE)


def single(path: Path, folder: Path) -> Plain:
    """Return a text file as a list: one column, the first line with anything its header."""
    text = decode(path, folder)
    for at, line in enumerate(_lines(text), start=1):
        if line.strip():
            name = (records.parse(line.removesuffix("\r"), Dialect("\x1f")) or [line])[0]
            header = Header(at - 1, (name,), None)
            return Plain(text, Layout(header, at, Dialect("\x1f"), (0, 0, 0)))
    raise Refused("is_empty")


def by_database(source: Plain) -> Table:
    """Return the table as the database reads it; its lines are counted while it is cleaned."""
    found, dialect = source.layout, source.layout.dialect
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(found.header.names)))
    path = str(source.text.path).replace("'", "''")
    relation = (
        f"read_csv('{path}', columns = {{{columns}}}, auto_detect = false, header = false, "
        f"skip = {found.line}, delim = '{dialect.delimiter}', quote = '\"', escape = '\"', "
        "strict_mode = true, null_padding = false, nullstr = ['\x01'], max_line_size = 2097152)"
    )
    table = replace(_described(source), relation=relation)
    return replace(table, must_count=LineCount(source.text.lines, source.text.quoted))


def by_line(source: Plain) -> Table:
    """Return the table split line by line, damaged rows apart."""
    found, width = source.layout, len(source.header.names)
    rows: list[list[str]] = []
    numbers: list[int] = []
    damaged: list[Damage] = []
    others: list[Other] = []
    for line, cells in _records(source):
        if cells is None:
            others.append(Other(line, "blank"))
        elif isinstance(cells, list):
            numbers.append(line)
            rows.append(cells)
        elif what := _no_row(cells, found.dialect, source.header):
            others.append(Other(line, what))
        else:
            damaged.append(cells)
    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    table = _described(source)
    cells = pa.table({f"c{i}": pa.array(c, pa.string()) for i, c in enumerate(columns)})
    return replace(
        table,
        cells=cells,
        lines=np.array(numbers, dtype=np.int64),
        damaged=tuple(damaged),
        others=(*table.others, *others),
        notes=(*table.notes, *unnamed(source.header.names, found.line, cells)),
    )


def _records(source: Plain) -> Iterator[tuple[int, list[str] | Damage | None]]:
    found = source.layout
    return records.split(
        _lines(source.text)[found.line : source.last],
        found.line + 1,
        found.dialect,
        len(found.header.names),
        source.text.undecoded,
    )


def _lines(text: Decoded) -> list[str]:
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        return file.read().rstrip("\r\n").split("\n")


def _no_row(damage: Damage, dialect: Dialect, header: Header) -> str | None:
    """Return what a line of another width is if it is no row: a total or a line at the end."""
    cells = records.parse(damage.text, dialect)
    if cells is None or damage.rule == "undecodable" or len(cells) > len(header.names):
        return None
    return closing(cells, header)


def _described(source: Plain) -> Table:
    """Return the table without its rows: what it is, and what is worth knowing about it."""
    found = source.layout
    return Table(
        part=source.title,
        encoding=source.text.encoding,
        delimiter=found.dialect.delimiter,
        header=found.header,
        header_line=found.line,
        relation="raw",
        others=preamble(found.line, source.first),
        notes=tuple(_notes(source)),
        above=tuple(_above(source)),
        pieces=None if source.last else partial(stacked, source),
        stranger=source.stranger,
    )


def _above(source: Plain) -> Iterator[str]:
    """Yield the texts of the lines above the header."""
    for line in islice(_each(source.text), source.first - 1, max(source.layout.line - 1, 0)):
        cells = records.parse(line.removesuffix("\r"), source.layout.dialect) or [line]
        yield from (cell for cell in cells if cell.strip())


def _each(text: Decoded) -> Iterator[str]:
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        yield from (line.rstrip("\n") for line in file)


def on_side(source: Plain) -> list[Table]:
    """Return the table that lies on its side in a short file, [] when it holds none."""
    if source.text.lines > MOST_LINES:
        return []
    dialect = source.layout.dialect
    rows = [cells for _, cells in rows_of(_lines(source.text), dialect)]
    table = turned(None, source.text.encoding, rows, dialect.delimiter)
    return [table] if table else []


def stacked(source: Plain) -> list[Table]:
    """Return the tables that stand one below the other in a file, [] when it is one."""
    dialect = source.layout.dialect
    ends, rows = zip(*rows_of(_lines(source.text), dialect), strict=True)
    made = []
    found = blocks(rows)
    for number, block in enumerate(found, start=1):
        header = Header(0, tuple(rows[block.header]), mapping.recognised(rows[block.header]))
        own = Plain(
            source.text,
            Layout(header, ends[block.header], dialect, source.layout.rank),
            first=ends[block.start - 1] + 1 if block.start else 1,
            last=ends[block.end - 1],
            title=block.title or str(number),
            stranger=not block.known,
        )
        made.append(by_line(own))
    return made


def _unusual(dialect: Dialect) -> str:
    """Return what stands between cells when it is no comma, as people name it."""
    if dialect.delimiter == "," and dialect.spaced:
        return "「, 」"
    return {"\t": "Tab", ";": ";", "|": "|"}.get(dialect.delimiter, "")


def _notes(source: Plain) -> Iterator[Note]:
    dialect = source.layout.dialect
    for line in source.text.marks:
        yield Note(line, "", "", "inner_mark")
    if source.text.encoding in UNMARKED:
        yield Note(1, "", source.text.encoding, "utf16_without_mark")
    if dialect.delimiter == "，":
        yield Note(source.layout.line, "", dialect.delimiter, "full_width_delimiter")
    elif named := _unusual(dialect):
        yield Note(source.layout.line, "", named, "other_delimiter")
    if dialect.quote != '"':
        yield Note(source.layout.line, "", dialect.quote, "other_quote")
    if dialect.escape is not None:
        yield Note(source.layout.line, "", dialect.escape, "escaped_quotes")
