"""Lines of text into rows of cells, one by one and suspiciously: for files that are damaged.

Undamaged files are split by the database's own parser. Here a row that does not have
the header's width, or whose quotes do not close, becomes damage of its own and the next
line starts afresh: a stray quote never swallows the rows below it.
"""

from __future__ import annotations

import csv
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from opsdata.intake.limits import LONGEST_CELL
from opsdata.intake.table import Damage

_LONGEST_CELL_LINES = 200
"""A quoted cell with more line breaks than this is taken for an unclosed quote."""

csv.field_size_limit(1 << 27)


@dataclass(frozen=True)
class Dialect:
    """How a file writes a row: what stands between cells, around them, and before a quote."""

    delimiter: str
    quote: str = '"'
    escape: str | None = None
    """What stands before a quote inside a cell, when that is not another quote."""
    spaced: bool = False
    """A blank follows each delimiter and belongs to no cell."""

    @property
    def plain(self) -> bool:
        """Whether every parser knows it."""
        return self.quote == '"' and self.escape is None and not self.spaced


def split(
    lines: Sequence[str],
    first_line: int,
    dialect: Dialect,
    width: int,
    undecoded: Container[int] = frozenset(),
) -> Iterator[tuple[int, list[str] | Damage | None]]:
    r"""Yield each record's line with its cells, its damage, or None when it is blank.

    ``lines`` are without line feeds; ``first_line`` is the number of the first one.
    ``undecoded`` are the lines that are known to be damaged.

    >>> list(split(["1,2", '"a', 'b",3', '4,"5'], 2, Dialect(","), 2))[:2]
    [(2, ['1', '2']), (3, ['a\nb', '3'])]
    """
    at = 0
    while at < len(lines):
        line, text = first_line + at, lines[at].removesuffix("\r")
        if not text.strip():
            yield line, None
            at += 1
            continue
        cells, used = _record(lines, at, dialect, width)
        spoiled = any(first_line + i in undecoded for i in range(at, at + used))
        if cells is None:
            why = "undecodable" if spoiled else _why(text, dialect, width)
            yield line, Damage(line, text, why)
        else:
            rule = "undecodable" if spoiled else _unfit(cells)
            whole = "\n".join(lines[at : at + used]).removesuffix("\r")
            yield line, Damage(line, whole, rule) if rule else cells
        at += used


def _record(
    lines: Sequence[str], at: int, dialect: Dialect, width: int
) -> tuple[list[str] | None, int]:
    """Return the cells of the record that starts at a line, and how many lines it takes."""
    text = lines[at]
    if dialect.quote not in text and dialect.plain:
        cells = text.removesuffix("\r").split(dialect.delimiter)
        return (cells if len(cells) == width else None), 1
    for used in range(1, _LONGEST_CELL_LINES + 1):
        parsed = parse(text.removesuffix("\r"), dialect)
        if parsed is not None:
            fits = len(parsed) == width and not _joined(lines[at : at + used], dialect, width)
            return (parsed, used) if fits else (None, 1)
        following = at + used
        if following >= len(lines) or _is_record(lines[following], dialect, width):
            return None, 1
        text = f"{text}\n{lines[following]}"
    return None, 1


def _joined(lines: Sequence[str], dialect: Dialect, width: int) -> bool:
    """Whether two stray quotes made one record of lines that are rows of their own."""
    return sum(line.count(dialect.delimiter) >= width - 1 for line in lines) > 1


def parse(text: str, dialect: Dialect) -> list[str] | None:
    """Return the cells of one complete record, None when its quotes do not close.

    >>> parse('a,"b,c"', Dialect(",")), parse('a,"b', Dialect(","))
    (['a', 'b,c'], None)
    """
    try:
        rows = list(
            csv.reader(
                [text],
                delimiter=dialect.delimiter,
                quotechar=dialect.quote,
                escapechar=dialect.escape,
                doublequote=dialect.escape is None,
                skipinitialspace=dialect.spaced,
                strict=True,
            )
        )
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _is_record(text: str, dialect: Dialect, width: int) -> bool:
    """Whether a line is a whole row by itself, so cannot be the rest of a quoted cell."""
    if dialect.escape is None and text.count(dialect.quote) % 2:
        return False
    cells = parse(text.removesuffix("\r"), dialect)
    return cells is not None and len(cells) == width


def _unfit(cells: Sequence[str]) -> str | None:
    """Return why cells that were split well cannot be stored, None when they can."""
    if any("\x00" in cell for cell in cells):
        return "control_character"
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return "cell_too_long"
    return None


def _why(text: str, dialect: Dialect, width: int) -> str:
    cells = parse(text, dialect)
    if "\x00" in text:
        return "control_character"
    if cells is None:
        return "unclosed_quote"
    return "too_few_cells" if len(cells) < width else "too_many_cells"
