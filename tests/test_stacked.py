"""Several tables on one sheet: each known one is a part of its own, the others are named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from opsdata.intake.importer import Importer, Wish
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.undo import undo
from opsdata.store import Store
from tests import containers, exports
from tests.conftest import ACCOUNT, conserved, tables

pytestmark = pytest.mark.slow

RIVALS = [
    ["抖音达人榜"],
    ["排名", "昵称", "粉丝数", "新增粉丝"],
    ["1", "对手甲", "7.5w~10w", "120"],
    ["2", "对手乙", "30000", "-5"],
]
GOODS = [
    ["SKU商品库"],
    ["排名", "商品", "佣金比例", "周销量"],
    ["1", "平底锅", "20.00%", "7.5w~10w"],
    ["2", "汤勺", "10.00%", "100w+"],
    ["3", "菜板", "-", "0~25"],
]
DAYS = [["日期", "播放量"], ["2026-03-01", "5"], ["2026-03-02", "6"]]
OTHER_DAYS = [["日期", "点赞量"], ["2026-03-01", "1"], ["2026-03-02", "2"]]
WORKS = [exports.WORKS_HEADER, *exports.works_rows()]
BLANK: list[list[str]] = [[]]


def as_csv(rows: list[list[str]], folder: Path, padded: bool) -> Path:
    width = max(map(len, rows)) if padded else 0
    path = folder / "榜单.csv"
    lines = [",".join([*row, *[""] * (width - len(row))]) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def as_xlsx(rows: list[list[str]], folder: Path) -> Path:
    path = folder / "榜单.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(at, column, cell)
    book.close()
    return path


def as_page(rows: list[list[str]], folder: Path) -> Path:
    """A page as some back ends hand it out as .xls: each row with the cells it has."""
    path = folder / "榜单.xls"
    path.write_text(containers.html(rows), encoding="utf-8")
    return path


WRITERS: dict[str, Callable[[list[list[str]], Path], Path]] = {
    "csv": lambda rows, folder: as_csv(rows, folder, padded=False),
    "csv of one width": lambda rows, folder: as_csv(rows, folder, padded=True),
    "xlsx": as_xlsx,
    "page": as_page,
}


@pytest.fixture(params=WRITERS)
def bring(
    request: pytest.FixtureRequest, store: Store, shared_importer: Importer, tmp_path: Path
) -> Callable[..., list[Receipt]]:
    shared_importer.store = store

    def one(*parts: list[list[str]]) -> list[Receipt]:
        path = WRITERS[request.param]([row for part in parts for row in part], tmp_path)
        return shared_importer.take(path, Wish(ACCOUNT, datetime(2026, 3, 10, 12)), "test")

    return one


def lines_of(receipts: list[Receipt]) -> int:
    """Every line of the sheet: rows, and what is no row."""
    assert all(map(conserved, receipts))
    return sum(r.rows + len(r.others) for r in receipts)


def test_known_tables_are_parts_and_the_unknown_one_is_named(
    store: Store, bring: Callable[..., list[Receipt]]
) -> None:
    receipts = bring(RIVALS, BLANK, GOODS, BLANK, DAYS)
    assert [(r.part, r.status, r.reason, r.rows) for r in receipts] == [
        ("抖音达人榜", Status.DONE, None, 2),
        ("SKU商品库", Status.REFUSED, "unknown_table", 3),
        ("3", Status.DONE, None, 2),
    ]
    assert lines_of(receipts) == 14
    assert store.rows(
        "select account_id, low, value from reported where measure = 'followers' order by line"
    ) == [
        ("douyin:对手甲", 75000, None),
        ("douyin:对手乙", None, 30000),
    ]
    assert store.rows("select value from account_day order by day") == [(5,), (6,)]


def test_the_unknown_table_may_stand_first(bring: Callable[..., list[Receipt]]) -> None:
    receipts = bring(GOODS, BLANK, RIVALS)
    assert [(r.part, r.status) for r in receipts] == [
        ("SKU商品库", Status.REFUSED), ("抖音达人榜", Status.DONE),
    ]  # fmt: skip
    assert lines_of(receipts) == 10


@pytest.mark.parametrize("between", [[], BLANK, [["点赞"]]], ids=["nothing", "blank", "title"])
def test_our_own_exports_may_stand_one_below_the_other(
    store: Store, bring: Callable[..., list[Receipt]], between: list[list[str]]
) -> None:
    before = tables(store)
    receipts = bring(DAYS, between, OTHER_DAYS, BLANK, WORKS)
    assert [(r.kind, r.rows) for r in receipts] == [
        ("douyin_daily", 2), ("douyin_daily", 2), ("douyin_works", 5),
    ]  # fmt: skip
    assert lines_of(receipts) == 13 + len(between)
    assert store.rows("select measure, sum(value) from account_day group by all order by 1") == [
        ("likes", 3), ("views", 11),
    ]  # fmt: skip
    for receipt in receipts:
        undo(store, int(receipt.batch or 0))
    assert tables(store) == before


def test_parts_name_the_lines_of_the_file(bring: Callable[..., list[Receipt]]) -> None:
    broken = [OTHER_DAYS[0], *OTHER_DAYS[1:] * 4, ["2026-03-05", "很多"]]
    receipts = bring(DAYS, BLANK, broken)
    assert [(f.line, f.rule) for f in receipts[1].findings if f.rule == "unreadable_number"] == [
        (14, "unreadable_number")
    ]
