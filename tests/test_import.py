"""Files of every variant go in, exactly, and say what they are."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from opsdata import queries
from opsdata.filters import Filters
from opsdata.intake.receipt import Status
from opsdata.intake.undo import entry
from opsdata.metrics import Basis
from opsdata.store import Store
from tests import exports
from tests.conftest import ACCOUNT, CAPTURED, Take, conserved, sums
from tests.exports import WORKS_SUMS


def shuffled(header: list[str]) -> list[str]:
    mixed = list(header)
    random.Random(4).shuffle(mixed)
    return mixed


HEADERS = {
    "审核状态": exports.WORKS_HEADER,
    "发布状态 and 作品时长": exports.NEWER_HEADER,
    "without 封面点击率": exports.without(exports.WORKS_HEADER, "封面点击率")[0],
    "any order": shuffled(exports.WORKS_HEADER),
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_works_list_under_every_header(
    store: Store, take: Take, tmp_path: Path, header: list[str], kind: str
) -> None:
    write = exports.write_xlsx if kind == "xlsx" else exports.write_csv
    receipt = take(write(tmp_path / f"作品列表导出.{kind}", header, exports.works_rows(header)))
    assert (receipt.status, receipt.kind, receipt.new) == (Status.DONE, "douyin_works", 5)
    assert receipt.findings == () or {f.rule for f in receipt.findings} == {"likes_over_views"}
    assert sums(store) == WORKS_SUMS


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]


@pytest.mark.parametrize(
    ("encoding", "line_end"),
    [*((name, "\r\n") for name in ENCODINGS), *(("utf-8", end) for end in ("\n", "\r"))],
)
def test_csv_in_every_encoding_and_line_end(
    store: Store, take: Take, tmp_path: Path, encoding: str, line_end: str
) -> None:
    rows = exports.works_rows()
    rows[0][0] = "早餐饼🥞，「𠮷」 #早餐"
    path = exports.write_csv(tmp_path / "w.csv", exports.WORKS_HEADER, rows, encoding, line_end)
    receipt = take(path)
    assert receipt.status is Status.DONE
    assert receipt.encoding == encoding
    assert sums(store) == WORKS_SUMS
    assert store.one("select count(*) from video where title = $t", {"t": rows[0][0]}) == 1


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
def test_csv_with_every_delimiter(store: Store, take: Take, tmp_path: Path, delimiter: str) -> None:
    path = exports.write_csv(
        tmp_path / "w.csv", exports.WORKS_HEADER, exports.works_rows(), delimiter=delimiter
    )
    assert take(path).new == 5
    assert sums(store) == WORKS_SUMS


def test_titles_with_commas_quotes_and_line_breaks(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = exports.works_rows()
    titles = ['他说"好吃", 真的', "第一行\n第二行\r\n第三行", "=1+1", "NULL", " 空格 "]
    for row, title in zip(rows, titles, strict=True):
        row[0] = title
    receipt = take(exports.write_csv(tmp_path / "w.csv", exports.WORKS_HEADER, rows))
    assert receipt.new == 5
    kept = {title for (title,) in store.rows("select title from video")}
    assert kept == {titles[0], "第一行\n第二行\n第三行", "=1+1", "NULL", "空格"} or kept == {
        titles[0], "第一行\n第二行\r\n第三行", "=1+1", "NULL", "空格",
    }  # fmt: skip
    lines = sorted(line for (line,) in store.rows("select line from video_snapshot"))
    assert lines == [2, 3, 6, 7, 8], "the physical line, although a title spans three"


def test_the_nine_daily_files_join_on_the_day(filled: Store) -> None:
    by_day = queries.measure(
        filled,
        ["views", "likes", "comments", "shares", "cover_ctr", "profile_visits"],
        Filters(basis=Basis.HAPPENED),
        ["day"],
    )
    assert [int(v) for v in by_day["views"]] == [100, 300, 600]
    assert [int(v) for v in by_day["comments"]] == [1, -1, 3]
    assert [float(v) for v in by_day["cover_ctr"]] == [0.1, 0.3, 0.2]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_daily_file_of_all_measures(
    store: Store, take: Take, tmp_path: Path, kind: str
) -> None:
    write = exports.write_xlsx if kind == "xlsx" else exports.write_csv
    name = f"数据表现_短视频全量指标.{kind}"
    receipt = take(write(tmp_path / name, exports.ALL_METRICS_HEADER, exports.ALL_METRICS_ROWS))
    assert (receipt.kind, receipt.rows, receipt.new) == ("douyin_daily", 3, 3)
    keys = ["views", "likes", "shares", "comments", "completion_5s", "avg_watch_seconds"]
    row = queries.measure(store, keys, Filters(basis=Basis.HAPPENED)).iloc[0]
    assert [int(row[key]) for key in keys[:4]] == [1000, 100, 5, 3]
    assert float(row["completion_5s"]) == pytest.approx((40 + 60 + 300) / 1000)
    assert float(row["avg_watch_seconds"]) == pytest.approx((1000 + 6000 + 9300) / 1000)


def test_post_analysis_brings_no_interactions(store: Store, take: Take, tmp_path: Path) -> None:
    rows = [["早餐饼", "2026-03-02 08:00", "1000", "0.6", "0.2", "10.0"]]
    receipt = take(exports.write_xlsx(tmp_path / "data1.xlsx", exports.POSTS_HEADER, rows))
    assert (receipt.kind, receipt.new) == ("douyin_posts", 1)
    assert store.rows("select views, likes, to_second from video") == [(1000, None, False)]


def test_a_works_list_and_its_post_analysis_are_the_same_works_in_any_order(
    store: Store, take: Take, tmp_path: Path, works_file: Path
) -> None:
    rows = [[r[0], r[1][:16], r[4], r[6], r[8], r[9]] for r in exports.works_rows()]
    posts = exports.write_csv(tmp_path / "data1.csv", exports.POSTS_HEADER, rows)
    assert take(posts, captured=CAPTURED).new == 5
    receipt = take(works_file)
    assert (receipt.new, receipt.changed) == (0, 5)
    assert sums(store) == WORKS_SUMS


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", 1234), ("1.2万", 12000), ("3.4w", 34000), ("1.1亿", 110000000),
        ("１２３", 123), ("12235.0", 12235), (" 12 ", 12), ("99.9W", 999000), ("-", None),
        ("--", None), ("N/A", None), ("", None), ("undefined", None),
    ],
)  # fmt: skip
def test_counts_as_people_write_them(
    store: Store, take: Take, tmp_path: Path, text: str, value: int | None
) -> None:
    rows = exports.works_rows()[:1]
    rows[0][4] = text
    assert take(exports.write_csv(tmp_path / "w.csv", exports.WORKS_HEADER, rows)).new == 1
    assert store.one("select views from video") == value


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02 08:00:00", "2026/3/2 8:00:00", "2026.03.02 08:00:00",
        "2026年03月02日08时00分00秒", "2026年3月2日 08:00:00", "46083.333333333336",
    ],
)  # fmt: skip
def test_times_as_platforms_write_them(store: Store, take: Take, tmp_path: Path, text: str) -> None:
    rows = exports.works_rows()[:1]
    rows[0][1] = text
    assert take(exports.write_csv(tmp_path / "w.csv", exports.WORKS_HEADER, rows)).new == 1
    assert store.one("select published_at from video") == datetime(2026, 3, 2, 8)


def test_without_an_account_the_file_asks(store: Store, take: Take, works_file: Path) -> None:
    receipt = take(works_file, account=None)
    assert (receipt.status, receipt.rows, receipt.batch) == (Status.NEEDS_ANSWER, 5, None)
    assert conserved(receipt)
    assert store.one("select count(*) from batch") == 0


@pytest.mark.parametrize(
    ("name", "captured", "source"),
    [
        ("作品列表导出-20260320.xlsx", datetime(2026, 3, 20, 12), "name"),
        ("抖音-20260320-081500.xlsx", datetime(2026, 3, 20, 8, 15), "name"),
        ("作品列表2026年3月导出_2026-03-25.xlsx", datetime(2026, 3, 25, 12), "name"),
    ],
)
def test_the_file_name_tells_when_it_was_exported(
    take: Take, works_file: Path, name: str, captured: datetime, source: str
) -> None:
    receipt = take(works_file, name=name)
    assert (receipt.captured_at, receipt.captured_from) == (captured, source)


def test_a_date_before_the_rows_cannot_be_the_export(take: Take, works_file: Path) -> None:
    receipt = take(works_file, name="作品列表导出-20200101.xlsx")
    assert receipt.captured_from != "name"


def test_the_workbook_tells_when_it_was_made(take: Take, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [exports.WORKS_HEADER, *exports.works_rows()]:
        book.active.append(row)
    book.properties.created = datetime(2026, 3, 15, 2, 30)
    book.save(tmp_path / "w.xlsx")
    receipt = take(tmp_path / "w.xlsx")
    assert (receipt.captured_at, receipt.captured_from) == (
        datetime(2026, 3, 15, 10, 30),
        "created",
    )


def test_a_daily_file_was_exported_after_its_last_day(take: Take, tmp_path: Path) -> None:
    header, rows = exports.daily_tables()["数据表现_播放量数据"]
    receipt = take(exports.write_csv(tmp_path / "d.csv", header, rows))
    assert (receipt.captured_at, receipt.captured_from) == (datetime(2026, 3, 12, 12), "days")


def test_a_restatement_is_called_out(filled: Store, take: Take, tmp_path: Path) -> None:
    rows = exports.works_rows()
    rows[0][4], rows[1][4] = "880", "2970"
    receipt = take(
        exports.write_xlsx(tmp_path / "n.xlsx", exports.WORKS_HEADER, rows),
        captured=datetime(2026, 3, 20, 12),
    )
    assert (receipt.changed, receipt.same) == (2, 3)
    assert receipt.restated == 2
    assert receipt.restated_most == pytest.approx(-0.12)


def test_columns_nobody_knows_are_named(store: Store, take: Take, tmp_path: Path) -> None:
    header = [*exports.WORKS_HEADER, "弹幕量"]
    rows = [[*row, "3"] for row in exports.works_rows()]
    receipt = take(exports.write_csv(tmp_path / "w.csv", header, rows))
    assert receipt.unknown == ("弹幕量",)
    assert sums(store) == WORKS_SUMS


def test_a_receipt_is_kept_whole_in_the_ledger(store: Store, take: Take, tmp_path: Path) -> None:
    rows = exports.works_rows() + exports.works_rows()[:1]
    rows[5][4] = "abc"
    rows[5][1] = "2026-03-01 08:00:00"
    receipt = take(exports.write_csv(tmp_path / "w.csv", exports.WORKS_HEADER, rows))
    kept = entry(store, int(receipt.batch or 0)).receipt
    assert kept.as_json() == receipt.as_json()


def test_a_number_can_be_followed_to_file_and_line(filled: Store) -> None:
    from opsdata import works

    video = queries.ask(filled, ["views"], Filters(search="炖汤"), ["video"])["video"].iloc[0]
    row = works.exports(filled, video).iloc[0]
    assert (row["file"], int(row["line"]), int(row["views"])) == (
        "作品列表导出-20260312.xlsx",
        3,
        3000,
    )
    assert works.work(filled, video).account == ACCOUNT  # type: ignore[union-attr]
