"""What a young work will have in total at an age, learned from own grown works.

How a guess is made stands in ``growth``. It is learned at the very age of the young work,
over the works of its account that have passed the horizon; those of its genre alone when
there are enough. The past is forecast in the same way from what exports had told until
then, never later, to count how often the interval was right.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opsdata.analysis.curves import Curves, Numbers, Rows, curves
from opsdata.analysis.growth import Guess, fit
from opsdata.filters import Filters
from opsdata.store import Store

ENOUGH = 20
"""Grown works to learn from; with fewer nothing is said."""
ENOUGH_OF_GENRE = 40
"""With so many of the genre, works of other genres are left out."""
TRIED_AT = (1.0, 3.0, 7.0, 14.0)
"""A work of the past is forecast at its first export after each of these ages."""
MOST_TRIED = 300
"""So many past forecasts of an account are tried, the newest first."""


@dataclass(frozen=True)
class Expected:
    """One young work: what it has, and what it will have at the horizon, at 80 %."""

    video: str
    age_days: float
    so_far: float
    low: float
    mid: float
    high: float
    n: int


@dataclass(frozen=True)
class Backtest:
    """How forecasts of the past turned out."""

    n: int
    hits: int
    error: float
    """Median distance of the expected total from the real one, as a share of it."""
    naive_error: float
    """The same of the total so far times the median growth at that age."""

    @property
    def rate(self) -> float:
        """The share of intervals that held the real total."""
        return self.hits / self.n


@dataclass(frozen=True)
class Forecast:
    """The young works that can be forecast, the newest first, or the reason why none."""

    horizon: int
    videos: tuple[Expected, ...]
    grown: int
    """How many works have passed the horizon with their total known then."""
    reason: str | None
    backtest: Backtest | None


def forecast(store: Store, filters: Filters, metric: str = "views", horizon: int = 30) -> Forecast:
    """Return what the young works of some accounts are expected to have at an age."""
    every = curves(store, Filters(accounts=filters.accounts), metric, young=horizon)
    return expect(every, horizon)


def expect(every: Curves, horizon: int = 30) -> Forecast:
    """Return what the young among some works are expected to have at an age."""
    young = every.works["age"].to_numpy() < horizon
    accounts = every.works["account"].to_numpy()
    learned = lessons_of(every, horizon)
    most = max((len(lessons.rows) for lessons in learned), default=0)
    videos: list[Expected] = []
    tried: list[Tried] = []
    for lessons in learned:
        if len(lessons.rows) >= ENOUGH:
            own = young & (accounts == lessons.account)
            own[lessons.rows] = False
            videos += _young(every, np.flatnonzero(own), lessons)
            tried.append(past(every, lessons))
    videos.sort(key=lambda one: (one.age_days, one.video))
    reason = _reason(bool(videos), most, bool(young.any()))
    return Forecast(horizon, tuple(videos), most, reason, _judged(tried))


def _reason(has_any: bool, grown: int, has_young: bool) -> str | None:
    if has_any:
        return None
    if grown < ENOUGH:
        return "few_grown"
    return "few_at_age" if has_young else "none_young"


@dataclass(frozen=True)
class Lessons:
    """The grown works of an account: what they had at the horizon, and since when one knows."""

    account: str
    horizon: int
    rows: Rows
    final: Numbers
    known_from: NDArray[np.datetime64]
    genre: NDArray[np.object_]


def lessons_of(every: Curves, horizon: int) -> list[Lessons]:
    """Return the grown works of each account."""
    accounts = every.works["account"].to_numpy()
    genre = every.works["genre"].astype(object).to_numpy()
    final = every.at(np.arange(len(accounts)), np.array(float(horizon)))
    found = []
    for account in dict.fromkeys(accounts):
        rows = np.flatnonzero((accounts == account) & ~np.isnan(final))
        known_from = every.known_from(rows, float(horizon))
        found.append(Lessons(str(account), horizon, rows, final[rows], known_from, genre[rows]))
    return found


def _young(every: Curves, rows: Rows, lessons: Lessons) -> list[Expected]:
    works = every.works.iloc[rows]
    so_far = works["total"].to_numpy(dtype=float)
    guess = _guess(every, rows, works["age"].to_numpy(), so_far, lessons, None).whole()
    return [
        Expected(
            video=str(works["video"].iloc[i]),
            age_days=float(works["age"].iloc[i]),
            so_far=float(so_far[i]),
            low=float(guess.low[i]),
            mid=float(guess.mid[i]),
            high=float(guess.high[i]),
            n=int(guess.n[i]),
        )
        for i in np.flatnonzero(guess.n >= ENOUGH)
    ]


def _guess(
    every: Curves,
    rows: Rows,
    age: Numbers,
    so_far: Numbers,
    lessons: Lessons,
    moments: NDArray[np.datetime64] | None,
) -> Guess:
    """Forecast works at ages, from lessons known at some moments, or from all of them."""
    had = every.at(lessons.rows[None, :], age[:, None])
    usable = ~np.isnan(had) & (rows[:, None] != lessons.rows[None, :])
    if moments is not None:
        usable &= lessons.known_from[None, :] <= moments[:, None]
    genre = every.works["genre"].astype(object).to_numpy()[rows]
    alike = usable & (genre[:, None] == lessons.genre[None, :])
    enough = alike.sum(axis=1) >= ENOUGH_OF_GENRE
    return fit(had, lessons.final, np.where(enough[:, None], alike, usable), so_far)


@dataclass(frozen=True)
class Tried:
    """Forecasts of the past beside what came."""

    guess: Guess
    final: Numbers
    rows: Rows
    """The works that were forecast."""
    moments: NDArray[np.datetime64]
    """When."""


def past(every: Curves, lessons: Lessons) -> Tried:
    """Forecast grown works at the ages of their early exports, knowing what was known then."""
    rows = np.isin(every.owner, lessons.rows)
    chosen = _first_after(every, np.flatnonzero(rows), lessons.horizon)
    moments = every.moments(chosen)
    newest = np.argsort(moments, kind="stable")[::-1][:MOST_TRIED]
    chosen, moments = chosen[newest], moments[newest]
    owner = every.owner[chosen]
    guess = _guess(every, owner, every.age[chosen], every.total[chosen], lessons, moments)
    final = lessons.final[np.searchsorted(lessons.rows, owner)]
    known = guess.n >= ENOUGH
    return Tried(guess.only(known), final[known], owner[known], moments[known])


def _first_after(every: Curves, points: Rows, horizon: int) -> Rows:
    """Return of each work the first exports after the ages at which forecasts are tried."""
    stage = np.searchsorted(TRIED_AT, every.age[points], side="right")
    inside = (stage > 0) & (every.age[points] < min(TRIED_AT[-1] * 1.5, horizon))
    points, stage = points[inside], stage[inside]
    keys = every.owner[points] * (len(TRIED_AT) + 1) + stage
    return points[np.unique(keys, return_index=True)[1]]


def _judged(tried: list[Tried]) -> Backtest | None:
    """Return how often intervals held what came, and how far off the middle was."""
    if not sum(len(one.final) for one in tried):
        return None
    final = np.concatenate([one.final for one in tried])
    told = [one.guess.whole() for one in tried]
    low, high = (np.concatenate([getattr(one, name) for one in told]) for name in ("low", "high"))
    mid, naive = (
        np.concatenate([getattr(one.guess, name) for one in tried]) for name in ("mid", "naive")
    )
    real = np.maximum(final, 1)
    came = np.round(final)
    hits = int(((low <= came) & (came <= high)).sum())
    return Backtest(
        n=len(final),
        hits=hits,
        error=float(np.median(np.abs(mid - final) / real)),
        naive_error=float(np.median(np.abs(naive - final) / real)),
    )
