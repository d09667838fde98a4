"""What the values of a column look like: dates, counts, shares, seconds or text.

Only a guess for a suggestion, from a few rows; how a cell is really read is in ``clean``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from opsdata.intake import dates
from opsdata.sources.model import Kind

_DATE = re.compile(
    r"(19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}.*|(19|20)\d\d(0\d|1[0-2])([0-2]\d|3[01])"
)
_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?\s*[万亿千wWkKmM]?")
_SHARE = re.compile(r"[-+]?\d+(\.\d+)?\s*[%％]")
_SECONDS = re.compile(r"\d+(\.\d+)?\s*(s|S|秒)|\d{1,3}:\d{2}(:\d{2})?")
_NOTHING = re.compile(r"\s*(-|--|—|/|无|n/?a|null|none)?\s*", re.IGNORECASE)
_MOSTLY = 0.8


def of(texts: Sequence[str]) -> Kind | None:
    """Return what texts look like; None when all of them say nothing.

    >>> of(["2026-03-02", "-"]), of(["12%", "8.5%"]), of(["1.2万", "30"]), of(["好", "1"])
    (<Kind.TIME: 'time'>, <Kind.SHARE: 'share'>, <Kind.COUNT: 'count'>, <Kind.TEXT: 'text'>)
    """
    said = [text.strip() for text in texts if not _NOTHING.fullmatch(text)]
    if not said:
        return None
    for kind, looks in (
        (Kind.TIME, lambda text: _DATE.fullmatch(text) or dates.orders([text])),
        (Kind.SHARE, _SHARE.fullmatch),
        (Kind.SECONDS, _SECONDS.fullmatch),
        (Kind.COUNT, _NUMBER.fullmatch),
    ):
        if sum(bool(looks(text)) for text in said) >= len(said) * _MOSTLY:
            return kind
    return Kind.TEXT


def numbers(texts: Sequence[str]) -> list[float]:
    """Return the plain numbers among texts."""
    return [
        float(t.replace(",", "")) for t in texts if re.fullmatch(r"\s*-?[\d,]*\d(\.\d+)?\s*", t)
    ]


def is_running(texts: Sequence[str]) -> bool:
    """Return whether texts only number their rows: 1, 2, 3, …

    >>> is_running(["1", "2", "3"]), is_running(["5", "2", "9"])
    (True, False)
    """
    found = numbers(texts)
    return len(found) == len(texts) and all(b - a == 1 for a, b in pairwise(found))


def columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return rows as columns, short rows filled with nothing."""
    width = max((len(row) for row in rows), default=0)
    return [[row[at] if at < len(row) else "" for row in rows] for at in range(width)]


def of_rows(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return what tells a layout without headers: what each of its columns looks like."""
    full = [row for row in rows if any(cell.strip() for cell in row)]
    return tuple(f"#{at}:{of(texts)}" for at, texts in enumerate(columns(full), start=1))


def nothing(at: int) -> str:
    """Return how a column that says nothing stands in a layout."""
    return f"#{at}:None"
