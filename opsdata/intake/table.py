"""A table found in a file: its header, where its cells are, and what else stood there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

import numpy as np
import pyarrow as pa

from opsdata.errors import Refused
from opsdata.intake import mapping
from opsdata.sources import nearest, recognise
from opsdata.sources.model import Match

HEADER_WITHIN = 20
"""The header is looked for in so many rows from the top."""

NEAR_TOP = 2
"""Above a header further down there may be another table."""

_WIDEST = 2048
"""A wider row is no export's header and is not compared with any, which would take long."""


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
class Note:
    """Something about the file that is worth knowing, though every row is there."""

    line: int
    header: str
    value: str
    rule: str


@dataclass(frozen=True)
class Header:
    """A header row, and the known export it belongs to."""

    index: int
    """Position among the rows looked at, the first being 0; -1 when there is no header."""
    names: tuple[str, ...]
    match: Match | None

    @property
    def score(self) -> int:
        """How sure it is that this is a header: known columns, and whether it is complete."""
        if self.match is None:
            return 0
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
    notes: tuple[Note, ...] = ()
    above: tuple[str, ...] = ()
    """The texts of the lines above the header."""
    pieces: Callable[[], list[Table]] | None = None
    """Splits the sheet into the tables that stand one below the other on it, [] for one."""
    rounded: frozenset[str] = frozenset()
    """What its cells that hold long numbers read; the last digits of those are not true."""
    stranger: bool = False
    """Whether it stands beside known tables and is none; then it is only named."""

    @property
    def is_known(self) -> bool:
        """Whether it is a known export."""
        return self.header.match is not None and self.header.match.complete


def find_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """Return the first row that is the header of a known export.

    When there is none: the row that comes nearest, else the first as wide as most rows,
    so that the question or the refusal can show what was seen.
    """
    every = [Header(i, tuple(row), None) for i, row in enumerate(rows[:HEADER_WITHIN])]
    candidates = [header for header in every if len(header.names) <= _WIDEST]
    for header in candidates:
        match = mapping.recognised(header.names)
        if match:
            return replace(header, match=match)
    bare = mapping.recognised_bare(rows[:HEADER_WITHIN])
    if bare:
        return Header(-1, mapping.unnamed(max(map(len, rows[:HEADER_WITHIN]))), bare)
    for upper, lower in pairwise(candidates):
        names = _joined(upper.names, lower.names)
        match = mapping.recognised(names)
        if match:
            return Header(lower.index, names, match)
    near = [replace(header, match=nearest(header.names)) for header in candidates]
    if mapping.given():
        near = []
    best = max(near, key=lambda header: header.score, default=None)
    if best is not None and best.match:
        return best
    widths = Counter(width for row in rows if (width := _width(row)) > 1)
    usual = max(widths, key=lambda width: (widths[width], width), default=None)
    return next((h for h in every if usual and _width(h.names) >= usual), None)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Return the names of two header rows: where the lower one is blank, the upper names it."""
    pairs = zip_longest(upper, lower, fillvalue="")
    return tuple(below if below.strip() else above for above, below in pairs)


def _width(row: Sequence[str]) -> int:
    """Return how many cells a row has up to the last one with something in it."""
    return max((at for at, cell in enumerate(row, 1) if cell.strip()), default=0)


def preamble(header_line: int, first: int = 1) -> tuple[Other, ...]:
    """Return the lines above a header, and the header, as named others."""
    if header_line == 0:
        return ()
    above = tuple(Other(line, "preamble") for line in range(first, header_line))
    return (*above, Other(header_line, "header"))


TOTAL = re.compile(
    r"\s*((本\S{1,2}|\S)?(合计|总计|汇总|小计)|全部|总和|(grand )?total)\s*([:：(（].*)?",
    re.IGNORECASE,
)
AVERAGE = re.compile(r"\s*(平均值?|均值|日均|average|mean)\s*([:：(（].*)?", re.IGNORECASE)
SUMS = {"total": TOTAL, "average": AVERAGE}
"""What a row calls itself that is made of the others."""
FOOTER = re.compile(
    r"\s*[*※#（(]*\s*(数据来源|数据说明|导出时间|导出人|统计时间|统计周期|更新时间|以上数据|备注|说明|注[:：]"
    r"|共\s*\d+\s*[条行个]|source\s*[:：]|notes?\s*[:：]|exported |generated )",
    re.IGNORECASE,
)


def closing(cells: Sequence[str | None], header: Header) -> str | None:
    """Return what a row without a key is if it is no row of data, else None.

    Refused when it is the header of another table: what stands below it would land in
    the columns of this one.
    """
    texts = [str(text) for text in cells if text is not None and str(text).strip()]
    if not texts:
        return "blank"
    for what, words in SUMS.items():
        if any(words.fullmatch(text) for text in texts[:3]):
            return what
    if len(texts) == 1 and FOOTER.match(texts[0]):
        return "footer"
    names = [str(text or "").strip(" \ufeff") for text in cells]
    if names == [name.strip(" \ufeff") for name in header.names[: len(names)]]:
        return "header"
    if recognise(names):
        raise Refused("stacked_tables", header="、".join(texts)[:80])
    return None
