"""Workbooks whose sheets are parts of one thing, and files whose title names their measure."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from opsdata.intake import accounts
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.undo import undo
from opsdata.store import Store
from tests import containers, source_examples
from tests.conftest import ACCOUNT, Take, conserved

pytestmark = pytest.mark.slow

WORK = {
    "指标数据": source_examples.LISTED,
    "进度分析": source_examples.PARTS,
    "来源": source_examples.ORIGINS,
    "涨粉量-累计": source_examples.FOLLOWS,
    "涨粉量-每天": source_examples.FOLLOWS.replace(",5,4,1", ",2,1,1"),
    "说明": "一,二\n三,四\n",
}
RED = {
    "账号总体观看数据": source_examples.RED_ACCOUNT,
    "曝光趋势": "日期,数值\n2026年03月01日,100\n",
    "观看趋势": "日期,数值\n2026年03月01日,30\n",
}


def book(path: Path, sheets: dict[str, str]) -> Path:
    made = xlsxwriter.Workbook(path)
    for name, text in sheets.items():
        sheet = made.add_worksheet(name)
        for row, line in enumerate(text.splitlines()):
            for column, cell in enumerate(line.split(",")):
                sheet.write_string(row, column, cell)
    made.close()
    return path


def bring(importer: Importer, store: Store, path: Path) -> list[Receipt]:
    importer.store = store
    return importer.take(path, Wish(ACCOUNT, datetime(2026, 3, 10, 12)), "test")


def test_the_workbook_of_one_work_is_taken_sheet_by_sheet(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    receipts = bring(shared_importer, store, book(tmp_path / "早餐饼.xlsx", WORK))
    assert [(r.part, r.status, r.rows) for r in receipts] == [
        ("指标数据", Status.DONE, 1), ("进度分析", Status.DONE, 2), ("来源", Status.DONE, 2),
        ("涨粉量-累计", Status.DONE, 2), ("涨粉量-每天", Status.DONE, 2),
    ]  # fmt: skip
    assert all(map(conserved, receipts))
    assert [f.value for f in receipts[0].findings if f.rule == "sheet_not_read"] == ["说明"]
    assert store.rows(
        "select work, sheet, label, day, measure, value from work_detail "
        "where measure in ('like_rate', 'skip_rate', 'follower_gain') and day <= '2026-03-10' "
        "order by sheet, day, label, measure"
    ) == [
        ("早餐饼", "指标数据", None, date(2026, 3, 10), "follower_gain", -3),
        ("早餐饼", "指标数据", None, date(2026, 3, 10), "like_rate", 0.05),
        ("早餐饼", "涨粉量-每天", None, date(2026, 3, 1), "follower_gain", 2),
        ("早餐饼", "涨粉量-每天", None, date(2026, 3, 2), "follower_gain", -1),
        ("早餐饼", "涨粉量-累计", None, date(2026, 3, 1), "follower_gain", 5),
        ("早餐饼", "涨粉量-累计", None, date(2026, 3, 2), "follower_gain", -1),
        ("早餐饼", "进度分析", "00:00-00:08", date(2026, 3, 10), "skip_rate", 0.12),
        ("早餐饼", "进度分析", "00:08-00:16", date(2026, 3, 10), "skip_rate", 0.08),
    ]
    assert store.one("select count(*) from video") == 0
    for receipt in receipts:
        undo(store, int(receipt.batch or 0))
    assert store.one("select count(*) from reported") == 0


def test_a_trend_is_named_by_its_sheet(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    receipts = bring(shared_importer, store, book(tmp_path / "近30日观看数据.xlsx", RED))
    assert [(r.kind, r.fields) for r in receipts[1:]] == [
        ("xiaohongshu_trend", ("day", "impressions")),
        ("xiaohongshu_trend", ("day", "views")),
    ]
    assert store.one("select views from daily") == 30
    accounts.merge(store, ACCOUNT, "新名")
    assert store.rows("select account, views from daily") == [("新名", 30)]
    assert store.one("select count(distinct account_id) from reported") == 1


def test_a_trend_without_a_name_is_not_guessed(store: Store, take: Take, tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("日期,数值\n2026-03-01,3\n", encoding="utf-8")
    receipt = take(path)
    assert (receipt.status, receipt.reason) == (Status.REFUSED, "no_measure")
    assert store.one("select count(*) from account_day") == 0


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_daily_file_of_meta_is_named_by_the_line_above(
    store: Store, take: Take, tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "Views.csv"
    path.write_bytes(source_examples.META_DAYS.encode(encoding))
    assert take(path).kind == "meta_daily"
    assert store.rows("select day, views from daily order by day") == [
        (date(2026, 3, 1), 120), (date(2026, 3, 2), 80),
    ]  # fmt: skip


def test_a_report_of_inline_cells_with_line_breaks_in_its_header(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = [
        ["素材名称", "素材\tID", "整体\n消耗(元)", "视频播放数"],
        ["全部", "", "30.5", "300"],
        ["甲", "7600000000000000001", "30.5", "300"],
    ]
    body = "".join(
        f'<row r="{r}">'
        + "".join(containers.inline(f"{chr(65 + c)}{r}", cell) for c, cell in enumerate(row))
        + "</row>"
        for r, row in enumerate(rows, 1)
    )
    path = tmp_path / "千川.xlsx"
    containers.with_sheet_xml(path, containers.SHEET.format(f"<sheetData>{body}</sheetData>"))
    receipt = take(path)
    assert (receipt.kind, receipt.new) == ("qianchuan_materials", 1)
    assert [o.what for o in receipt.others] == ["header", "total"]
    assert store.rows("select item_id, spend, plays from paid_material") == [
        ("7600000000000000001", 30.5, 300)
    ]


def test_a_merge_keeps_ranges_with_their_work(store: Store, take: Take, tmp_path: Path) -> None:
    path = tmp_path / "w.csv"
    path.write_text(source_examples.SERVICE_WORKS, encoding="utf-8")
    take(path)
    accounts.merge(store, "对手甲", "对手丙")
    assert store.rows(
        "select account, measure, low from video_range_now order by measure, low"
    ) == [("对手丙", "comments", 0), ("对手丙", "likes", 15000), ("对手丙", "shares", 1000000)]
