"""Comments go in: from crawlers and from lists kept by hand, without who wrote them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from opsdata.intake.receipt import Status
from opsdata.intake.undo import entry, undo
from opsdata.store import Store
from tests import people_exports as people
from tests.conftest import Take, conserved

pytestmark = pytest.mark.slow

LATER = datetime(2026, 4, 1, 12)


@pytest.mark.parametrize(
    ("kind", "ending"),
    [*((kind, ".csv") for kind in people.COMMENTS), ("mediacrawler_comments", ".xlsx")],
)
def test_every_shape_goes_in_whole_and_out_again(
    store: Store, take: Take, tmp_path: Path, kind: str, ending: str
) -> None:
    path = people.write(tmp_path, f"评论{ending}", people.COMMENTS[kind]())
    before = people.facts(store)
    receipt = take(path)
    assert (receipt.status, receipt.kind) == (Status.DONE, kind)
    assert conserved(receipt)
    assert receipt.rows == store.one("select count(*) from comment")
    assert people.leaks(store) == []
    assert entry(store, 1).receipt.as_json() == receipt.as_json()
    held = people.facts(store)
    again = take(path)
    assert (again.status, again.same) == (Status.SAME, receipt.rows)
    assert people.facts(store) == held
    undo(store, 1)
    assert people.facts(store) == before


def test_a_crawler_gives_ids_times_and_answers(store: Store, take: Take, tmp_path: Path) -> None:
    receipt = take(people.write(tmp_path, "c.csv", people.crawler()))
    assert (receipt.rows, receipt.new, receipt.same) == (4, 3, 1)
    assert [(f.line, f.rule) for f in receipt.findings] == [(5, "duplicate_row")]
    rows = store.rows(
        "select comment, work, commented_at, region, text, likes, parent, length(author) "
        "from comment_now order by comment"
    )
    assert rows == [
        ("7400000000000000001", "7312345678901234567", datetime(2026, 3, 1, 8), "广东",
         "@*** 手真巧[捂脸]", 12, None, 16),
        ("7400000000000000002", "7312345678901234567", datetime(2026, 3, 1, 8, 1), "广东",
         "加我微信*** ***", 0, None, 16),
        ("7400000000000000003", "7312345678901234567", datetime(2026, 3, 1, 8, 1, 40), "广东",
         None, 1, "7400000000000000001", 16),
    ]  # fmt: skip


def test_a_list_without_ids_counts_a_repeated_row_once(
    store: Store, take: Take, tmp_path: Path
) -> None:
    receipt = take(people.write(tmp_path, "评论.csv", people.home_made(), "gb18030"))
    assert (receipt.encoding, receipt.new, receipt.same) == ("gb18030", 3, 1)
    assert [f.rule for f in receipt.findings] == ["duplicate_row", "unreadable_moment"]
    assert store.one("select count(*) from comment") == 4
    assert store.one("select count(*) from comment_now") == 3
    assert store.one("select sum(likes) from comment_now") == 12003
    assert store.one("select count(distinct author) from comment_now") == 2
    assert store.one("select count(*) from comment_now where contains(text, '15800000000次')") == 1


def test_the_receipt_says_what_was_masked(store: Store, take: Take, tmp_path: Path) -> None:
    receipt = take(people.write(tmp_path, "c.csv", people.with_region()))
    assert receipt.as_json()["masked"] == {
        "cells": 2,
        "kinds": {"ip": 1, "id_card": 1},
        "columns": ["用户id", "用户名"],
    }
    assert store.rows("select region from comment order by line") == [("广东",), (None,)]
    assert people.leaks(store) == []


def test_the_newest_values_win_whatever_the_order(store: Store, take: Take, tmp_path: Path) -> None:
    header, rows = people.crawler()
    newer = [[*row] for row in rows[:3]]
    newer[0][header.index("like_count")] = "99"
    take(people.write(tmp_path, "b.csv", (header, newer)), captured=LATER)
    receipt = take(people.write(tmp_path, "a.csv", (header, rows)), captured=datetime(2026, 3, 5))
    assert (receipt.new, receipt.changed, receipt.same) == (0, 1, 3)
    assert store.one("select max(likes) from comment_now") == 99
    undo(store, 1)
    assert store.one("select max(likes) from comment_now") == 12


def test_a_comment_that_stands_twice_with_other_likes_is_a_change(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = people.crawler()
    rows[3][header.index("like_count")] = "7"
    receipt = take(people.write(tmp_path, "c.csv", (header, rows)))
    assert (receipt.new, receipt.changed, receipt.rejected) == (3, 1, 0)
    assert store.one("select likes from comment_now where comment like '%2'") == 7


def test_the_account_is_asked_for(store: Store, take: Take, tmp_path: Path) -> None:
    path = people.write(tmp_path, "c.csv", people.crawler())
    assert take(path, account=None).status is Status.NEEDS_ANSWER
    header, rows = people.crawler()
    named = ([*header, "所属账号"], [[*row, "甲号"] for row in rows])
    receipt = take(people.write(tmp_path, "d.csv", named), account=None)
    assert receipt.status is Status.NEEDS_ANSWER


def test_authors_are_hashed_with_a_key_of_the_database(
    store: Store, take: Take, tmp_path: Path
) -> None:
    path = people.write(tmp_path, "c.csv", people.crawler())
    take(path)
    first = store.rows("select distinct author from comment order by all")
    assert len(str(store.recall("author_key"))) == 64
    undo(store, 1)
    take(path)
    assert store.rows("select distinct author from comment order by all") == first


def test_rows_not_taken_keep_nobody(store: Store, take: Take, tmp_path: Path) -> None:
    header, rows = people.crawler()
    rows = [[*row] for row in rows * 5]
    rows[7][header.index("content")] = "坏\x00字 13800000000"
    path = people.write(tmp_path, "c.csv", (header, rows))
    path.write_text(path.read_text("utf-8-sig") + "少了格子,无名甲,13900000000\n", encoding="utf-8")
    receipt = take(path)
    assert (receipt.rows, receipt.rejected) == (21, 2)
    assert people.leaks(store) == []


def test_ids_that_a_spreadsheet_shortened_are_no_ids(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = people.crawler()
    for row in rows:
        row[0] = row[3] = row[5] = "7.4E+18"
    receipt = take(people.write(tmp_path, "c.csv", (header, rows)))
    assert (receipt.new, receipt.same) == (3, 1)
    assert store.one("select count(*) from comment where work is not null") == 0
    assert store.one("select count(distinct author) from comment") == 2


def test_a_receipt_from_before_masking_is_still_read(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(people.write(tmp_path, "c.csv", people.crawler()))
    with store.writing() as session:
        session.do("update batch set masked = null")
    assert entry(store, 1).receipt.masked.kinds == {}


def test_a_list_of_works_is_no_list_of_comments(store: Store, take: Take, tmp_path: Path) -> None:
    header = ["标题", "发布时间", "点赞数", "评论", "昵称"]
    rows = [["早餐", "2026-03-01 08:00:00", "5", "3", "无名甲"]]
    assert take(people.write(tmp_path, "w.csv", (header, rows))).status is Status.REFUSED
