"""Audience tables go in: shares by gender, region, hour, of one account or of several."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from opsdata.intake.receipt import Status
from opsdata.intake.undo import entry, undo
from opsdata.store import Store
from tests import people_exports as people
from tests.conftest import ACCOUNT, Take, conserved

pytestmark = pytest.mark.slow

SEEN = datetime(2026, 3, 1, 12)


@pytest.mark.parametrize("kind", people.AUDIENCE)
def test_every_shape_goes_in_whole_and_out_again(
    store: Store, take: Take, tmp_path: Path, kind: str
) -> None:
    path = people.write(tmp_path, "画像.csv", people.AUDIENCE[kind]())
    before = people.facts(store)
    receipt = take(path, captured=SEEN)
    assert (receipt.status, receipt.kind) == (Status.DONE, kind)
    assert conserved(receipt)
    assert receipt.new == receipt.rows == store.one("select count(*) from audience_share")
    assert entry(store, 1).receipt.as_json() == receipt.as_json()
    assert take(path, captured=SEEN).status is Status.SAME
    undo(store, 1)
    assert people.facts(store) == before


def test_a_table_of_several_accounts_asks_nothing(store: Store, take: Take, tmp_path: Path) -> None:
    receipt = take(people.write(tmp_path, "画像.xlsx", people.shares()), account=None)
    assert (receipt.status, receipt.account) == (Status.DONE, "甲号、乙号")
    assert store.rows("select name from account order by name") == [("乙号",), ("甲号",)]
    assert store.rows(
        "select account_id, day, dimension, bucket, share from audience_share_now order by all"
    ) == [
        ("douyin:乙号", date(2026, 3, 1), "gender", "女", 0.5),
        ("douyin:乙号", date(2026, 3, 1), "gender", "男", 0.5),
        ("douyin:乙号", date(2026, 3, 1), "tier", "一线", 0.2),
        ("douyin:甲号", date(2026, 3, 1), "gender", "女", 0.615),
        ("douyin:甲号", date(2026, 3, 1), "gender", "男", 0.385),
    ]  # fmt: skip


def test_an_account_stands_for_the_blanks_below_it(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = people.shares()
    for at in (1, 3, 4):
        rows[at][1] = ""
    receipt = take(people.write(tmp_path, "画像.xlsx", (header, rows)), account=None)
    assert receipt.account == "甲号、乙号"
    assert store.one("select count(*) from audience_share where account_id = 'douyin:乙号'") == 3


def test_a_file_without_a_name_is_asked_whose_it_is(
    store: Store, take: Take, tmp_path: Path
) -> None:
    path = people.write(tmp_path, "FollowerGender.csv", people.gender())
    assert take(path, account=None).status is Status.NEEDS_ANSWER
    take(path, captured=SEEN)
    rows = store.rows("select account_id, day, dimension from audience_share_now")
    assert set(rows) == {(f"tiktok:{ACCOUNT}", date(2026, 3, 1), "gender")}


def test_hours_become_shares_of_their_day(store: Store, take: Take, tmp_path: Path) -> None:
    take(people.write(tmp_path, "FollowerActivity.csv", people.activity()), captured=SEEN)
    rows = store.rows(
        "select day, count(*), sum(share) from audience_share group by day order by day"
    )
    assert [row[:2] for row in rows] == [(date(2026, 2, 27), 24), (date(2026, 2, 28), 24)]
    assert [row[2] for row in rows] == pytest.approx([1, 1])


def test_rows_that_stand_twice(store: Store, take: Take, tmp_path: Path) -> None:
    header, rows = people.shares()
    rows += [rows[0], [*rows[1][:4], "40%"], [*rows[1][:4], "不知道"]]
    rows += [["2026-03-02", *row[1:]] for row in rows[:5]]
    receipt = take(people.write(tmp_path, "画像.csv", (header, rows)), account=None)
    assert (receipt.rows, receipt.new, receipt.same, receipt.rejected) == (13, 10, 1, 2)
    assert {f.rule for f in receipt.findings} == {
        "duplicate_row", "conflicting_row", "unreadable_required",
    }  # fmt: skip


def test_the_newest_share_wins(store: Store, take: Take, tmp_path: Path) -> None:
    header, rows = people.shares()
    take(people.write(tmp_path, "a.csv", (header, rows)), account=None, captured=SEEN)
    rows[0][4] = "60%"
    receipt = take(
        people.write(tmp_path, "b.csv", (header, rows)), account=None, captured=datetime(2026, 3, 9)
    )
    assert (receipt.changed, receipt.same) == (1, 4)
    assert (
        store.one("select share from audience_share_now where bucket = '女' order by 1 desc") == 0.6
    )
