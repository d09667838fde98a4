"""Ranges are kept as lowest and highest, stand in no sum, and go out with their import."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from opsdata import queries
from opsdata.filters import Filters
from opsdata.intake.receipt import Status
from opsdata.intake.undo import undo
from opsdata.sources import recognise
from opsdata.store import Store, scratch
from tests.conftest import Take, tables

pytestmark = pytest.mark.slow

HEAD = "视频标题,达人昵称,发布时间,点赞数,评论数,分享数\n"
FIRST = "切菜,对手甲,2026-03-01 10:00:00,1.5万-2万,300,100w+\n"
SECOND = "炖汤,对手甲,2026-03-02 10:00:00,5000,0~25,12\n"
RIVAL = Filters(accounts=("对手甲",))


def write(folder: Path, text: str, name: str = "列表.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("7.5w~10w", 75_000, 100_000),
        ("1.5万-2万", 15_000, 20_000),
        ("1k～2k", 1_000, 2_000),
        ("0~25", 0, 25),
        ("0~2万", 0, 20_000),
        ("1,000至2,000", 1_000, 2_000),
        ("100w+", 1_000_000, None),
        ("10万以上", 100_000, None),
        ("1.2M~2M", 1_200_000, 2_000_000),
        ("2M+", 2_000_000, None),
        ("1~2M", None, None),
        ("7.5~10w", None, None),
        ("12", None, None),
        ("-5", None, None),
    ],
)
def test_forms_of_ranges(tmp_path: Path, text: str, low: int | None, high: int | None) -> None:
    with scratch(tmp_path) as session:
        sql = "select as_count(range_ends($x)['low']), as_count(range_ends($x)['high'])"
        assert session.rows(sql, {"x": text}) == [(low, high)]


def test_a_range_that_runs_backwards_cannot_be_read(
    store: Store, take: Take, tmp_path: Path
) -> None:
    receipt = take(write(tmp_path, HEAD + SECOND.replace("0~25", "25~10")))
    assert [f.rule for f in receipt.findings] == ["unreadable_number"]
    assert store.one("select count(*) from video_range") == 0


def test_ranges_stand_beside_values_and_in_no_sum(store: Store, take: Take, tmp_path: Path) -> None:
    receipt = take(write(tmp_path, HEAD + FIRST + SECOND))
    assert (receipt.status, receipt.new, receipt.rejected) == (Status.DONE, 2, 0)
    assert [(f.line, f.header, f.value, f.rule) for f in receipt.findings] == [
        (2, "点赞数", "1.5万-2万 (1)", "kept_as_range"),
        (2, "分享数", "100w+ (1)", "kept_as_range"),
        (3, "评论数", "0~25 (1)", "kept_as_range"),
    ]
    found = queries.measure(store, ["likes", "comments", "shares"], RIVAL).iloc[0]
    assert list(found) == [5000, 300, 12]
    assert store.rows(
        "select title, measure, low, high from video_range_now order by title, measure"
    ) == [
        ("切菜", "likes", 15000, 20000),
        ("切菜", "shares", 1000000, None),
        ("炖汤", "comments", 0, 25),
    ]


def test_a_work_of_ranges_only_has_no_value(store: Store, take: Take, tmp_path: Path) -> None:
    take(write(tmp_path, HEAD + FIRST))
    assert pd.isna(queries.measure(store, ["likes"], RIVAL)["likes"].iloc[0])


def test_another_range_is_a_change_and_the_same_is_the_same(
    store: Store, take: Take, tmp_path: Path
) -> None:
    path = write(tmp_path, HEAD + FIRST + SECOND)
    take(path, captured=datetime(2026, 3, 10))
    assert take(path).status is Status.SAME
    text = HEAD + FIRST.replace("1.5万-2万", "2万-2.5万") + SECOND
    later = take(write(tmp_path, text, "b.csv"), captured=datetime(2026, 3, 20))
    assert (later.status, later.changed, later.same) == (Status.DONE, 1, 1)
    assert store.one("select low from video_range_now where measure = 'likes'") == 20000


def test_undo_takes_ranges_along(store: Store, take: Take, tmp_path: Path) -> None:
    before = tables(store)
    receipt = take(write(tmp_path, HEAD + FIRST))
    undo(store, int(receipt.batch or 0))
    assert tables(store) == before
    assert store.one("select count(*) from video_range") == 0


def test_accounts_of_data_services_are_competitors_seen_on_a_day(
    store: Store, take: Take, tmp_path: Path
) -> None:
    text = "昵称,粉丝数,近30天作品数,预估GMV\n对手甲,7.5w~10w,12,8w\n对手乙,2.5万,3,-\n"
    receipt = take(write(tmp_path, text), account=None, captured=datetime(2026, 3, 10))
    assert (receipt.status, receipt.unknown) == (Status.DONE, ("预估GMV",))
    assert store.rows(
        "select account, own, day, value, low, high from account_seen "
        "where measure = 'followers' order by account"
    ) == [
        ("对手乙", False, datetime(2026, 3, 10).date(), 25000, 25000, 25000),
        ("对手甲", False, datetime(2026, 3, 10).date(), None, 75000, 100000),
    ]
    undo(store, int(receipt.batch or 0))
    assert store.one("select count(*) from account") == 0


def test_paid_plays_are_in_no_number_of_works(filled: Store, take: Take, tmp_path: Path) -> None:
    plays = queries.measure(filled, ["views"], Filters())["views"].iloc[0]
    text = "素材名称,素材ID,整体消耗,视频播放数\n甲,7600000000000000001,10,6000\n"
    receipt = take(write(tmp_path, text))
    assert receipt.status is Status.DONE
    assert queries.measure(filled, ["views"], Filters())["views"].iloc[0] == plays == 10000
    assert filled.rows("select item, spend, plays, likes from paid_material") == [
        ("甲", 10, 6000, None)
    ]


def test_a_report_that_lies_on_its_side_is_stood_up(
    store: Store, take: Take, tmp_path: Path
) -> None:
    text = (
        "素材名称,甲,乙,全部\n素材ID,7600000000000000001,7600000000000000002,\n"
        '"整体消耗\n(元)",10,20,30\n视频播放数,100,200,300\n'
    )
    receipt = take(write(tmp_path, text))
    assert (receipt.new, [o.what for o in receipt.others]) == (2, ["header", "total"])
    assert [f.rule for f in receipt.findings] == ["read_turned"]
    assert store.rows("select item, spend, plays from paid_material order by item") == [
        ("乙", 20, 200), ("甲", 10, 100),
    ]  # fmt: skip


def test_units_in_headers_are_scaled_exactly(store: Store, take: Take, tmp_path: Path) -> None:
    text = (
        "作品名称,发布时间,播放量(万),完播率（%）,平均播放时长(秒),点赞量（千）,评论量(次)\n"
        "早餐,2026-03-01 08:00:00,1.2345,28.6,16.5,1.5,3\n"
        "炖汤,2026-03-02 08:00:00,2.3万,30%,0:20,2k,1\n"
    )
    receipt = take(write(tmp_path, text))
    assert (receipt.kind, receipt.new, receipt.findings) == ("douyin_works", 2, ())
    assert store.rows(
        "select views, completion_rate, avg_watch_seconds, likes, comments "
        "from video order by published_at"
    ) == [(12345, 0.286, 16.5, 1500, 3), (23000, 0.3, 20, 2000, 1)]


def test_a_unit_that_does_not_fit_names_no_column() -> None:
    assert recognise(["日期", "播放量(%)"]) is None


def test_a_listed_account_is_own_only_while_an_official_export_is_there(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(write(tmp_path, "昵称,粉丝数,总作品数\n甲号,100,5\n"), account=None)
    days = write(tmp_path, "日期,播放量\n2026-03-01,5\n", "日.csv")
    official = take(days, account="甲号")
    assert store.rows("select name, own from account") == [("甲号", True)]
    undo(store, int(official.batch or 0))
    assert store.rows("select name, own from account") == [("甲号", False)]
