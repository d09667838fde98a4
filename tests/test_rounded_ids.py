"""Ids of nineteen digits that a spreadsheet took for numbers are never used as they came out."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsdata.intake.receipt import Receipt, Status
from opsdata.store import Store
from tests import exports
from tests import people_exports as people
from tests import rivals_exports as rivals
from tests.conftest import Take, conserved
from tests.workbooks import write_typed

LONG = "7401234567890123"


def lost(receipt: Receipt) -> list[tuple[int, str]]:
    return [(f.line, f.header) for f in receipt.findings if f.rule == "precision_lost"]


def comments(first: int = 400) -> people.Table:
    header, (row, *_) = people.crawler()
    rows = [[*row] for _ in range(6)]
    for at, one in enumerate(rows):
        one[0], one[3] = f"{LONG}{first + at}", f"{LONG}456"
        one[header.index("content")] = f"第{at}条"
        one[header.index("parent_comment_id")] = f"{LONG}{first}" if at else "0"
    return header, rows


def test_comments_with_numeric_ids_are_all_kept_and_say_that_their_ids_are_lost(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = comments()
    numeric = [[int(row[0]), *row[1:3], int(row[3]), *row[4:]] for row in rows]
    receipt = take(write_typed(tmp_path / "c.xlsx", header, numeric))
    assert (receipt.new, receipt.changed, receipt.rejected) == (6, 0, 0)
    assert conserved(receipt)
    assert lost(receipt) == [
        (line, name) for line in range(2, 8) for name in ("comment_id", "aweme_id")
    ]
    assert store.one("select count(distinct comment) from comment_now") == 6
    assert store.rows("select distinct work from comment") == [(None,)]
    assert store.one("select count(parent) from comment") == 5, "kept as text, so whole"


def test_of_a_column_partly_numbers_only_the_numbers_are_lost(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows: list[list[object]] = [[*row] for row in rivals.rows("对手", rivals.plain(6))]
    for at, row in enumerate(rows):
        row[2] = int(f"{LONG}{at}56") if at % 2 else f"{LONG}{at}56"
    receipt = take(write_typed(tmp_path / "l.xlsx", rivals.HEADER, rows))
    assert (receipt.new, receipt.rejected) == (6, 0)
    assert lost(receipt) == [(line, "视频ID") for line in (3, 5, 7)]
    known = store.rows("select platform_id from video_snapshot order by line")
    assert [value for (value,) in known] == [
        f"{LONG}056", None, f"{LONG}256", None, f"{LONG}456", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "ids",
    [
        [f"74012345678{at:04d}0000" for at in range(6)],
        ["7401234567890120000"] * 6,
        [f"74012345678{at:04d}7000" for at in range(6)],
    ],
    ids=["fifteen digits", "all the same by now", "a page's own numbers"],
)
def test_a_text_file_whose_ids_all_end_in_zeros_has_lost_them(
    store: Store, take: Take, tmp_path: Path, ids: list[str]
) -> None:
    if ids[0].endswith("7000"):
        ids = [str(int(float(one))) for one in ids]
    header, rows = comments()
    for row, one in zip(rows, ids, strict=True):
        row[0] = one
    receipt = take(people.write(tmp_path, "c.csv", (header, rows)))
    assert receipt.status is Status.DONE
    assert (receipt.new, store.one("select count(*) from comment_now")) == (6, 6)
    assert lost(receipt) == [(line, "comment_id") for line in range(2, 8)]


def test_whole_ids_are_kept_to_the_last_digit_whatever_one_of_them_ends_in(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = comments(first=500)
    rows[0][0] = "7401234567890120000"
    for path in (
        people.write(tmp_path, "c.csv", (header, rows)),
        exports.write_xlsx(tmp_path / "c.xlsx", header, rows),
    ):
        assert lost(take(path)) == []
    assert store.one("select count(*) from comment_now where comment like '74012345678901%'") == 6


def test_one_id_alone_in_a_text_file_is_believed(store: Store, take: Take, tmp_path: Path) -> None:
    header, rows = comments()
    rows[0][0] = str(int(float(rows[0][0])))
    assert lost(take(people.write(tmp_path, "c.csv", (header, rows[:1])))) == []


def test_a_creator_whose_id_was_a_number_is_kept_without_it(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header = ["抖音昵称", "星图ID", "粉丝（万）"]
    rows: list[list[object]] = [["甲", int(f"{LONG}456"), "123.4"], ["乙", f"{LONG}999", "1.5"]]
    receipt = take(write_typed(tmp_path / "x.xlsx", header, rows))
    assert lost(receipt) == [(2, "星图ID")]
    assert store.rows("select item_id, value from reported order by line") == [
        (None, 1234000.0),
        (f"{LONG}999", 15000.0),
    ]
