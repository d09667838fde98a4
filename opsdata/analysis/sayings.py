"""The team's sayings, tested: each is a trait of its own, judged like any other (``factors``).

False discoveries are controlled over all sayings together; but a saying that is exactly one
trait is judged among all traits, so that the same thing never has two verdicts. Since when a
verdict stands is found by testing again on the works known a week ago, two weeks ago, and so on.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from opsdata.analysis import factors, shrinkage
from opsdata.analysis.adjusted import adjustment, effects
from opsdata.analysis.factors import LEAST_WORKS, LEVEL, Verdict, intervals, needed, plain, verdict
from opsdata.analysis.outcomes import outcome
from opsdata.analysis.traits import FEWEST, GROWN_DAYS, Trait, Traits, grown, traits
from opsdata.filters import Filters
from opsdata.store import Store
from opsdata.team.beliefs import Belief, Conditions, beliefs

WEEKS_BACK = 26
MOST = 3_000
"""So many of the newest works are asked, week after week."""


@dataclass(frozen=True)
class Judged:
    """A saying and what the works say of it; no effect where too few works are about it."""

    belief: Belief
    n: int
    verdict: Verdict = Verdict.NOT_ENOUGH
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    needed: int = 0
    """So many grown works would show a strong effect."""
    since: date | None = None
    """The day whose works changed the verdict to this; None if it was so half a year ago."""


def verdicts(store: Store, filters: Filters) -> list[Judged]:
    """Return every saying with its verdict, from all grown works of the accounts of a view."""
    said = beliefs(store)
    if not said:
        return []
    every = Filters(accounts=filters.accounts)
    works = grown(store, every, MOST)
    has = np.column_stack([meets(store, works, one.conditions) for one in said])
    shown = traits(store, every) if any(trait(one.conditions) for one in said) else None
    now = as_shown(judge(works, has, said), shown)
    return [replace(one, since=day) for one, day in zip(now, _since(now, works, has, shown),
                                                         strict=True)]  # fmt: skip


def trait(wanted: Conditions) -> Trait | None:
    """Return the one trait that some conditions are, None where they are more or others."""
    given = [(name, value) for name, value in asdict(wanted).items() if value not in (None, ())]
    if len(given) != 1 or given[0][0] not in ("label", "hashtag", "genre", "length_band"):
        return None
    return Trait(*given[0])


def as_shown(found: list[Judged], shown: Traits | None) -> list[Judged]:
    """Return sayings, those that are exactly one trait with what is said of it among all."""
    if shown is None:
        return found
    groups = {
        (kpi, group.trait): group
        for kpi in {one.belief.kpi for one in found if trait(one.belief.conditions)}
        for group in factors.judge(shown, kpi).groups
    }
    keys = [(one.belief.kpi, trait(one.belief.conditions)) for one in found]
    return [
        _of_group(one, groups[kpi, own]) if own and (kpi, own) in groups else one
        for one, (kpi, own) in zip(found, keys, strict=True)
    ]


def _of_group(one: Judged, group: factors.Group) -> Judged:
    claimed = group.verdict is not Verdict.NOT_ENOUGH
    said = verdict(claimed, (group.effect > 0) == one.belief.better)
    return replace(
        one, n=group.n, verdict=said, effect=group.effect, low=group.low, high=group.high
    )


def _known_at(works: pd.DataFrame) -> pd.Series:
    return works["published_at"] + pd.Timedelta(days=GROWN_DAYS)


def _before(shown: Traits | None, day: pd.Timestamp) -> Traits | None:
    """Return the works of some traits that were known on a day."""
    if shown is None:
        return None
    known = (_known_at(shown.works) <= day).to_numpy()
    return Traits(shown.works[known], shown.names, shown.has[known])


def _since(
    now: list[Judged], works: pd.DataFrame, has: np.ndarray, shown: Traits | None
) -> list[date | None]:
    """Return since when each verdict stands, going back week by week."""
    known_at = _known_at(works)
    found: list[date | None] = [None] * len(now)
    open_ = set(range(len(now)))
    last = known_at.max()
    for week in range(1, WEEKS_BACK + 1):
        known = (known_at <= last - timedelta(weeks=week)).to_numpy()
        if not open_ or not len(works):
            break
        then = judge(works[known], has[known], [one.belief for one in now])
        then = as_shown(then, _before(shown, last - timedelta(weeks=week)))
        for at in [at for at in open_ if then[at].verdict is not now[at].verdict]:
            found[at] = (last - timedelta(weeks=week - 1)).date()
            open_.discard(at)
    return found


def judge(works: pd.DataFrame, has: np.ndarray, said: list[Belief]) -> list[Judged]:
    """Return sayings with their verdicts; ``has`` says which works each is about, by column."""
    found = [Judged(one, int(has[:, at].sum())) for at, one in enumerate(said)]
    scores = np.ones(len(said))
    for kpi, by_kind in sorted({(one.kpi, _by_kind(one)) for one in said}):
        values = outcome(works, kpi)
        rows = ~np.isnan(values)
        ats = [
            at
            for at, one in enumerate(said)
            if (one.kpi, _by_kind(one)) == (kpi, by_kind) and _enough(has[rows, at])
        ]
        if rows.sum() >= LEAST_WORKS and ats:
            _test(works[rows], values[rows], has[np.ix_(rows, ats)], ats, found, scores)
    claimed = shrinkage.discoveries(scores, LEVEL)
    return [_with_verdict(one, bool(claimed[at])) for at, one in enumerate(found)]


def _by_kind(belief: Belief) -> bool:
    """Whether works are compared inside their kind: not when the saying is about the kind."""
    return not (belief.conditions.genre or belief.conditions.length_band)


def _enough(has: np.ndarray) -> bool:
    return bool(has.sum() >= FEWEST and (~has).sum() >= FEWEST)


def _test(
    works: pd.DataFrame, values: np.ndarray, has: np.ndarray, ats: list[int],
    found: list[Judged], scores: np.ndarray,
) -> None:  # fmt: skip
    """Put effects and chances of some sayings about one KPI in their places."""
    one = found[ats[0]].belief
    made = effects(values, has, adjustment(works, _by_kind(one)))
    p = shrinkage.p_values(made.values / made.errors, made.freedom)
    means, low, high = intervals(made.values, made.errors, made.freedom, ats, one.kpi)
    for column, at in enumerate(ats):
        found[at] = replace(found[at], n=int(has[:, column].sum()),
                            needed=needed(len(found), one.kpi, made.scale))  # fmt: skip
        if not np.isnan(means[column]):
            effect, least, most = plain(means[column], low[column], high[column], one.kpi)
            found[at] = replace(found[at], effect=effect, low=least, high=most)
            scores[at] = p[column]


def _with_verdict(one: Judged, claimed: bool) -> Judged:
    if one.effect is None or one.low is None or one.high is None:
        return one
    as_said = (one.effect > 0) == one.belief.better
    return replace(one, verdict=verdict(claimed and one.low * one.high > 0, as_said))


def meets(store: Store, works: pd.DataFrame, wanted: Conditions) -> np.ndarray:
    """Return which works meet some conditions."""
    found = np.full(len(works), not wanted.empty)
    for dimension, value in (("label", wanted.label), ("hashtag", wanted.hashtag)):
        if value is not None:
            sql = f"select video from video_{dimension} where {dimension} = $value"
            having = {video for (video,) in store.rows(sql, {"value": value})}
            found &= works["video"].isin(having).to_numpy()
    for column, value in (("genre", wanted.genre), ("length_band", wanted.length_band)):
        if value is not None:
            found &= (works[column] == value).to_numpy()
    if wanted.title_has is not None:
        lower = works["title"].fillna("").str.lower()
        found &= lower.str.contains(wanted.title_has.lower(), regex=False).to_numpy(dtype=bool)
    if wanted.weekdays:
        found &= (works["published_at"].dt.day_of_week + 1).isin(wanted.weekdays).to_numpy()
    found &= _in_hours(works["published_at"].dt.hour.to_numpy(), wanted)
    return found


def _in_hours(hours: np.ndarray, wanted: Conditions) -> np.ndarray:
    """Return which hours lie in the wanted ones, which may go over midnight."""
    first, end = wanted.hour_from, wanted.hour_to
    if first is None or end is None or first == end:
        return np.ones(len(hours), dtype=bool)
    inside = (hours >= first) & (hours < end)
    over_midnight = (hours >= first) | (hours < end)
    return np.asarray(inside if first < end else over_midnight)
