"""A table found in a file: its header, where its cells are, and what else stood there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from opsdata.intake import mapping
from opsdata.sources import nearest
from opsdata.sources.model import Match

HEADER_WITHIN = 20
"""The header is looked for in so many rows from the top."""


@dataclass(frozen=True)
class Other:
    """A line that is no row of data: header, preamble, total or blank."""

    line: int
    what: str


@dataclass(frozen=True)
class Damage:
    """A row that cannot be split into cells; it is kept as one piece of text."""

    line: int
    text: str
    rule: str


@dataclass(frozen=True)
class Header:
    """A header row, and the known export it belongs to."""

    index: int
    """Position among the rows looked at, the first being 0; -1 when there is no header."""
    names: tuple[str, ...]
    match: Match | None

    @property
    def score(self) -> float:
        """How sure it is that this is a header: known columns, and whether it is complete."""
        if self.match is None:
            return min(_filled(self.names), 999) / 1000
        return len(self.match.columns) + (100 if self.match.complete else 0)


@dataclass(frozen=True)
class LineCount:
    """What the lines of a file must add up to."""

    lines: int
    quoted: bool
    """Whether any cell is quoted, so could hold line breaks."""


@dataclass(frozen=True)
class Table:
    """A table to be cleaned: ``relation`` is SQL that selects the cells c0, c1, … as text."""

    part: str | None
    encoding: str
    delimiter: str | None
    header: Header
    header_line: int
    relation: str
    cells: pa.Table | None = None
    """The cells, lent to the database under the name in ``relation``, if not in a file."""
    lines: np.ndarray | None = None
    """The line of each row; None while it is not yet counted."""
    must_count: LineCount | None = None
    """Set when the rows come from a parser whose answer must be checked."""
    damaged: tuple[Damage, ...] = ()
    others: tuple[Other, ...] = field(default_factory=tuple)


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the first row that is the header of a known export.

    When there is none: the row that comes nearest, else the first that is no narrow line
    above the table, so that the question or the refusal can show what was seen.
    """
    candidates = [Header(i, tuple(row), None) for i, row in enumerate(rows[:HEADER_WITHIN])]
    for header in candidates:
        match = mapping.recognised(header.names)
        if match:
            return replace(header, match=match)
    bare = mapping.recognised_bare(rows[:HEADER_WITHIN])
    if bare:
        return Header(-1, mapping.unnamed(max(map(len, rows[:HEADER_WITHIN]))), bare)
    near = [replace(header, match=nearest(header.names)) for header in candidates]
    if mapping.given():
        near = []
    best = max(near, key=lambda header: header.score, default=None)
    if best is not None and best.match:
        return best
    widest = max((_filled(h.names) for h in candidates), default=0)
    return next((h for h in candidates if widest > 1 and 2 * _filled(h.names) > widest), None)


def _filled(cells: Sequence[str]) -> int:
    """Return how many cells say something."""
    return sum(bool(cell.strip()) for cell in cells)


def preamble(header_line: int) -> tuple[Other, ...]:
    """Return the lines above a header, and the header, as named others."""
    if header_line == 0:
        return ()
    above = tuple(Other(line, "preamble") for line in range(1, header_line))
    return (*above, Other(header_line, "header"))
