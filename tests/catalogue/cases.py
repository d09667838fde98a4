"""What a case is, and the clean works list of twenty rows that the cases break."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import exports

HEADER = exports.WORKS_HEADER
KEYS = ("title", "published_at", "views", "likes", "favorites")


def works(count: int) -> list[list[str]]:
    """Works without any doubt about them, each with a time and numbers of its own."""
    tail = exports.WORKS_ROWS[0][5:10]
    return [
        [f"早餐饼{at} #早餐", f"2026-02-{at % 28 + 1:02d} {at // 28 % 24:02d}:{at % 60:02d}:00",
         "图文", "公开", str(1000 + at), *tail, str(10 + at), "1", "2", str(3 + at), "4", "5"]
        for at in range(count)
    ]  # fmt: skip


ROWS = works(20)
LINES = exports.as_csv(HEADER, ROWS).splitlines()
CSV = "\n".join(LINES) + "\n"
GRID = [HEADER, *ROWS]
ENOUGH = 20


@dataclass(frozen=True)
class Case:
    """A bad file, and what must come of it."""

    number: str
    what: str
    content: bytes | str | Callable[[Path], object]
    reason: str | None = None
    new: int = ENOUGH
    rejected: int = 0
    rules: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    field: str = ""
    """A column that is looked at, and what it must hold from its first row on."""
    holds: tuple[object, ...] = ()
    masked: frozenset[str] = frozenset()
    """The kinds of personal data that must be counted as masked."""
    titles: frozenset[str] | None = frozenset(row[0] for row in ROWS)


def case(
    number: str, what: str, content: object, reason: str | None = None, **more: object
) -> Case:
    for key in ("rules", "others", "titles", "masked"):
        if more.get(key) is not None:
            more[key] = frozenset(
                str(more[key]).split(" ") if isinstance(more[key], str) else more[key]
            )  # type: ignore[arg-type]
    return Case(number, what, content, reason, **more)  # type: ignore[arg-type]


def edited(changes: dict[int, str]) -> str:
    """The clean file with some lines changed; the header is line 1."""
    return "\n".join(changes.get(at, line) for at, line in enumerate(LINES, 1)) + "\n"


def cells(changes: dict[tuple[int, int], str], header: list[str] = HEADER) -> str:
    """The clean file with some cells changed, by row from 0 and column from 0."""
    rows = [list(row) for row in ROWS]
    for (row, column), text in changes.items():
        rows[row][column] = text
    return exports.as_csv(header, rows)


def titled(titles: list[str]) -> Case:
    changes = {(at, 0): title for at, title in enumerate(titles)}
    kept = {row[0] for row in ROWS[len(titles) :]} | set(titles)
    return case("", "", cells(changes), titles=kept)


def as_xlsx(**options: object) -> Callable[[Path], object]:
    return lambda path: exports.write_xlsx(path, HEADER, ROWS, **options)  # type: ignore[arg-type]
