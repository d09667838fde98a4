"""Times of two ways to do a thing, taken in turns so that the machine's mood hits both."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Run = Callable[[], None]


@dataclass(frozen=True)
class Measured:
    """Median seconds of our way and of the bare way."""

    name: str
    ours: float
    bare: float
    aim: float | None = None
    """The ratio we want to stay below."""

    def __str__(self) -> str:
        aim = f"   aim ≤ {self.aim:g}×" if self.aim else ""
        return (
            f"{self.name:<50}{self.ours:>8.2f} s{self.bare:>10.3f} s"
            f"{self.ours / self.bare:>8.1f}×{aim}"
        )


def measured(
    name: str, ours: Run, bare: Run, rounds: int = 3, aim: float | None = None
) -> Measured:
    """Return the medians of some rounds, each round running both."""
    times = [(_seconds(ours), _seconds(bare)) for _ in range(rounds)]
    return Measured(name, median(t[0] for t in times), median(t[1] for t in times), aim)


def _seconds(run: Run) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
