"""Each known export beyond Douyin's own, by a small file of its shape, and what it must say."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest

from opsdata import queries, trends
from opsdata.filters import Filters
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.undo import undo
from opsdata.metrics import Basis
from opsdata.sources import SOURCES, recognise
from opsdata.sources.model import Target
from opsdata.store import Store
from tests import exports
from tests.conftest import ACCOUNT, Take, tables

pytestmark = pytest.mark.slow

PLUGIN = """\
达人UID,抖音号,达人昵称,达人链接,粉丝数,达人简介,视频ID,视频链接,媒体类型,视频描述,点赞数,收藏数,评论数,分享数,发布时间
1,a,对手甲,http://x,900,简介,7300000000000000001,http://x/1,视频,第一条 #话题,100,10,5,1,2026-03-01 10:00:00
1,a,对手甲,http://x,900,简介,7300000000000000002,http://x/2,图文,第二条,300,30,15,3,2026-03-02 10:00:00
"""
MEDIA_CRAWLER = """\
aweme_id,aweme_type,title,desc,create_time,user_id,nickname,liked_count,collected_count,comment_count,share_count,ip_location,last_modify_ts
7300000000000000001,0,第一条,第一条 #话题,1772330400,9,对手甲,120,12,6,2,浙江,1772330400000
7300000000000000009,0,另一家,另一家,1772416800,8,对手乙,50,5,2,1,广东,1772416800000
"""
DOWNLOADER = """\
作品类型,采集时间,UID,SEC_UID,ID,作品ID,作品描述,作品话题,视频时长,作品链接,发布时间,账号昵称,点赞数量,评论数量,收藏数量,分享数量,播放数量
视频,2026-03-05 10:00:00,1,s,a,7300000000000000003,第三条,话题,00:00:35,http://x,2026-03-03 10:00:00,对手甲,70,7,3,1,-1
"""
NOTES = """\
最多导出排序后前1000条笔记,,,,,,,,,,,,
笔记标题,首次发布时间,体裁,曝光,观看量,封面点击率,点赞,评论,收藏,涨粉,分享,人均观看时长,弹幕
买菜清单,2026年03月04日17时33分05秒,图文,12235.0,6174.0,0.221,15.0,41.0,5.0,0.0,14.0,17.0,0.0
,2026年03月05日08时00分00秒,视频,0.0,126.0,0.1,1.0,0.0,0.0,-1.0,0.0,8.0,0.0
"""
CHANNELS = """\
视频描述,视频ID,发布时间,完播率,平均播放时长,播放量,推荐,喜欢,评论量,分享量,关注量,转发聊天和朋友圈
原来是能吃,export/aa,2026/03/05,28.64%,10秒,406,2,3,1,0,4,0
"""
BILIBILI = """\
视频标题,发布时间,播放量,游客播放占比,封标点击率,3秒跳出率,互动率,涨粉量,点赞量,评论量,弹幕量,收藏量,投币量,转发量
怎么实现,2026年03月05日 16:31:34,1002,100%,4.2星,17.4%,5.5%,6,40,7,2,9,1,3
"""
KUAISHOU = """\
作品,发布时间,播放量,完播率,评论量,点赞量,收藏量,涨粉量
切菜,2026-03-05 09:00,800,20.6%,4,30,2,1
"""
CONTENT = """\
"Time","Video title","Video link","Post time","Total likes","Total comments","Total shares","Total views"
"March 9","","https://www.tiktok.com/@a/video/7500000000000000011","December 30","44","5","6","900"
"""
OVERVIEW = """\
"Date","Video Views","Profile Views","Likes","Comments","Shares"
"December 30","undefined","0","0","0","0"
"December 31","10","1","2","-1","0"
"January 1","20","2","4","0","1"
"""
FOLLOWERS = """\
"Date","Followers","Difference in followers from previous day"
"8 de marzo","undefined","0"
"9 de marzo","500","3"
"""
YOUTUBE = """\
Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,Impressions,Impressions click-through rate (%)
Total,,,,300,9,4,9000,1.68
abcDEF12345,How to,"Mar 5, 2026",65,200,6,3,6000,2.5
 -zzDEF12345,Why,"Mar 6, 2026",30,100,3,1,3000,1.0
"""
YOUTUBE_DAYS = "Date,Views\n2026-03-05,30\n2026-03-06,40\n"
META = """\
Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves
18000000000000001,1,shop.one,Shop,Hello,20,03/05/2026 06:08,http://x,IG reel,,Lifetime,"1,200",900,60,3,2,4,5
"""

WORKS = {
    "douyin_plugin": (PLUGIN, {"posts": 2, "likes": 400, "favorites": 40, "comments": 20, "shares": 4}),
    "douyin_downloader": (DOWNLOADER, {"posts": 1, "likes": 70, "views": None}),
    "xiaohongshu_notes": (NOTES, {"posts": 2, "views": 6300, "likes": 16, "follower_gain": -1}),
    "channels_works": (CHANNELS, {"views": 406, "likes": 3, "completion_rate": 0.2864}),
    "bilibili_works": (BILIBILI, {"views": 1002, "shares": 3, "follower_gain": 6}),
    "kuaishou_works": (KUAISHOU, {"views": 800, "completion_rate": 0.206, "shares": None}),
    "tiktok_content": (CONTENT, {"views": 900, "likes": 44}),
    "youtube_works": (YOUTUBE, {"views": 300, "cover_ctr": 0.02, "follower_gain": 4}),
    "meta_posts": (META, {"views": 1200, "likes": 60, "favorites": 5}),
}  # fmt: skip
DAYS = {
    "tiktok_overview": (OVERVIEW, {"views": 30, "likes": 6, "comments": -1, "shares": 1}),
    "tiktok_followers": (FOLLOWERS, {"followers": 500}),
    "youtube_daily": (YOUTUBE_DAYS, {"views": 70}),
}
SPLIT = {"douyin_mediacrawler"}
"""Lists of several accounts have a test of their own below."""


def write(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8-sig"))
    return path


def test_every_source_has_its_example_here_or_among_the_official_ones() -> None:
    official = {"douyin_works", "douyin_posts", "douyin_daily", "own_works", "own_days"}
    days_works = (Target.WORKS, Target.DAYS)
    recognised = {k for k, one in SOURCES.items() if one.target in days_works and not one.by_hand}
    assert recognised == official | WORKS.keys() | DAYS.keys() | SPLIT


@pytest.mark.parametrize("key", [*WORKS, *DAYS])
def test_a_source_is_recognised_and_says_what_it_says(
    store: Store, take: Take, tmp_path: Path, key: str
) -> None:
    text, sums = {**WORKS, **DAYS}[key]
    receipt = take(write(tmp_path, text), captured=datetime(2026, 3, 10, 12))
    assert (receipt.kind, receipt.status, receipt.rejected) == (key, Status.DONE, 0)
    account = store.one("select name from account")
    basis = Basis.PUBLISHED if key in WORKS else Basis.HAPPENED
    filters = Filters(basis=basis, accounts=(account,))
    found = queries.measure(store, list(sums), filters).iloc[0]
    known = {k: None if pd.isna(value) else pytest.approx(value) for k, value in found.items()}
    assert known == sums


@pytest.mark.parametrize("key", [*WORKS, *DAYS])
def test_the_same_again_changes_nothing_and_undo_leaves_nothing(
    store: Store, take: Take, tmp_path: Path, key: str
) -> None:
    before = tables(store)
    path = write(tmp_path, {**WORKS, **DAYS}[key][0])
    receipt = take(path)
    assert take(path).status is Status.SAME
    undo(store, int(receipt.batch or 0))
    assert tables(store) == before


def test_days_without_a_year_go_back_from_the_last_row(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(write(tmp_path, OVERVIEW, "Overview-20260105.csv"))
    days = [day for (day,) in store.rows("select distinct day from account_day order by day")]
    assert days == [date(2025, 12, 31), date(2026, 1, 1)], "and undefined days are no days"


def test_a_post_without_a_year_was_posted_before_its_export(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(write(tmp_path, CONTENT, "Content-20260310.csv"))
    assert store.one("select published_at from video") == datetime(2025, 12, 30)


def test_a_slice_by_something_unknown_is_not_taken_for_the_whole() -> None:
    assert recognise(["Date", "Geography", "Views"]) is None
    match = recognise(["Date", "Views"])
    assert match is not None
    assert match.source.key == "youtube_daily"


def test_a_kuaishou_list_is_no_douyin_list() -> None:
    match = recognise(KUAISHOU.splitlines()[0].split(","))
    assert match is not None
    assert match.source.key == "kuaishou_works"


def several(
    importer: Importer, store: Store, path: Path, account: str | None = None
) -> list[Receipt]:
    importer.store = store
    return importer.take(path, Wish(account, datetime(2026, 3, 10, 12)), "test")


def test_a_list_of_several_accounts_is_one_receipt_for_each_and_asks_nothing(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    receipts = several(shared_importer, store, write(tmp_path, MEDIA_CRAWLER))
    assert [(r.account, r.part, r.new) for r in receipts] == [
        ("对手甲", "对手甲", 1),
        ("对手乙", "对手乙", 1),
    ]
    assert store.rows("select name, own from account order by name") == [
        ("对手乙", False),
        ("对手甲", False),
    ]
    assert store.one("select published_at from video where title like '第一条%'") == datetime(
        2026, 3, 1, 10
    )


def test_a_row_without_an_account_is_rejected(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    rows = (
        MEDIA_CRAWLER.replace(",对手乙,", ",,")
        + MEDIA_CRAWLER.split("\n", 1)[1].replace("730000000000000000", "731000000000000000") * 3
    )
    receipts = several(shared_importer, store, write(tmp_path, rows))
    assert sum(r.rejected for r in receipts) == 1
    assert {f.rule for r in receipts for f in r.findings} >= {"missing_account"}
    assert sum(r.rows for r in receipts) == 8


def test_too_many_accounts_are_a_search_result(store: Store, take: Take, tmp_path: Path) -> None:
    head = MEDIA_CRAWLER.splitlines()[0]
    rows = [f"73{i:017d},0,t,t,1772330400,9,号{i},1,1,1,1,x,1772330400000" for i in range(301)]
    receipt = take(write(tmp_path, "\n".join([head, *rows])))
    assert receipt.reason == "too_many_accounts"


def test_competitors_count_only_when_they_are_named(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    take(write(tmp_path, PLUGIN))
    assert queries.measure(filled, ["likes"], Filters())["likes"].iloc[0] == 402
    rivals = Filters(accounts=("对手甲",))
    assert queries.measure(filled, ["likes"], rivals)["likes"].iloc[0] == 400
    assert queries.newest(filled, Basis.HAPPENED) == date(2026, 3, 11)


def with_ids(rows: list[list[str]]) -> str:
    """The account's own works as a plug-in sees them: with ids, without plays."""
    head = PLUGIN.splitlines()[0]
    lines = [
        f"1,a,{ACCOUNT},x,9,y,73000000000000001{at:02d},x,{'图文' if row[2] == '图文' else '视频'},"
        f"{row[0]},{row[10]},{row[13]},{row[12]},{row[11]},{row[1]}"
        for at, row in enumerate(rows)
    ]
    return "\n".join([head, *lines]) + "\n"


@pytest.mark.parametrize("ids_first", [True, False])
def test_a_work_with_and_without_an_id_is_one_work(
    store: Store, shared_importer: Importer, tmp_path: Path, ids_first: bool
) -> None:
    rows = exports.works_rows()
    listed = exports.write_xlsx(tmp_path / "w.xlsx", exports.WORKS_HEADER, rows)
    scraped = write(tmp_path, with_ids(rows))
    shared_importer.store = store
    for path in [scraped, listed] if ids_first else [listed, scraped]:
        at = datetime(2026, 3, 10 + (path == listed), 12)
        shared_importer.take(path, Wish(ACCOUNT, at, own=True), "test")
    assert store.one("select count(*) from video") == 5
    assert store.one("select count(platform_id) from video") == 5
    assert queries.measure(store, ["views", "likes"], Filters()).iloc[0].to_list() == [10000, 402]


def test_two_works_of_one_minute_with_ids_stay_two(
    store: Store, take: Take, tmp_path: Path
) -> None:
    text = PLUGIN.replace("2026-03-02 10:00:00", "2026-03-01 10:00:00")
    take(write(tmp_path, text))
    take(write(tmp_path, text.replace(",300,", ",333,")), captured=datetime(2026, 3, 20))
    assert store.one("select count(*) from video") == 2


def test_an_id_that_a_spreadsheet_has_rounded_is_said_and_not_used(
    store: Store, take: Take, tmp_path: Path
) -> None:
    text = PLUGIN.replace("7300000000000000002", "7.30E+18")
    receipt = take(write(tmp_path, text))
    assert (receipt.new, receipt.rejected) == (2, 0)
    assert [(f.line, f.header, f.rule) for f in receipt.findings] == [
        (3, "视频ID", "precision_lost")
    ]
    assert store.one("select count(platform_id) from video") == 1


def test_a_numeric_id_in_a_workbook_is_called_lost(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = [line.split(",") for line in PLUGIN.splitlines()]
    path = exports.write_xlsx(tmp_path / "n.xlsx", rows[0], rows[1:], numbers=True)
    receipt = take(path)
    known = {value for (value,) in store.rows("select platform_id from video")}
    assert known == {None}, "xlsxwriter keeps fifteen digits"
    assert {f.rule for f in receipt.findings} == {"precision_lost"}
    assert receipt.new == 2


def test_plays_that_nobody_can_see_are_no_zeros_in_a_chart(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(write(tmp_path, PLUGIN))
    filters = Filters(accounts=("对手甲",))
    assert trends.trend(store, "views", filters)["value"].isna().all()
    assert list(trends.trend(store, "likes", filters)["value"]) == [100, 300]


def test_undoing_one_account_of_a_list_takes_only_that_account_away(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    first, second = several(shared_importer, store, write(tmp_path, MEDIA_CRAWLER))
    undo(store, int(second.batch or 0))
    assert store.rows("select name from account") == [(first.account,)]
    assert store.one("select count(*) from video") == 1


def test_an_account_is_own_while_an_official_export_of_it_is_there(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    shared_importer.store = store
    rows = exports.works_rows()
    at = datetime(2026, 3, 12, 12)
    shared_importer.take(write(tmp_path, with_ids(rows)), Wish(None, at), "test")
    assert store.one("select own from account") is False
    listed = exports.write_xlsx(tmp_path / "w.xlsx", exports.WORKS_HEADER, rows)
    official = shared_importer.take(listed, Wish(ACCOUNT, at), "test")[0]
    assert store.one("select own from account") is True
    undo(store, int(official.batch or 0))
    assert store.one("select own from account") is False


def test_comments_under_a_competitor_do_not_make_it_own(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    several(shared_importer, store, write(tmp_path, PLUGIN))
    said = "评论内容,评论时间,点赞数量,aweme_id\n好看,2026-03-02 10:00:00,1,7300000000000000001\n"
    receipt = several(shared_importer, store, write(tmp_path, said, "c.csv"), "对手甲")[0]
    assert receipt.status is Status.DONE
    assert store.rows("select name, own from account") == [("对手甲", False)]
