"""Invented accounts that run a campaign: in some it does nothing, in others a known amount."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from opsdata.analysis.campaign_days import against_usual
from opsdata.analysis.campaign_works import matched
from opsdata.analysis.placebo import Effect, Verdict
from tests.simulate.pacing import world as plays

START = date(2026, 1, 1)
DAYS = 300
LENGTH = 14


def works_judged(seed: int, effect: float, tagged: float = 0.4, days: int = DAYS) -> Effect:
    """Judge the works of a campaign; ``effect`` is what it adds to their typical totals.

    The account drifts and has weekdays, days have luck of their own, hits happen; a share of
    the works of the campaign's days carries its hashtag.
    """
    rng = np.random.default_rng(seed)
    day = np.repeat(np.arange(days), rng.poisson(2.5, days))
    n = len(day)
    since = int(rng.integers(days * 2 // 3, days - 2 * LENGTH))
    inside = (day >= since) & (day < since + LENGTH)
    genre, band = rng.integers(0, 2, n), rng.integers(0, 2, n)
    logs = 8 + np.cumsum(rng.normal(0, 0.02, days))[day] + 0.3 * genre - 0.2 * band
    logs += 0.15 * (day % 7 >= 5) + rng.normal(0, 0.15, days)[day] + rng.normal(0, 0.75, n)
    logs += np.where(rng.random(n) < 0.02, np.log(rng.uniform(5, 20, n)), 0)
    mine = inside & (rng.random(n) < tagged)
    works = pd.DataFrame(
        {
            "video": np.arange(n).astype(str),
            "account": "号",
            "genre": genre.astype(str),
            "length_band": band.astype(str),
            "day": pd.Timestamp(START) + pd.to_timedelta(day, unit="D"),
            "total": np.expm1(logs + np.log1p(effect) * mine),
        }
    )
    return matched(works, START + timedelta(days=since), LENGTH, mine, inside).effect


def days_judged(seed: int, effect: float, days: int = DAYS) -> Effect:
    """Judge the days of a campaign in a world whose days hang together."""
    values = plays(seed, days)
    since = int(np.random.default_rng(seed).integers(days * 2 // 3, days - 2 * LENGTH))
    values.iloc[since : since + LENGTH] *= 1 + effect
    first = values.index[since].date()
    busy = frozenset(first + timedelta(days=i) for i in range(LENGTH))
    series = pd.DataFrame({"day": values.index, "value": values.to_numpy()})
    found = against_usual(series, first, LENGTH, busy)
    assert found is not None
    return found.effect


@dataclass(frozen=True)
class Measured:
    """Shares of worlds."""

    claimed: float
    """In which the campaign is said to have done anything."""
    found: float
    """In which it is said to have done good."""
    covered: float
    """In which the interval holds the true effect, of those that say anything."""
    silent: float


def measured(
    worlds: int, effect: float, judged: Callable[..., Effect] = works_judged, **kind: object
) -> Measured:
    """Judge some worlds."""
    every = [judged(seed, effect, **kind) for seed in range(worlds)]
    said = [one for one in every if one.low is not None and one.high is not None]
    return Measured(
        sum(one.verdict in (Verdict.HIGHER, Verdict.LOWER) for one in every) / worlds,
        sum(one.verdict is Verdict.HIGHER for one in every) / worlds,
        sum(one.low <= effect <= one.high for one in said) / max(len(said), 1),  # type: ignore[operator]
        1 - len(said) / worlds,
    )


def figures() -> Iterable[str]:
    """Yield the figures of works and of days, of null campaigns and of planted ones."""
    for name, judged in (("works", works_judged), ("days", days_judged)):
        for effect in (0.0, 0.3, 0.6, 1.0):
            one = measured(300, effect, judged)
            yield (
                f"{name}, true effect {effect:+.0%}: claimed {one.claimed:.1%}, called higher "
                f"{one.found:.1%}, interval holds it {one.covered:.1%}, silent {one.silent:.1%}"
            )
