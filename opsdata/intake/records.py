"""Lines of text into rows of cells, one by one and suspiciously: for files that are damaged.

Undamaged files are split by the database's own parser. Here a row that does not have
the header's width, or whose quotes do not close, becomes damage of its own and the next
line starts afresh: a stray quote never swallows the rows below it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from opsdata.intake.table import Damage

_LONGEST_CELL_LINES = 200
"""A quoted cell with more line breaks than this is taken for an unclosed quote."""


def split(
    lines: Sequence[str], first_line: int, delimiter: str, width: int
) -> Iterator[tuple[int, list[str] | Damage | None]]:
    r"""Yield each record's line with its cells, its damage, or None when it is blank.

    ``lines`` are without line ends; ``first_line`` is the number of the first one.

    >>> list(split(["1,2", '"a', 'b",3', '4,"5'], 2, ",", 2))[:2]
    [(2, ['1', '2']), (3, ['a\nb', '3'])]
    """
    at = 0
    while at < len(lines):
        line = first_line + at
        if not lines[at].strip():
            yield line, None
            at += 1
            continue
        cells, used = _record(lines, at, delimiter, width)
        if cells is None:
            yield line, Damage(line, lines[at], _why(lines[at], delimiter, width))
        else:
            yield line, cells
        at += used


def _record(
    lines: Sequence[str], at: int, delimiter: str, width: int
) -> tuple[list[str] | None, int]:
    """Return the cells of the record that starts at a line, and how many lines it takes."""
    text = lines[at]
    if '"' not in text:
        cells = text.split(delimiter)
        return (cells if len(cells) == width else None), 1
    for used in range(1, _LONGEST_CELL_LINES + 1):
        parsed = parse(text, delimiter)
        if parsed is not None:
            return (parsed if len(parsed) == width else None), used if len(parsed) == width else 1
        following = at + used
        if following >= len(lines) or _is_record(lines[following], delimiter, width):
            return None, 1
        text = f"{text}\n{lines[following]}"
    return None, 1


def parse(text: str, delimiter: str) -> list[str] | None:
    """Return the cells of one complete record, None when its quotes do not close.

    >>> parse('a,"b,c"', ","), parse('a,"b', ",")
    (['a', 'b,c'], None)
    """
    try:
        rows = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _is_record(text: str, delimiter: str, width: int) -> bool:
    """Whether a line is a whole row by itself, so cannot be the rest of a quoted cell."""
    if text.count('"') % 2:
        return False
    cells = parse(text, delimiter)
    return cells is not None and len(cells) == width


def _why(text: str, delimiter: str, width: int) -> str:
    cells = parse(text, delimiter)
    if cells is None:
        return "unclosed_quote"
    return "too_few_cells" if len(cells) < width else "too_many_cells"
