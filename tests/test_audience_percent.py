"""The unit of an audience's shares: typed with a sign, without one, and as parts of one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from opsdata.intake.receipt import Receipt
from opsdata.store import Store
from tests import exports
from tests import people_exports as people
from tests.conftest import ACCOUNT, Take

HEADER = ["日期", "账号", "维度", "类别", "占比"]
GENDER = [("性别", "男性", "41"), ("性别", "女性", "57"), ("性别", "未知", "2")]
REGION = [("地域", "广东", "12.5"), ("地域", "西藏", "0.5")]
FRACTIONS = [("年龄", "18-23", "0.4"), ("年龄", "24-30", "0.6")]
MANY = [*FRACTIONS, *(("城市", f"城市{at}", "0.01") for at in range(28))]
"""Thirty rows that are right, so that a few wrong ones do not refuse the table."""


def table(
    rows: Iterable[tuple[str, str, str]], header: list[str] = HEADER
) -> tuple[list[str], list[list[str]]]:
    return header, [["2026-03-05", ACCOUNT, *row] for row in rows]


def shares(store: Store) -> dict[str, float]:
    return dict(store.rows("select bucket, share from audience_share_now order by bucket"))


def rules(receipt: Receipt) -> list[tuple[int, str]]:
    return [(found.line, found.rule) for found in receipt.findings]


@pytest.mark.parametrize("numbers", [False, True])
def test_shares_without_a_sign_that_exceed_the_whole_are_percent(
    store: Store, take: Take, tmp_path: Path, numbers: bool
) -> None:
    header, rows = table([*GENDER, *REGION])
    path = exports.write_xlsx(tmp_path / "画像.xlsx", header, rows, numbers=numbers)
    receipt = take(path, account=None)
    assert (receipt.new, receipt.rejected, rules(receipt)) == (5, 0, [(1, "read_as_percent")])
    assert shares(store) == {
        "男": 0.41, "女": 0.57, "未知": 0.02, "广东": 0.125, "西藏": 0.005,
    }  # fmt: skip


def test_a_header_that_names_the_unit_needs_no_word(
    store: Store, take: Take, tmp_path: Path
) -> None:
    made = table(GENDER, [*HEADER[:4], "占比(%)"])
    receipt = take(people.write(tmp_path, "画像.csv", made), account=None)
    assert (receipt.new, rules(receipt)) == (3, [])
    assert shares(store)["女"] == 0.57


def test_fractions_stay_fractions_even_where_several_answers_were_allowed(
    store: Store, take: Take, tmp_path: Path
) -> None:
    wide = [("兴趣", "美食", "0.9"), ("兴趣", "旅行", "0.8")]
    receipt = take(people.write(tmp_path, "画像.csv", table([*FRACTIONS, *wide])), account=None)
    assert (receipt.new, rules(receipt)) == (4, [])
    assert shares(store)["美食"] == 0.9


def test_where_nobody_can_tell_the_unit_the_rows_in_doubt_are_left_out(
    store: Store, take: Take, tmp_path: Path
) -> None:
    mixed = [("性别", "男", "41%"), ("性别", "女", "57"), ("性别", "未知", "0.5")]
    receipt = take(people.write(tmp_path, "画像.csv", table([*MANY, *mixed])), account=None)
    assert rules(receipt) == [(33, "no_share_of_whole"), (34, "no_share_of_whole")]
    assert (len(shares(store)), shares(store)["男"]) == (31, 0.41)


def test_one_table_is_not_read_in_two_units(store: Store, take: Take, tmp_path: Path) -> None:
    receipt = take(people.write(tmp_path, "画像.csv", table([*MANY, *GENDER])), account=None)
    assert {rule for _, rule in rules(receipt)} == {"no_share_of_whole"}
    assert (receipt.new, receipt.rejected) == (30, 3)
    assert max(shares(store).values()) <= 1


@pytest.mark.parametrize("said", ["141%", "-3%", "1.2"])
def test_no_share_is_above_the_whole(store: Store, take: Take, tmp_path: Path, said: str) -> None:
    made = table([*MANY, ("设备", "安卓", said)])
    receipt = take(people.write(tmp_path, "画像.csv", made), account=None)
    assert rules(receipt) == [(32, "no_share_of_whole")]
    assert len(shares(store)) == 30
