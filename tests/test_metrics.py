"""Each number once by hand: five works and three days, added up in one's head."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from opsdata import queries, trends
from opsdata.filters import Filters
from opsdata.metrics import METRICS, Basis
from opsdata.store import Store
from tests.exports import WORKS_SUMS

PUBLISHED: dict[str, float | None] = {
    **WORKS_SUMS,
    # weighted by the plays of the works that know the rate: 10,000 plays in all
    "completion_rate": (500 + 300 + 600 + 800) / 10000,
    "completion_5s": (600 + 1200 + 600 + 800) / 10000,
    "bounce_2s": (200 + 1200 + 1000 + 2000) / 10000,
    "avg_watch_seconds": (10_000 + 90_000 + 8_000 + 24_000) / 10000,
    "engagement_rate": (402 + 64 + 40 + 76) / 10000,
    "cover_ctr": None,
}

HAPPENED: dict[str, float | None] = {
    "views": 1000,
    "likes": 100,
    "comments": 3,
    "shares": 5,
    "profile_visits": 40,
    "net_followers": 7,
    "unfollows": 5,
    "followers": 509,
    # (100 × 10 % + 300 × 30 % + 600 × 20 %) / 1000
    "cover_ctr": 0.22,
    "posts": 5,
    "favorites": None,
    "follower_gain": None,
    "completion_rate": None,
    "completion_5s": None,
    "bounce_2s": None,
    "avg_watch_seconds": None,
    "engagement_rate": None,
}


def value(store: Store, key: str, filters: Filters) -> float | None:
    found = queries.measure(store, [key], filters)[key].iloc[0]
    return None if pd.isna(found) else float(found)


@pytest.mark.parametrize(("key", "sum_"), PUBLISHED.items())
def test_published(known: Store, key: str, sum_: float | None) -> None:
    assert value(known, key, Filters(basis=Basis.PUBLISHED)) == pytest.approx(sum_)


@pytest.mark.parametrize(("key", "sum_"), HAPPENED.items())
def test_happened(known: Store, key: str, sum_: float | None) -> None:
    assert value(known, key, Filters(basis=Basis.HAPPENED)) == pytest.approx(sum_)


@pytest.mark.parametrize(
    ("table", "basis"), [(PUBLISHED, Basis.PUBLISHED), (HAPPENED, Basis.HAPPENED)]
)
def test_every_metric_has_its_sum_by_hand(table: dict[str, float], basis: Basis) -> None:
    assert set(table) == {key for key, one in METRICS.items() if one.grains(basis)}


BY = {
    "day": [("2026-03-02", 1000), ("2026-03-03", 5000), ("2026-03-09", 0), ("2026-03-10", 4000)],
    "week": [("2026-03-02", 6000), ("2026-03-09", 4000)],
    "month": [("2026-03", 10000)],
    "weekday": [(1, 1000), (2, 9000)],
    "hour": [(8, 1000), (9, 4000), (12, 3000), (19, 2000), (20, 0)],
    "account": [("测试号", 10000)],
    "genre": [("1-3min视频", 3000), ("1min-视频", 1000), ("图文", 6000)],
    "length_band": [("0-1min", 1000), ("1-3min", 3000), ("photo", 6000)],
    "hashtag": [("养胃", 3000), ("快手", 1000), ("早餐", 1000), (None, 6000)],
    "label": [(None, 10000)],
}


@pytest.mark.parametrize(("key", "rows"), BY.items())
def test_plays_by_every_dimension(known: Store, key: str, rows: list[tuple[object, int]]) -> None:
    frame = queries.measure(known, ["views"], Filters(), [key])
    found = [
        (None if pd.isna(k) else str(k)[:10] if key in ("day", "week") else k, int(v))
        for k, v in zip(frame[key], frame["views"], strict=True)
    ]
    assert sorted(found, key=str) == sorted(rows, key=str)


def test_plays_by_two_dimensions(known: Store) -> None:
    frame = queries.measure(known, ["views", "posts"], Filters(), ["day", "genre"])
    assert [int(v) for v in frame["posts"]] == [1, 1, 1, 1, 1]
    assert int(frame["views"].sum()) == 10000


def test_plays_by_work_name_each_work_once(known: Store) -> None:
    frame = queries.ask(known, ["views"], Filters(), ["video"])
    assert sorted(frame["views"]) == [0, 1000, 2000, 3000, 4000]
    assert set(frame.columns) == {"video", "title", "published_at", "views"}


def test_days_narrow(known: Store) -> None:
    narrow = Filters(since=date(2026, 3, 3), until=date(2026, 3, 9))
    assert value(known, "views", narrow) == 5000
    happened = Filters(since=date(2026, 3, 10), until=date(2026, 3, 10), basis=Basis.HAPPENED)
    assert value(known, "views", happened) == 300
    assert value(known, "followers", happened) == 506


@pytest.mark.parametrize(
    ("filters", "views"),
    [
        (Filters(genres=("图文",)), 6000),
        (Filters(genres=("图文", "1min-视频")), 7000),
        (Filters(hashtags=("养胃",)), 3000),
        (Filters(hashtags=("养胃", "早餐")), 4000),
        (Filters(search="摆盘"), 2000),
        (Filters(search="没有的"), None),
        (Filters(accounts=("测试号",)), 10000),
        (Filters(accounts=("别人",)), None),
    ],
)
def test_filters_narrow(known: Store, filters: Filters, views: int | None) -> None:
    assert value(known, "views", filters) == views


def test_private_works_count_until_a_filter_leaves_them_out(known: Store) -> None:
    assert value(known, "posts", Filters()) == 5
    assert value(known, "posts", Filters(public_only=True)) == 4


def test_the_newest_day_is_that_of_the_data_never_the_clock(known: Store) -> None:
    assert queries.newest(known, Basis.HAPPENED) == date(2026, 3, 11)
    assert queries.newest(known, Basis.PUBLISHED) == date(2026, 3, 11)
    assert queries.newest(Store(), Basis.PUBLISHED) is None


def test_a_trend_has_every_day_and_says_nothing_for_days_without_data(known: Store) -> None:
    filters = Filters(since=date(2026, 3, 8), until=date(2026, 3, 12), basis=Basis.HAPPENED)
    frame = trends.trend(known, "views", filters)
    assert [None if pd.isna(v) else int(v) for v in frame["value"]] == [None, 100, 300, 600, None]
    assert frame["smooth"].isna().all(), "seven days are not known"


def test_a_day_without_a_published_work_is_a_true_zero(known: Store) -> None:
    filters = Filters(since=date(2026, 3, 2), until=date(2026, 3, 10))
    frame = trends.trend(known, "posts", filters)
    assert [int(v) for v in frame["value"]] == [1, 2, 0, 0, 0, 0, 0, 1, 1]
    assert frame["smooth"].iloc[-1] == pytest.approx(2 / 7)


def test_the_smooth_line_of_a_rate_is_a_ratio_of_totals(known: Store) -> None:
    filters = Filters(since=date(2026, 3, 8), until=date(2026, 3, 8))
    frame = trends.trend(known, "completion_rate", filters)
    assert pd.isna(frame["value"].iloc[0])
    assert trends.trend(known, "views", filters)["smooth"].iloc[0] == pytest.approx(6000 / 7)
