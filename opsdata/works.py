"""Questions about single works: the list of a view, one work, its exports, its peers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pandas as pd

from opsdata import queries
from opsdata.filters import Filters
from opsdata.metrics import METRICS, Basis, Grain, Unit
from opsdata.store import Store

LIST_METRICS = (
    "views",
    "completion_rate",
    "engagement_rate",
    "likes",
    "comments",
    "shares",
    "favorites",
    "follower_gain",
    "avg_watch_seconds",
    "bounce_2s",
    "completion_5s",
    "profile_visits",
)
"""What a manager sees of each work in a list."""

FEW_PLAYS = 200
"""Below so many plays the platform itself calls rates unreliable."""

YOUNG = timedelta(days=3)
"""A younger work is still growing too fast to be called weak."""


@dataclass(frozen=True)
class Work:
    """One work as it is known now."""

    video: str
    title: str | None
    account: str
    genre: str | None
    status: str | None
    published_at: datetime
    captured_at: datetime
    duration_seconds: float | None
    to_second: bool


def listing(store: Store, filters: Filters) -> pd.DataFrame:
    """Return the works of a view, most plays first: what each is, and its metrics.

    Published basis: works published in the period, with lifetime totals. Happened basis:
    works that gained in the period, with what they gained, to whole numbers.
    """
    numbers = queries.measure(store, LIST_METRICS, filters, ["video"])
    for key in LIST_METRICS:
        if METRICS[key].unit is Unit.COUNT:
            numbers[key] = numbers[key].astype("Float64").round().astype("Int64")
    listed = _facts(store, numbers["video"]).merge(numbers, on="video", how="inner")
    return listed.sort_values(
        ["views", "published_at", "video"], ascending=[False, False, True], ignore_index=True
    )


_FEW = 20_000
"""So many works are quicker named to the database than picked from all."""


def _facts(store: Store, videos: pd.Series[str]) -> pd.DataFrame:
    """Return what works are, of these at least."""
    few = len(videos) <= _FEW
    return store.frame(
        "select video, title, account, genre, status, published_at, captured_at from work "
        + ("where video in (select unnest($videos))" if few else ""),
        {"videos": list(videos)} if few else {},
    )


def work(store: Store, video: str) -> Work | None:
    """Return one work, None when there is none of that key."""
    rows = store.frame(
        "select video, title, account, genre, status, published_at, captured_at, "
        "duration_seconds, to_second from work where video = $video",
        {"video": video},
    )
    if rows.empty:
        return None
    row = {key: None if pd.isna(value) else value for key, value in rows.iloc[0].items()}
    return Work(
        video=str(row["video"]),
        title=row["title"],
        account=str(row["account"]),
        genre=row["genre"],
        status=row["status"],
        published_at=rows["published_at"].iloc[0].to_pydatetime(),
        captured_at=rows["captured_at"].iloc[0].to_pydatetime(),
        duration_seconds=row["duration_seconds"],
        to_second=bool(row["to_second"]),
    )


def names(store: Store, filters: Filters, videos: tuple[str, ...]) -> pd.DataFrame:
    """Return how some works of a view are called: video, title, published_at."""
    where, values = filters.where(Grain.WORK)
    return store.frame(
        "select video, title, published_at from work "
        f"where {where} and video in (select unnest($videos))",
        {**values, "videos": list(videos)},
    )


def totals(store: Store, video: str) -> dict[str, float | None]:
    """Return the lifetime value of every metric that works have."""
    keys = [key for key, one in METRICS.items() if Grain.WORK in one.published and key != "posts"]
    frame = queries.measure(store, keys, Filters(), ["video"])
    row = frame[frame["video"] == video].iloc[0]
    return {key: None if pd.isna(row[key]) else float(row[key]) for key in keys}


def exports(store: Store, video: str) -> pd.DataFrame:
    """Return every export a work stands in, oldest first: when, its values, file and line."""
    keys = ", ".join(f"s.{key}" for key in METRICS if key in _SNAPSHOT_METRICS)
    return store.frame(
        f"select s.captured_at, {keys}, b.file, b.part, s.line, s.batch_id, b.imported_at "
        "from video_snapshot as s inner join batch as b on b.batch_id = s.batch_id "
        "where s.video = $video order by s.captured_at, s.batch_id",
        {"video": video},
    )


def inside(store: Store, video: str) -> pd.DataFrame:
    """Return what its own exports tell of the inside of a work: topic, sheet, label, day, value.

    Of each sheet the newest export; days of their own stay.
    """
    return store.frame(
        "select topic, coalesce(sheet, '') as sheet, coalesce(label, '') as label, day, measure, "
        "value from work_detail where video = $video and value is not null "
        "qualify topic = 'work_day' or day = max(day) over (partition by topic, sheet) "
        "order by array_position(['work', 'work_part', 'work_source', 'work_day'], topic), "
        "sheet, day, label, measure",
        {"video": video},
    )


_SNAPSHOT_METRICS = frozenset(METRICS) - {
    "engagement_rate",
    "posts",
    "followers",
    "net_followers",
    "unfollows",
}


def life(store: Store, video: str, key: str = "views") -> pd.DataFrame:
    """Return a work's total over its age in days, from zero at publishing: age and the metric."""
    frame = store.frame(
        f"select s.captured_at, v.published_at, s.{METRICS[key].key} from video_snapshot as s "
        "inner join video as v on v.video = s.video where s.video = $video "
        "order by s.captured_at, s.batch_id",
        {"video": video},
    ).dropna()
    ages = (frame["captured_at"] - frame["published_at"]).dt.total_seconds() / 86400
    start = pd.DataFrame({"age": [0.0], key: [0.0]})
    return pd.concat(
        [start, pd.DataFrame({"age": ages, key: frame[key].astype(float)})], ignore_index=True
    )


@dataclass(frozen=True)
class Standing:
    """Where one work stands among the account's works of its genre."""

    peers: pd.DataFrame
    """They and the work itself, the most first: title, published_at, and the metric."""
    mine: float
    rank: int
    n: int
    median: float

    @property
    def times_median(self) -> float | None:
        """How many times the median it is, None when the median is zero."""
        return self.mine / self.median if self.median else None


def standing(store: Store, one: Work, key: str = "views") -> Standing | None:
    """Return a work's place in a metric, None when it has no value or no company."""
    where = "account = $account and genre is not distinct from $genre"
    values = store.frame(
        f"select video, title, published_at, {METRICS[key].key} from work "
        f"where {where} and {key} is not null order by {key} desc, video",
        {"account": one.account, "genre": one.genre},
    )
    mine = values[values["video"] == one.video][key]
    if mine.empty or len(values) < 2:
        return None
    others = values[key].astype(float)
    return Standing(
        peers=values,
        mine=float(mine.iloc[0]),
        rank=int((others > float(mine.iloc[0])).sum()) + 1,
        n=len(values),
        median=float(others.median()),
    )


def hashtags(store: Store, video: str) -> list[str]:
    """Return the hashtags in a work's title."""
    rows = store.rows(
        "select hashtag from video_hashtag where video = $video order by hashtag", {"video": video}
    )
    return [tag for (tag,) in rows]


@dataclass(frozen=True)
class Highlight:
    """A work worth naming, with its plays and its place among its kind."""

    kind: str
    basis: Basis
    """Which plays they are: all to date, or those of the period."""
    work: Work
    views: float
    standing: Standing | None


def highlights(store: Store, filters: Filters) -> list[Highlight]:
    """Return the best work of a view, and the weakest that was published in the period.

    Weak is only called what is public and grown up; it is left out when fewer than three
    works could be meant.
    """
    listed = listing(store, filters).dropna(subset=["views"])
    if listed.empty:
        return []
    found = [_highlight(store, "best", filters.basis, listed.iloc[0])]
    born = replace(filters, basis=Basis.PUBLISHED)
    grown = listing(store, born).dropna(subset=["views"])
    grown = grown[grown["captured_at"] - grown["published_at"] >= YOUNG]
    grown = grown[grown["status"].fillna("公开") == "公开"]
    if len(grown) >= 3 and grown.iloc[-1]["video"] != found[0].work.video:
        found.append(_highlight(store, "weakest", born.basis, grown.iloc[-1]))
    return found


def _highlight(store: Store, kind: str, basis: Basis, row: pd.Series) -> Highlight:
    one = work(store, str(row["video"]))
    assert one is not None
    return Highlight(kind, basis, one, float(row["views"]), standing(store, one))


@dataclass(frozen=True)
class Choices:
    """What can be chosen in the filters."""

    accounts: tuple[str, ...]
    genres: tuple[str, ...]
    hashtags: tuple[str, ...]
    labels: tuple[str, ...] = ()


def choices(store: Store) -> Choices:
    """Return all accounts, genres, hashtags and labels, the most used first."""

    def column(sql: str) -> tuple[str, ...]:
        return tuple(value for (value,) in store.rows(sql))

    return Choices(
        accounts=column("select name from account order by own desc, name"),
        genres=column(
            "select genre from video where genre is not null group by genre "
            "order by count(*) desc, genre"
        ),
        hashtags=column(
            "select hashtag from video_hashtag group by hashtag "
            "order by count(*) desc, hashtag limit 500"
        ),
        labels=column(
            "select label from video_label inner join video using (video) group by label "
            "order by count(*) desc, label"
        ),
    )
