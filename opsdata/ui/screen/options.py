"""What the address of the wall says: which slides, how long, how large, how dark.

A value that cannot be used means its default, so a mistyped link still shows the wall.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opsdata.filters import PERIODS

INTERVALS = (10, 300)
INTERVAL = 30
"""Seconds a slide stays, between a least and a most."""

SIZE = (65.0, 5.0)
"""Inches of the screen, and metres to the last row."""

SCALES = (0.7, 1.4)
"""Text follows the distance only so far: beyond, a slide would not hold it."""

HEAVIEST = 9
THEMES = ("dark", "light")


@dataclass(frozen=True)
class Options:
    """How one wall shows what."""

    slides: tuple[str, ...]
    weights: tuple[int, ...]
    pin: str = ""
    interval: int = INTERVAL
    theme: str = THEMES[0]
    size: tuple[float, float] = SIZE
    night: tuple[int, int] | None = None
    period: str = "30d"

    @property
    def scale(self) -> float:
        """How much larger text is than on the usual screen at the usual distance.

        The height of a letter follows the distance over the height of the picture
        (AVIXA DISCAS, basic decision making).
        """
        wanted = distance(*self.size) / distance(*SIZE)
        return min(max(wanted, SCALES[0]), SCALES[1])


def distance(inches: float, metres: float) -> float:
    """Return how many heights of a 16:9 picture the last row is away.

    >>> round(distance(65, 5), 2)
    6.18
    """
    return metres / (inches * 0.0254 * 9 / math.hypot(16, 9))


def read(
    params: Mapping[str, str],
    known: Sequence[str],
    size: str | None = None,
    night: str | None = None,
) -> Options:
    """Return the options in an address; size and night hours are else those of the settings."""
    chosen = _slides(params.get("slides", ""), known)
    pin = params.get("pin", "")
    theme, period = params.get("theme", ""), params.get("period", "")
    return Options(
        slides=tuple(chosen),
        weights=tuple(chosen.values()),
        pin=pin if pin in known else "",
        interval=_interval(params.get("interval", "")),
        theme=theme if theme in THEMES else THEMES[0],
        size=screen_size(params.get("size", "")) or screen_size(size or "") or SIZE,
        night=hours(params.get("night", "")) or hours(night or ""),
        period=period if period in PERIODS else "30d",
    )


def _slides(text: str, known: Sequence[str]) -> dict[str, int]:
    """Return the slides named, each with its weight: ``headline:2,trend``."""
    found: dict[str, int] = {}
    for part in text.split(","):
        name, _, weight = part.strip().partition(":")
        if name in known:
            found[name] = min(max(int(weight), 1), HEAVIEST) if weight.isdecimal() else 1
    return found or dict.fromkeys(known, 1)


def _interval(text: str) -> int:
    return min(max(int(text), INTERVALS[0]), INTERVALS[1]) if text.isdecimal() else INTERVAL


def screen_size(text: str) -> tuple[float, float] | None:
    """Return inches and metres.

    >>> screen_size("55,4.5"), screen_size("0,1"), screen_size("large")
    ((55.0, 4.5), None, None)
    """
    try:
        inches, metres = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (inches, metres) if 10 <= inches <= 500 and 0.5 <= metres <= 50 else None


def hours(text: str) -> tuple[int, int] | None:
    """Return from which to which hour the wall is black.

    >>> hours("22-7"), hours("7-7"), hours("25-3")
    ((22, 7), None, None)
    """
    since, _, until = text.partition("-")
    if not (since.isdecimal() and until.isdecimal()):
        return None
    found = int(since), int(until)
    return found if max(found) <= 24 and found[0] != found[1] else None


def order(weights: Sequence[int]) -> list[int]:
    """Return the slides of one round, those of more weight more often and spread evenly.

    >>> order([2, 1, 1]), order([1, 1])
    ([0, 1, 2, 0], [0, 1])
    """
    left = [0] * len(weights)
    found = []
    for _ in range(sum(weights)):
        left = [have + weight for have, weight in zip(left, weights, strict=True)]
        first = left.index(max(left))
        left[first] -= sum(weights)
        found.append(first)
    return found
