"""Worlds in which the effect of every trait is known, and what the analysis says of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from opsdata.analysis.factors import Factors, Verdict, judge
from opsdata.analysis.shrinkage import beta_prior, rates
from opsdata.analysis.traits import Trait, Traits
from opsdata.team.beliefs import KPIS

STRONG = Trait("hashtag", "0")
KINDS = ("图文 photo", "1min-视频 0-1min", "1-3min视频 1-3min")


def world(seed: int, n: int = 400, lift: float = 0.0, share: float = 0.2) -> Traits:
    """Return works of three accounts; the first hashtag multiplies plays by 1 + lift.

    Everything else is there to mislead: accounts and kinds differ, use different hashtags and
    titles, have trends, works are of all ages, and a few are hits.
    """
    rng = np.random.default_rng(seed)
    account, kind = rng.integers(0, 3, n), rng.choice(3, n, p=[0.3, 0.45, 0.25])
    age = np.sort(rng.uniform(7, 370, n))
    has = rng.random((n, 22)) < np.concatenate([[share], rng.uniform(0.03, 0.3, 21)])
    has[:, 1] &= account == 0
    has[:, 2] &= kind == 0
    has[:, 3] &= age > 180
    log_plays = 7.5 + np.array([0.0, 0.6, -0.9])[account] + np.array([-0.2, 0, 0.3])[kind]
    log_plays += 0.5 * (account == 1) * (1 - age / 370) + rng.normal(0, 0.85, n)
    log_plays += (rng.random(n) < 0.02) * rng.uniform(2.2, 3.5, n) - 0.5 / age
    log_plays += np.log1p(lift) * has[:, 0]
    works = _works(rng, np.floor(np.exp(log_plays)), account, kind, age)
    names = [Trait("hashtag" if at < 14 else "title", str(at)) for at in range(22)]
    return Traits(works, tuple(names), has)


def _works(
    rng: np.random.Generator, views: np.ndarray, account: np.ndarray, kind: np.ndarray,
    age: np.ndarray,
) -> pd.DataFrame:  # fmt: skip
    n = len(views)
    quality = rng.normal(0, 1, n)
    usual = np.array([0.2, 0.3, 0.14])[kind]
    return pd.DataFrame(
        {
            "video": [f"v{at}" for at in range(n)],
            "account": np.array(["甲", "乙", "丙"])[account],
            "published_at": pd.Timestamp("2026-11-01") - pd.to_timedelta(age, unit="D"),
            "age_days": age,
            "kind": np.array(KINDS)[kind],
            "genre": [KINDS[at].split()[0] for at in kind],
            "views": views,
            "completion_rate": usual * np.exp(0.2 * quality),
            "follower_gain": rng.poisson(views * 0.003 * np.exp(0.5 * quality)).astype(float),
            "favorites": rng.poisson(views * 0.008 * np.exp(0.5 * quality)).astype(float),
        }
    )


def claimed(found: Factors) -> list[Trait]:
    return [g.trait for g in found.groups if g.verdict is not Verdict.NOT_ENOUGH]


def null_claims(worlds: int, n: int, kpi: str = "views", first: int = 0) -> float:
    """Return the share of worlds without any effect in which one is claimed."""
    return float(np.mean([bool(claimed(judge(world(first + at, n), kpi))) for at in range(worlds)]))


def planted(worlds: int, n: int, lift: float, first: int = 5000) -> tuple[float, float, float]:
    """Return how often a planted effect is found, how often its interval holds the truth, and
    how often something else is claimed beside it.
    """
    found, held, beside = [], [], []
    for at in range(worlds):
        answer = judge(world(first + at, n, lift))
        mine = next(g for g in answer.groups if g.trait == STRONG)
        found.append(mine.verdict is Verdict.SUPPORTS)
        held.append(mine.low <= lift <= mine.high)
        beside.append(bool(set(claimed(answer)) - {STRONG}))
    return float(np.mean(found)), float(np.mean(held)), float(np.mean(beside))


def coverage(worlds: int, n: int, first: int = 9000) -> float:
    """Return how often the intervals of traits without effect hold zero."""
    held = [
        group.low <= 0 <= group.high
        for at in range(worlds)
        for group in judge(world(first + at, n)).groups
    ]
    return float(np.mean(held))


def early_plays(worlds: int, first: int = 100) -> tuple[float, float]:
    """Return how well raw and shrunken rates of works' first plays rank their later rates."""
    raw, shrunk = [], []
    for at in range(worlds):
        rng = np.random.default_rng(first + at)
        tries = np.floor(rng.lognormal(6, 1.5, 300)).clip(10)
        truth = rng.beta(8, 992, 300)
        hits, later = rng.binomial(tries.astype(int), truth), rng.binomial(50_000, truth)
        kept = rates(hits.astype(float), tries, beta_prior(hits.astype(float), tries))[0]
        ranked = pd.DataFrame({"raw": hits / tries, "kept": kept, "later": later}).rank()
        raw.append(ranked["raw"].corr(ranked["later"]))
        shrunk.append(ranked["kept"].corr(ranked["later"]))
    return float(np.mean(raw)), float(np.mean(shrunk))


def figures() -> Iterator[str]:
    """Yield how often a trait is claimed where there is none, and found where there is one."""
    for n in (22, 60, 400, 1500):
        yield f"null worlds of {n} works with a claim: {null_claims(200, n):.1%} of 200"
    for kpi in KPIS[1:]:
        yield f"null worlds of 400 works with a claim on {kpi}: {null_claims(200, 400, kpi):.1%}"
    for n, lift in ((300, 0.6), (600, 0.6), (1500, 0.6), (400, 1.0), (1500, 0.3)):
        found, held, beside = planted(100, n, lift)
        yield (
            f"planted +{lift:.0%} on a fifth of {n} works: found in {found:.0%} of 100 worlds, "
            f"truth inside its interval in {held:.0%}, another claimed beside it in {beside:.0%}"
        )
    yield f"intervals of traits without effect that hold zero: {coverage(50, 400):.1%}"
    raw, kept = early_plays(50)
    yield f"early rates against later ones, rank correlation: raw {raw:.3f}, shrunken {kept:.3f}"
