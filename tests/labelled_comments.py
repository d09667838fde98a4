"""The comments labelled by hand, in ``tests/labelled/comments.txt``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("labelled") / "comments.txt"
_SENTIMENTS = {"neg": -1, "neutral": 0, "pos": 1}


@dataclass(frozen=True)
class Labelled:
    """One comment: what it says, how hard it is, its kind where it is of one, its half."""

    text: str
    sentiment: int
    case: str
    kind: str | None
    half: str


def labelled() -> list[Labelled]:
    """Return all of them."""
    return list(_read(_FILE.read_text(encoding="utf-8").splitlines()))


def _read(lines: list[str]) -> Iterator[Labelled]:
    sentiment, case, kind, at = 0, "", None, 0
    for line in lines:
        if line.startswith("== "):
            name, case, *kinds = line[3:].split()
            sentiment, kind, at = _SENTIMENTS[name], next(iter(kinds), None), 0
        elif line and not line.startswith("#"):
            at += 1
            yield Labelled(line, sentiment, case, kind, "dev" if at % 2 else "test")
