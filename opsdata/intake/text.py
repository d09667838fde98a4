"""A text file into a table of cells: encoding, delimiter, header, then rows.

The database's CSV parser is fast but forgives silently, so its answer counts only when
the lines add up: rows, and line breaks inside cells, must together be all lines of the
file, and no cell may hold what looks like a row. Otherwise the file is split again, line
by line, by ``records``.
"""

from __future__ import annotations

import codecs
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from opsdata.errors import Refused
from opsdata.intake import records, sniff
from opsdata.intake.table import (
    HEADER_WITHIN,
    Damage,
    Header,
    LineCount,
    Other,
    Table,
    find_header,
    preamble,
)

DELIMITERS = (",", "\t", ";", "|", "，")
_HEAD_BYTES = 1 << 18
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Plain:
    """A file as UTF-8 with one kind of line end, and where its header is."""

    path: Path
    encoding: str
    lines: int
    """Without blank lines at the end."""
    quoted: bool
    header: Header
    header_line: int
    delimiter: str


def plain(path: Path, folder: Path) -> Plain:
    """Return a text file made plain; Refused when it holds no table."""
    encoding = sniff.encoding(path)
    path = _as_utf8(path, folder, encoding)
    lines, quoted, mixed = _count(path)
    if mixed:
        path = _one_line_end(path, folder)
        lines, quoted, _ = _count(path)
    header, delimiter, header_line = _find_header(path)
    if lines <= header_line:
        raise Refused("no_rows")
    return Plain(path, encoding, lines, quoted, header, header_line, delimiter)


def _as_utf8(path: Path, folder: Path, encoding: str) -> Path:
    """Return the file itself when it is UTF-8, else a copy that is."""
    if encoding.startswith("utf-8"):
        return path
    target = folder / "utf8.csv"
    try:
        with (
            codecs.open(str(path), encoding=encoding) as source,
            target.open("w", encoding="utf-8", newline="") as out,
        ):
            shutil.copyfileobj(source, out, _CHUNK)
    except UnicodeError as error:
        raise Refused("unknown_encoding") from error
    return target


def _count(path: Path) -> tuple[int, bool, bool]:
    """Return how many lines there are, whether any is quoted, whether their ends differ."""
    feeds = returns = pairs = quotes = 0
    last = tail = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            feeds += chunk.count(b"\n")
            if b"\r" in chunk or last == b"\r":
                returns += chunk.count(b"\r")
                pairs += (last + chunk).count(b"\r\n")
            quotes += chunk.count(b'"')
            last, tail = chunk[-1:], (tail + chunk)[-4096:]
    ending = tail[len(tail.rstrip(b"\r\n")) :].replace(b"\r\n", b"\n")
    mixed = returns > 0 and not returns == pairs == feeds
    return feeds - len(ending) + 1, quotes > 0, mixed


def _one_line_end(path: Path, folder: Path) -> Path:
    """Return a copy of a file with mixed or old line ends that has only new ones."""
    target = folder / "lines.csv"
    text = _text(path)
    target.write_text(text.replace("\r\n", "\n").replace("\r", "\n"), encoding="utf-8", newline="")
    return target


def _text(path: Path) -> str:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return file.read()


def _find_header(path: Path) -> tuple[Header, str, int]:
    """Return the header, the delimiter it was found with, and its line."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES).decode("utf-8-sig", errors="ignore")
    lines = head.replace("\r\n", "\n").split("\n")[: HEADER_WITHIN * 2]
    best: tuple[float, Header, str, int] | None = None
    for delimiter in DELIMITERS:
        if delimiter not in head:
            continue
        rows = [(at + 1, row) for at, row in enumerate(_head_rows(lines, delimiter)) if row]
        header = find_header([row for _, row in rows])
        if header is not None and (best is None or header.score > best[0]):
            at = 0 if header.index < 0 else rows[header.index][0]
            best = (header.score, header, delimiter, at)
    if best is None:
        raise Refused("no_table")
    return best[1], best[2], best[3]


def _head_rows(lines: list[str], delimiter: str) -> list[list[str]]:
    """Return the first lines as cells; a line that is no record by itself gives none."""
    return [(records.parse(line, delimiter) or []) if line.strip() else [] for line in lines]


def by_database(source: Plain) -> Table:
    """Return the table as the database reads it; its lines are counted while it is cleaned."""
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(source.header.names)))
    path = str(source.path).replace("'", "''")
    relation = (
        f"read_csv('{path}', columns = {{{columns}}}, auto_detect = false, header = false, "
        f"skip = {source.header_line}, delim = '{source.delimiter}', quote = '\"', escape = '\"', "
        "strict_mode = true, null_padding = false, nullstr = ['\x01'], max_line_size = 2097152)"
    )
    return Table(
        part=None,
        encoding=source.encoding,
        delimiter=source.delimiter,
        header=source.header,
        header_line=source.header_line,
        relation=relation,
        must_count=LineCount(source.lines, source.quoted),
        others=preamble(source.header_line),
    )


def by_line(source: Plain) -> Table:
    """Return the table split line by line, damaged rows apart."""
    text = _text(source.path).replace("\r\n", "\n")
    lines = text.rstrip("\n").split("\n")[source.header_line :]
    width = len(source.header.names)
    rows: list[list[str]] = []
    numbers: list[int] = []
    damaged: list[Damage] = []
    others = list(preamble(source.header_line))
    first = source.header_line + 1
    for line, cells in records.split(lines, first, source.delimiter, width):
        if cells is None:
            others.append(Other(line, "blank"))
        elif isinstance(cells, Damage):
            damaged.append(cells)
        else:
            numbers.append(line)
            rows.append(cells)
    columns = list(zip(*rows, strict=True)) if rows else [()] * width
    return Table(
        part=None,
        encoding=source.encoding,
        delimiter=source.delimiter,
        header=source.header,
        header_line=source.header_line,
        relation="raw",
        cells=pa.table({f"c{i}": pa.array(c, pa.string()) for i, c in enumerate(columns)}),
        lines=np.array(numbers, dtype=np.int64),
        damaged=tuple(damaged),
        others=tuple(others),
    )
