"""Invented accounts that decide something: in some it does nothing, in others a known amount."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from opsdata.analysis.review import Review, Verdict, judge


def world(
    seed: int, effect: float = 0.0, posts: float = 2.0, treated: str = "mixed"
) -> pd.DataFrame:
    """Return the works around a decision; ``effect`` is what it adds to log totals.

    Accounts drift, days have luck of their own, hits happen, and the works concerned were
    different before already: ``mixed`` lie among the others, ``slots`` are whole days.
    """
    rng = np.random.default_rng(seed)
    per_day = rng.poisson(posts, 56 + 14)
    day = np.repeat(np.arange(70), per_day)
    n = len(day)
    account, genre = rng.integers(0, 2, n), rng.integers(0, 2, n)
    concerned = (day % 7 >= 5) if treated == "slots" else rng.random(n) < 0.35
    after = day >= 56
    logs = 8 + 0.8 * account - 0.3 * genre + 0.4 * concerned + 0.3 * after * account
    logs += rng.normal(0, 0.25, 70)[day] + rng.normal(0, 0.75, n)
    logs += np.where(rng.random(n) < 0.02, np.log(rng.uniform(5, 20, n)), 0)
    logs += effect * (concerned & after)
    return pd.DataFrame(
        {
            "account": np.where(account, "甲", "乙"),
            "genre": np.where(genre, "图文", "视频"),
            "day": pd.Timestamp("2026-01-01") + pd.to_timedelta(day, unit="D"),
            "total": np.expm1(logs),
            "treated": concerned,
            "after": after,
        }
    )


@dataclass(frozen=True)
class Measured:
    """Shares of worlds."""

    called: float
    """In which the decision is called effective."""
    covered: float
    """In which the interval holds the true effect, of those that say anything."""
    silent: float
    """In which there is not enough to say."""


def measured(worlds: int, effect: float, **kind: object) -> Measured:
    """Judge some worlds."""
    found: list[Review] = [judge(world(seed, effect, **kind)) for seed in range(worlds)]  # type: ignore[arg-type]
    said = [one for one in found if one.low is not None and one.high is not None]
    truth = math.expm1(effect)
    return Measured(
        sum(one.verdict is Verdict.WORKED for one in found) / worlds,
        sum(one.low <= truth <= one.high for one in said) / max(len(said), 1),  # type: ignore[operator]
        1 - len(said) / worlds,
    )
