"""What came of a campaign: its works before, during and after, its days, its goal, its cost.

Works are set against matched own ones (``campaign_works``), days against the usual weekdays
(``campaign_days``); both are checked against placebo dates. Totals are read at one age where
exports tell it of enough works, else as they are now of works old enough to have grown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from opsdata import queries, trends
from opsdata.analysis.campaign_days import Days, against_usual
from opsdata.analysis.campaign_works import BEFORE_DAYS, ENOUGH, Matched, matched
from opsdata.analysis.curves import COUNTABLE, curves
from opsdata.analysis.placebo import Effect, lacking
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.metrics import Basis, Grain
from opsdata.store import Store
from opsdata.team.campaigns import Campaign, busy_days, campaigns

METRICS = (*COUNTABLE, "posts")
"""What a campaign's goal can be of."""
AGES = (1.0, 3.0, 7.0)
"""Works are compared at the one of these ages, in days, at which most of them are known."""
_GROWN_DAYS = 7


@dataclass(frozen=True)
class Goal:
    """What the works of a campaign have in total so far, against what they are to have."""

    metric: str
    so_far: float | None
    goal: float | None
    budget: float | None

    @property
    def share(self) -> float | None:
        """How much of the goal is reached; None without a goal, or where nothing is known."""
        return None if self.so_far is None or not self.goal else self.so_far / self.goal

    @property
    def cost(self) -> float | None:
        """Yuan of the budget for each one reached; None where either is not known or none is."""
        return None if self.budget is None or not self.so_far else self.budget / self.so_far


@dataclass(frozen=True)
class Result:
    """Everything that is known of a campaign."""

    campaign: Campaign
    metric: str
    """What its works are compared by."""
    until: date | None
    """The newest day of data."""
    goal: Goal
    before: int
    """How many works there are to match with, from before."""
    during: Matched
    after: Matched
    days: Days | None
    """None where no days are known."""
    works: pd.DataFrame
    """The campaign's works: video, title, account, published_at, total now, ratio to its match."""
    age: float | None = None
    """The age in days at which works are compared, None for their totals so far."""

    @property
    def effect(self) -> Effect:
        """What can be said of its works, the first thing there is to say."""
        return self.during.effect


def result(store: Store, key: int) -> Result | None:
    """Return what came of a campaign, None when there is none of that key."""
    every = campaigns(store)
    one = next((found for found in every if found.key == key), None)
    if one is None:
        return None
    metric = one.metric if one.metric in COUNTABLE else "views"
    until = queries.newest(store, Basis.PUBLISHED, one.accounts)
    works, age = _works(store, one, metric)
    mine = works["mine"].to_numpy(dtype=bool)
    busy = _busy(works, every)
    during, after = _stretches(works, one, mine, busy, until)
    return Result(
        campaign=one,
        metric=metric,
        until=until,
        goal=reached(store, one),
        before=int(
            (~busy & _from(works, one.since - timedelta(days=BEFORE_DAYS), one.since)).sum()
        ),
        during=during,
        after=after,
        days=_days(store, one, metric, every),
        works=_listed(store, one, metric).merge(during.works, on="video", how="left"),
        age=age,
    )


def results(store: Store) -> tuple[Result, ...]:
    """Return what came of every campaign, the latest first."""
    found = (result(store, one.key) for one in campaigns(store))
    return tuple(one for one in found if one is not None)


def reached(store: Store, one: Campaign) -> Goal:
    """Return how far a campaign's works are on the way to its goal."""
    found = queries.measure(store, [one.metric], _of(one))[one.metric][0]
    return Goal(one.metric, None if pd.isna(found) else float(found), one.goal, one.budget)


def _of(one: Campaign) -> Filters:
    """Return the works of a campaign as filters."""
    return Filters(one.since, one.until, accounts=one.accounts, hashtags=one.hashtags)


def _stretches(
    works: pd.DataFrame, one: Campaign, mine: np.ndarray, busy: np.ndarray, until: date | None
) -> tuple[Matched, Matched]:
    """Return how the campaign's works did, and all works as long again after it."""
    nothing = works.iloc[:0].assign(ratio=0.0)[["video", "ratio"]]
    if works.empty or until is None or until < one.since:
        none = Matched(lacking("not_begun", 0, ENOUGH), nothing)
        return none, none
    so_far = min(one.days, (until - one.since).days + 1)
    during = matched(works, one.since, so_far, mine, busy)
    after = matched(works, one.since, one.days, ~mine & ~busy, busy, later=one.days)
    return during, after


def _works(store: Store, one: Campaign, metric: str) -> tuple[pd.DataFrame, float | None]:
    """Return the works of a campaign's accounts that can be compared, and at which age."""
    lives = curves(store, Filters(accounts=one.accounts), metric)
    facts = _facts(store, one, list(lives.works["video"]))
    rows = np.arange(len(lives.works))
    by_age = [
        (age, facts.merge(_at(lives.works["video"], lives.at(rows, np.array(age))), on="video"))
        for age in AGES
    ]
    age, known = max(by_age, key=lambda item: _least(item[1]))
    if _least(known)[0] >= ENOUGH:
        return known.reset_index(drop=True), age
    now = _at(lives.works["video"], lives.works["total"].to_numpy(dtype=float))
    grown = now[(lives.works["age"] >= _GROWN_DAYS).to_numpy()[now.index]]
    return facts.merge(grown, on="video").reset_index(drop=True), None


def _at(videos: pd.Series, totals: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"video": videos, "total": totals}).dropna(subset=["total"])


def _least(known: pd.DataFrame) -> tuple[int, int]:
    """Return how many of the campaign's works are known, or others if fewer, and of all."""
    mine = int(known["mine"].sum())
    return min(mine, len(known) - mine), len(known)


def _facts(store: Store, one: Campaign, videos: list[str]) -> pd.DataFrame:
    """Return what the public ones of some works are, and whether they belong to a campaign."""
    whose = Filters(accounts=one.accounts, public_only=True)
    where, values = whose.where(Grain.WORK)
    return store.frame(
        "select video, account, genre, length_band, day, published_at, "
        "day between $first and $last and (length($tags) = 0 or exists (select 1 from "
        "video_hashtag as h where h.video = work.video and list_contains($tags, h.hashtag))) "
        f"as mine from work where {where} and video in (select unnest($videos)) "
        "order by published_at, video",
        {
            **values,
            "first": one.since,
            "last": one.until,
            "tags": list(one.hashtags),
            "videos": videos,
        },
    )


def _busy(works: pd.DataFrame, every: tuple[Campaign, ...]) -> np.ndarray:
    """Return which works were published on days of any campaign of their account."""
    days = pd.to_datetime(works["day"]).dt.date
    of_account = {name: busy_days(every, name) for name in works["account"].unique()}
    pairs = zip(works["account"], days, strict=True)
    return np.array([day in of_account[name] for name, day in pairs], dtype=bool)


def _from(works: pd.DataFrame, first: date, last: date) -> np.ndarray:
    days = pd.to_datetime(works["day"])
    found: np.ndarray = ((days >= pd.Timestamp(first)) & (days < pd.Timestamp(last))).to_numpy()
    return found


def _days(store: Store, one: Campaign, metric: str, every: tuple[Campaign, ...]) -> Days | None:
    """Return what the account's days brought, None where no day is known."""
    filters = Filters(accounts=one.accounts, basis=Basis.HAPPENED)
    try:
        series = trends.trend(store, metric, filters)
    except Unanswerable:
        return None
    series.loc[series["running"], "value"] = np.nan
    return against_usual(series, one.since, one.days, busy_days(every, one.account))


def _listed(store: Store, one: Campaign, metric: str) -> pd.DataFrame:
    """Return the works of a campaign, the newest first."""
    where, values = _of(one).where(Grain.WORK)
    return store.frame(
        f"select video, title, account, published_at, cast({metric} as double) as total "
        f"from work where {where} order by published_at desc, video",
        values,
    )
