"""What came of a decision: the works it concerns against the others, before and after it.

The difference in differences of log totals at the same age: how much better the works
concerned did after the decision than before it, less how much better the others did. Level of
account and genre, and what happened to each account meanwhile, are taken out by least squares.
Works named one by one exist only afterwards; they are set against the others of that time at
the level of their account and genre.

Works of one day share its luck, so days change sign at random as a whole (wild cluster
bootstrap with the null imposed; Cameron, Gelbach and Miller 2008). The interval holds every
effect that lies within the 95 % point of the absolute t of those draws, so it leaves out zero
exactly when the test says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from opsdata.analysis.curves import curves
from opsdata.filters import Filters
from opsdata.store import Store
from opsdata.team.decisions import Decision, Scope

BEFORE_DAYS = 56
ENOUGH = 5
"""Each group has at least so many works, or nothing is said."""
AGES = (1.0, 3.0, 7.0)
"""Works are compared at the one of these ages, in days, at which most of them are known."""
_DRAWS = 1999
_LEVEL = 0.95

Numbers = NDArray[np.float64]


class Verdict(StrEnum):
    """What a review can say."""

    WORKED = "worked"
    AGAINST = "against"
    UNCLEAR = "unclear"
    NOT_ENOUGH = "not_enough"


@dataclass(frozen=True)
class Review:
    """The effect on typical totals (0.2 is +20 %) with its 95 % interval, and what it rests on."""

    verdict: Verdict
    treated_before: int
    treated_after: int
    others_before: int
    others_after: int
    age: float
    effect: float | None = None
    low: float | None = None
    high: float | None = None


def review(store: Store, one: Decision) -> Review:
    """Return what came of a decision by its review day."""
    every = curves(store, Filters(), one.metric)
    known = every.works[["video", "account", "genre", "published_at"]].copy()
    known["treated"] = known["video"].isin(concerned(store, one, known))
    known["day"] = pd.to_datetime(known["published_at"]).dt.normalize()
    known["after"] = known["day"] > pd.Timestamp(one.decided)
    first = one.decided - timedelta(days=BEFORE_DAYS)
    inside = known["day"].between(pd.Timestamp(first), pd.Timestamp(one.review_on)).to_numpy()
    rows = np.flatnonzero(inside)
    by_age = {age: known.iloc[rows].assign(total=every.at(rows, np.array(age))) for age in AGES}
    age, works = max(by_age.items(), key=lambda item: _least(item[1].dropna(subset=["total"])))
    return judge(works.dropna(subset=["total"]), one.direction, age)


def _least(works: pd.DataFrame) -> tuple[int, int]:
    """Return the size of the smallest group after the decision, and of all."""
    after = works[works["after"]]
    return int(min(after["treated"].sum(), (~after["treated"]).sum())), len(works)


def concerned(store: Store, one: Decision, known: pd.DataFrame) -> set[str]:
    """Return the keys of the works a decision concerns, of works with video, published_at."""
    if one.scope is Scope.WORKS:
        return set(one.parts)
    if one.scope is Scope.SLOTS:
        return set(known["video"][_in_slots(known["published_at"], one.parts)])
    name = {Scope.HASHTAGS: "hashtag", Scope.LABELS: "label"}[one.scope]
    rows = store.rows(
        f"select distinct video from video_{name} where {name} in (select unnest($parts))",
        {"parts": list(one.parts)},
    )
    return {video for (video,) in rows}


def _in_slots(published: pd.Series, slots: tuple[str, ...]) -> pd.Series:
    """Return which moments lie in slots such as ``weekday-20``: four hours from then on."""
    weekend = published.dt.day_of_week >= 5
    found = pd.Series(False, index=published.index)
    for slot in slots:
        kind, _, hour = slot.partition("-")
        days = {"weekday": ~weekend, "weekend": weekend}.get(kind, weekend | ~weekend)
        found |= days & published.dt.hour.between(int(hour), int(hour) + 3)
    return found


def judge(works: pd.DataFrame, direction: str = "up", age: float = AGES[-1]) -> Review:
    """Return the verdict over works: account, genre, day, total, treated, after."""
    treated, late = works["treated"], works["after"]
    groups = (treated & ~late, treated & late, ~treated & ~late, ~treated & late)
    before, after, others_before, others_after = (int(group.sum()) for group in groups)
    counts = Review(Verdict.NOT_ENOUGH, before, after, others_before, others_after, age)
    if min(after, others_before, others_after) < ENOUGH or 0 < before < ENOUGH:
        return counts
    found = _difference(works, twice=before > 0)
    if found is None:
        return counts
    effect, low, high = (math.expm1(value) for value in found)
    sign = 1 if direction == "up" else -1
    verdict = Verdict.UNCLEAR
    if low > 0 or high < 0:
        verdict = Verdict.WORKED if sign * effect > 0 else Verdict.AGAINST
    return replace(counts, verdict=verdict, effect=effect, low=low, high=high)


def _difference(works: pd.DataFrame, twice: bool) -> tuple[float, float, float] | None:
    """Return the effect in logs with its interval; None when the groups cannot be told apart."""
    treated = works["treated"].to_numpy(dtype=float)
    after = works["after"].to_numpy(dtype=float)
    explained = [*_dummies(works["account"] + "\n" + works["genre"].fillna(""))]
    explained += [after * column for column in _dummies(works["account"])]
    if twice:
        explained.append(treated)
    basis = np.linalg.svd(np.column_stack(explained), full_matrices=False)
    base = basis[0][:, basis[1] > 1e-9 * basis[1][0]]
    wanted = treated * after
    wanted -= base @ (base.T @ wanted)
    weight = float(wanted @ wanted)
    if weight < 1e-6:
        return None
    logs = np.log1p(works["total"].to_numpy(dtype=float))
    left = logs - base @ (base.T @ logs)
    days = pd.factorize(works["day"])[0]
    effect = float(wanted @ left) / weight
    error = float(_errors(wanted, left[:, None], weight, days)[1][0])
    if error <= 0:
        return None
    reach = _reach(wanted, left, base, weight, days) * error
    return effect, effect - reach, effect + reach


def _dummies(values: pd.Series) -> list[Numbers]:
    codes, names = pd.factorize(values)
    return [(codes == code).astype(float) for code in range(len(names))]


def _errors(
    wanted: Numbers, left: Numbers, weight: float, days: NDArray[np.intp]
) -> tuple[Numbers, Numbers]:
    """Return the effect in each column of residuals, and its error clustered by day."""
    effects = wanted @ left / weight
    scores = wanted[:, None] * (left - wanted[:, None] * effects)
    sums = np.zeros((days.max() + 1, left.shape[1]))
    np.add.at(sums, days, scores)
    n = len(sums)
    return effects, np.sqrt((sums**2).sum(axis=0) * n / max(n - 1, 1)) / weight


def _reach(
    wanted: Numbers, left: Numbers, base: Numbers, weight: float, days: NDArray[np.intp]
) -> float:
    """Return how many errors away from the truth an effect lies in 95 % of the draws."""
    signs = np.random.default_rng(0).choice((-1.0, 1.0), (days.max() + 1, _DRAWS))
    drawn = left[:, None] * signs[days]
    drawn -= base @ (base.T @ drawn)
    effects, errors = _errors(wanted, drawn, weight, days)
    return float(np.quantile(np.abs(effects / np.where(errors > 0, errors, np.inf)), _LEVEL))
