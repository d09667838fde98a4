"""Where the header of a text file is, and how the file writes its rows.

Every delimiter is tried on the first lines; the one under which they look most like a
known export wins, and where none is known, the one under which most lines have one width.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from opsdata.errors import Refused
from opsdata.intake import records
from opsdata.intake.records import Dialect
from opsdata.intake.table import HEADER_WITHIN, Header, find_header

DELIMITERS = (",", "\t", ";", "|", "，")
_GUARDED = re.compile("'+[ \u3000\xa0\n]*[=+@\t\r＝＋－＠-]")
_HEAD_BYTES = 1 << 18
_HEADER_LINES = 5
"""A header with line breaks in its cells takes at most so many lines."""


@dataclass(frozen=True)
class Layout:
    """The header of a text file, the line it ends on, and how rows are written."""

    header: Header
    line: int
    dialect: Dialect
    rank: tuple[int, int, int]
    """How sure it is: the header's score, how many lines agree with its width, its names."""


def layout(path: Path, encoding: str = "utf-8-sig") -> Layout:
    """Return where the header is and how rows are written; Refused when there is no table."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).decode(encoding, errors="ignore")
    lines = head.replace("\r\n", "\n").split("\n")[: HEADER_WITHIN * 2]
    found = [
        one
        for delimiter in DELIMITERS
        if delimiter in head and (one := _tried(lines, Dialect(delimiter)))
    ]
    if not found:
        raise Refused("no_table")
    best = max(found, key=lambda one: one.rank)
    return _level(_escaping(_other_quote(best, lines), lines), lines)


def _tried(lines: Sequence[str], dialect: Dialect) -> Layout | None:
    rows = list(rows_of(lines, dialect))
    header = find_header([list(map(_unguarded, cells)) for _, cells in rows])
    if header is None:
        return None
    agree = sum(len(cells) == len(header.names) for _, cells in rows)
    line = 0 if header.index < 0 else rows[header.index][0]
    named = sum(bool(name.strip()) for name in header.names)
    return Layout(header, line, dialect, (header.score, agree, named))


def _unguarded(name: str) -> str:
    """Return a name without the mark that downloads put before what looks like a formula."""
    return name[1:] if _GUARDED.match(name) else name


def rows_of(lines: Sequence[str], dialect: Dialect) -> Iterator[tuple[int, list[str]]]:
    """Yield the first rows, each with the line it ends on; what is no row is left out."""
    at = 0
    while at < len(lines):
        text, used = lines[at], 1
        cells = records.parse(text, dialect)
        while cells is None and used < min(_HEADER_LINES, len(lines) - at):
            text = f"{text}\n{lines[at + used]}"
            used += 1
            cells = records.parse(text, dialect)
        if cells is None:
            used = 1
        elif text.strip():
            yield at + used, cells
        at += used


def _other_quote(found: Layout, lines: Sequence[str]) -> Layout:
    """Return the layout under another quote, or blanks after delimiters, if the header has it."""
    names = [name.strip() for name in found.header.names]
    dialect = found.dialect
    if all(name[:1] == name[-1:] == "'" and len(name) > 1 for name in names if name):
        dialect = replace(dialect, quote="'")
    after_blank = f"{dialect.delimiter} {dialect.quote}"
    if any(after_blank in line for line in lines) and _spaced(found.header.names):
        dialect = replace(dialect, spaced=True)
    if dialect == found.dialect:
        return found
    return _tried(lines, dialect) or found


def _spaced(names: Sequence[str]) -> bool:
    return len(names) > 1 and all(name[:1] == " " for name in names[1:])


def _escaping(found: Layout, lines: Sequence[str]) -> Layout:
    """Return the layout with backslashes before quotes, if rows can be split only so."""
    quote, width = found.dialect.quote, len(found.header.names)
    escaping = replace(found.dialect, escape="\\")
    told = [line for line in lines[found.line :] if f"\\{quote}" in line]
    doubled = sum(_splits(line, found.dialect, width) for line in told)
    escaped = sum(_splits(line, escaping, width) for line in told)
    return replace(found, dialect=escaping) if escaped > doubled else found


def _splits(line: str, dialect: Dialect, width: int) -> bool:
    cells = records.parse(line, dialect)
    return cells is not None and len(cells) == width


def _level(found: Layout, lines: Sequence[str]) -> Layout:
    """Return the layout with its header as wide as the rows, if only blank cells differ.

    Some programs end every row with a delimiter, or only the header; a single row that
    does is a damaged one.
    """
    names = found.header.names
    rows = [cells for line, cells in rows_of(lines, found.dialect) if line > found.line]
    widths = {len(cells) for cells in rows if any(cell.strip() for cell in cells)}
    if len(widths) != 1 or len(rows) < 2 or len(names) in widths:
        return found
    width = widths.pop()
    if any(name.strip() for name in names[width:]):
        return found
    if any(cell.strip() for row in rows for cell in row[len(names) :]):
        return found
    level = (*names, *[""] * (width - len(names)))[:width]
    return replace(found, header=replace(found.header, names=level))
