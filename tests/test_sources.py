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
from opsdata.sources import recognise
from opsdata.store import Store
from tests import exports
from tests.conftest import ACCOUNT, Take, tables
from tests.source_examples import (
    BILIBILI,
    CHANNELS,
    CONTENT,
    DOWNLOADER,
    FOLLOWERS,
    KUAISHOU,
    MEDIA_CRAWLER,
    META,
    NOTES,
    OVERVIEW,
    PLUGIN,
    YOUTUBE,
    YOUTUBE_DAYS,
)

pytestmark = pytest.mark.slow

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


def write(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8-sig"))
    return path


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
    slice_ = recognise(["Date", "Geography", "Views"])
    assert slice_ is not None
    assert slice_.source.key == "youtube_slice"
    assert recognise(["Date", "Something", "Views"]) is None
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
