"""Forecasts against what came: how many intervals held, and how far off their middle was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from opsdata.analysis.forecast import expect
from tests.simulate.lives import World, world


@dataclass(frozen=True)
class Trial:
    """Forecasts of young works in some worlds, beside the truth and the app's own count."""

    hits: int
    n: int
    error: float
    naive: float
    told: float
    """The share of hits that the backtest on the page tells."""
    below: int
    """Forecasts that lie below what the work already has; there must be none."""

    @property
    def rate(self) -> float:
        return self.hits / self.n


def trial(seeds: range, works: int = 200, every: float = 7.0) -> Trial:
    """Forecast the young works of worlds on their last day, and look up what they came to."""
    hits = n = below = 0
    tested = [0, 0]
    errors: list[float] = []
    naive: list[float] = []
    for seed in seeds:
        one = world(seed, works)
        every_curve = one.curves(every)
        found = expect(every_curve)
        if found.backtest is not None:
            tested[0] += found.backtest.hits
            tested[1] += found.backtest.n
            errors.append(found.backtest.error)
            naive.append(found.backtest.naive_error)
        for guess in found.videos:
            real = _real(one, guess.video)
            hits += guess.low <= real <= guess.high
            below += not guess.so_far <= guess.low <= guess.mid <= guess.high
            n += 1
    return Trial(
        hits=hits,
        n=n,
        error=float(np.mean(errors)),
        naive=float(np.mean(naive)),
        told=tested[0] / tested[1],
        below=below,
    )


def _real(one: World, video: str) -> float:
    row = np.array([int(video.removeprefix("v"))])
    return float(one.totals(row, np.array([30.0]))[0])


def figures() -> Iterable[str]:
    """The figures of many worlds: weekly and daily exports, small and large accounts."""
    for works, every in ((80, 7.0), (200, 7.0), (200, 1.0), (400, 7.0)):
        one = trial(range(100 if works < 400 else 40), works, every)
        yield (
            f"{works} works, export every {every:.0f} d: {one.n} forecasts, 80% intervals held "
            f"{one.rate:.1%} (told on the page {one.told:.1%}); median error {one.error:.2%}, "
            f"naive {one.naive:.2%}; below so far {one.below}"
        )
