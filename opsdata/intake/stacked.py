"""Several tables on one sheet: where each begins, what stands above it, where it ends.

A table begins at the header of a known export, or at a title: one cell alone in its row,
with a row of nothing but words below it. Only a sheet of which one table alone cannot be
made is looked through for others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opsdata.intake import mapping
from opsdata.intake.table import FOOTER, SUMS
from opsdata.sources.model import tidy

Cells = Sequence[str | None]
_NUMBER = re.compile(r"[-+¥￥]?\d[\d,.:/%~ -]*[wWkKmM万亿千%元秒s年月日]?\+?")


@dataclass(frozen=True)
class Block:
    """One table of a sheet; rows are counted from 0, ``end`` is the first one after it."""

    start: int
    header: int
    end: int
    title: str
    known: bool


def is_title(cells: Cells) -> bool:
    """Return whether a row is one text alone, and no total and no footnote."""
    texts = _texts(cells)
    return len(texts) == 1 and not (
        any(words.fullmatch(texts[0]) for words in SUMS.values())
        or FOOTER.match(texts[0])
        or _NUMBER.fullmatch(texts[0])
    )


def is_header(cells: Cells) -> bool:
    """Return whether a row is words only, two or more, none of them twice.

    >>> is_header(["商品", "周销量", None]), is_header(["甲", "12"])
    (True, False)
    """
    texts = _texts(cells)
    words = len(texts) > 1 and len(set(texts)) == len(texts)
    return words and not any(_NUMBER.fullmatch(text) for text in texts)


def _texts(cells: Cells) -> list[str]:
    return [text for cell in cells if (text := str(cell or "").strip())]


def blocks(rows: Sequence[Cells]) -> list[Block]:
    """Return the tables of a sheet, one after the other without a gap; [] when there is one."""
    found = [one for one in _starts(rows) if one[2] or _has_rows(rows, one[1])]
    if len(found) < 2 or not any(known for _, _, known in found):
        return []
    ends = [start for start, _, _ in found[1:]] + [len(rows)]
    first = 0
    made = []
    for (start, header, known), end in zip(found, ends, strict=True):
        title = _texts(rows[start])[0] if start < header else ""
        made.append(Block(min(first, start), header, end, title, known))
        first = end
    return made


def _has_rows(rows: Sequence[Cells], header: int) -> bool:
    """Whether a row of several cells, not all of them words, stands right below a header."""
    below = rows[header + 1] if header + 1 < len(rows) else ()
    return len(_texts(below)) > 1 and not is_header(below)


def _starts(rows: Sequence[Cells]) -> Iterator[tuple[int, int, bool]]:
    """Yield where a table begins, where its header is, and whether it is a known export."""
    latest: Cells = ()
    for at, cells in enumerate(rows):
        if not is_header(cells):
            continue
        titled = at > 0 and is_title(rows[at - 1])
        known = _is_known(cells)
        if known and list(cells) == list(latest):
            continue
        if known or titled:
            latest = cells
            yield (at - 1 if titled else at), at, known


def _is_known(cells: Cells) -> bool:
    """Whether a row is the header of a known export; most rows of words share no name with any."""
    names = [str(cell or "") for cell in cells]
    shared = sum(tidy(name).split("(")[0] in mapping.headers() for name in names if name)
    return shared > 1 and mapping.recognised(names) is not None
