"""One account has one name: what nobody can see makes no second account."""

from __future__ import annotations

import json
import os
import time
from datetime import datetime
from pathlib import Path

import pytest

from opsdata import commands
from opsdata.intake import planfile
from opsdata.intake.accounts import accounts, merge
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.inbox import Inbox
from opsdata.intake.jobs import JobQueue
from opsdata.intake.naming import among, named
from opsdata.intake.receipt import Status
from opsdata.store import Store
from opsdata.workspace import Workspace
from tests import exports

LISTS = ["达人昵称", "视频标题", "发布时间", "视频时长", "点赞数", "评论数", "分享数"]
"""A list of a data service, whose rows name their accounts."""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" 甲 ", "甲"), ("甲\u200b", "甲"), ("\ufeff甲", "甲"), ("甲\u3000", "甲"), ("ＡＢ", "AB"),
        ("甲\xa0乙", "甲 乙"), ("甲  乙", "甲 乙"), ("美食 号", "美食 号"), ("\u200b", ""),
        ("甲\u200d乙", "甲乙"), ("👩\u200d🍳厨房", "👩\u200d🍳厨房"), ("Ab", "Ab"),
    ],
)  # fmt: skip
def test_a_name_is_kept_without_what_nobody_sees(text: str, name: str) -> None:
    assert named(text) == name


def test_a_known_name_goes_before_a_clean_one() -> None:
    assert among("ＡＢ", ["ＡＢ", "AB"]) == "ＡＢ"
    assert among("AB ", ["ＡＢ", "AB"]) == "AB"
    assert among("AB", ["ＡＢ"]) == "ＡＢ"
    assert among("\u200b", ["甲"]) == ""


def keys(store: Store) -> list[str]:
    return [key for (key,) in store.rows("select account_id from account order by account_id")]


def works(folder: Path, name: str = "w.csv") -> Path:
    return exports.write_csv(folder / name, exports.WORKS_HEADER, exports.works_rows())


WHEN = datetime(2026, 3, 12, 12)


@pytest.mark.slow
def test_the_same_file_under_a_name_with_a_blank_is_the_same(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    shared_importer.store = store
    path = works(tmp_path)
    (first,) = shared_importer.take(path, Wish("甲", WHEN), "test")
    for spelling in ("甲 ", "\u200b甲", "甲\u3000"):
        (again,) = shared_importer.take(path, Wish(spelling, WHEN), "test")
        assert (again.status, again.account) == (Status.SAME, "甲")
    (none,) = shared_importer.take(path, Wish(" \u200b", WHEN), "test")
    assert (none.status, none.reason) == (Status.NEEDS_ANSWER, "which_account")
    assert first.status is Status.DONE
    assert keys(store) == ["douyin:甲"]


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_rows_name_one_account_however_it_is_spelled(
    store: Store, shared_importer: Importer, tmp_path: Path, ending: str
) -> None:
    shared_importer.store = store
    spellings = ("对手", "对手 ", "对手\u200b", "ＡＢ", "AB", "\u200b")
    rows = [
        [name, f"第{at}条", f"2026-05-0{at + 1} 10:00", "00:35", "1", "2", "3"]
        for at, name in enumerate(spellings)
    ]
    write = exports.write_csv if ending == ".csv" else exports.write_xlsx
    path = write(tmp_path / f"list{ending}", LISTS, rows)
    receipts = shared_importer.take(path, Wish(captured_at=WHEN.replace(month=6)), "test")
    assert [(one.account, one.new) for one in receipts] == [("对手", 3), ("AB", 2)]
    assert sum(one.rejected for one in receipts) == 1, "a name that nobody sees is none"
    assert sum(one.rows for one in receipts) == len(rows)
    assert keys(store) == ["douyin:AB", "douyin:对手"]


@pytest.mark.slow
def test_comments_and_audiences_name_the_same_account(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    shared_importer.store = store
    shared_importer.take(works(tmp_path), Wish("ＡＢ", WHEN), "test")
    header = ["评论", "时间", "点赞数", "昵称", "所属账号"]
    rows = [["好看", f"2026-03-0{at} 08:00:00", "1", "某人", name]
            for at, name in enumerate(("AB", "ＡＢ ", "AB\u200b"), start=1)]  # fmt: skip
    path = exports.write_csv(tmp_path / "c.csv", header, rows)
    (receipt,) = shared_importer.take(path, Wish(captured_at=WHEN), "test")
    assert receipt.new == 3
    assert store.rows("select distinct account_id from comment") == [("douyin:AB",)]


def test_a_folder_of_the_inbox_names_it_too(store: Store, tmp_path: Path) -> None:
    queue = JobQueue(store, Workspace(tmp_path / "space" / "ops.duckdb"))
    inbox = Inbox(queue, tmp_path / "inbox")
    for folder in ("甲", "甲\u200b"):
        (tmp_path / "inbox" / folder).mkdir()
        path = works(tmp_path / "inbox" / folder)
        os.utime(path, (time.time() - 60,) * 2)
    inbox.look()
    queue.wait()
    queue.close()
    assert keys(store) == ["douyin:甲"]


@pytest.mark.slow
def test_a_database_that_holds_such_names_goes_on_and_can_be_mended(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    shared_importer.store = store
    path = works(tmp_path)
    with store.writing() as session:
        session.do("insert into account values ('douyin:ＡＢ ', 'douyin', 'ＡＢ ', true)")
    for spelling in ("AB", "ＡＢ", "ＡＢ "):
        shared_importer.take(path, Wish(spelling, WHEN), "test")
    assert [(one.key, one.works) for one in accounts(store)] == [("douyin:ＡＢ ", 5)]
    merge(store, "douyin:ＡＢ ", "AB\u3000")
    assert [(one.key, one.works) for one in accounts(store)] == [("douyin:AB", 5)]


@pytest.mark.slow
def test_the_command_line_asks_for_an_account_in_any_spelling(tmp_path: Path) -> None:
    path = works(tmp_path)
    told = ("--db", str(tmp_path / "ops.duckdb"))
    assert commands.run(["import", str(path), "--account", "甲 ", *told]).status == 0
    plain, odd = (
        commands.run(["ask", "views", "--account", said, "--format", "json", *told]).out
        for said in ("甲", "\ufeff甲 ")
    )
    assert plain == odd
    assert json.loads(plain)


@pytest.mark.slow
def test_rows_go_on_with_a_name_that_a_database_holds(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    shared_importer.store = store
    with store.writing() as session:
        session.do("insert into account values ('douyin:ＡＢ', 'douyin', 'ＡＢ', true)")
    header = ["评论", "时间", "点赞数", "昵称", "所属账号"]
    rows = [["好看", "2026-03-01 08:00:00", "1", "某人", "AB\u200b"]]
    path = exports.write_csv(tmp_path / "c.csv", header, rows)
    shared_importer.take(path, Wish(captured_at=WHEN), "test")
    assert store.rows("select distinct account_id from comment") == [("douyin:ＡＢ",)]
    assert keys(store) == ["douyin:ＡＢ"]


def test_a_plan_names_its_accounts_in_any_spelling(tmp_path: Path) -> None:
    path = exports.write_csv(
        tmp_path / "p.csv", ["选题", "账号"], [["早餐饼", "ＡＢ\u200b"], ["晚餐", "丙"]]
    )
    found = planfile.read(path.read_bytes(), path.name, ("AB",))
    assert [item.account for item in found.items] == ["AB"]
    assert [(row.reason, row.value) for row in found.rejected] == [("no_account", "丙")]
