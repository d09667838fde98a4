"""Rows made of the others, however they are spelled, are never data."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsdata.intake.receipt import Receipt, Status
from opsdata.store import Store
from tests import exports
from tests.conftest import Take, conserved
from tests.source_examples import ENGINE_PLANS

pytestmark = pytest.mark.slow


def write(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8-sig"))
    return path


def others(receipt: Receipt) -> list[tuple[int, str]]:
    return [(other.line, other.what) for other in receipt.others if other.what != "header"]


def test_a_plan_report_with_its_total_in_the_column_of_days_counts_nothing_twice(
    store: Store, take: Take, tmp_path: Path
) -> None:
    receipt = take(write(tmp_path, ENGINE_PLANS + "合计,,,,,1500,25,1.67,1.6,27,40.00\n"))
    assert (receipt.rows, receipt.new, others(receipt)) == (2, 2, [(4, "total")])
    assert receipt.findings == ()
    assert store.one("select sum(value) from reported where measure = 'spend'") == 40


@pytest.mark.parametrize(
    "total", ["全部,-,-,300,9,30", "全部,,,300,9,30", "2026-03-01,-,-,300,9,30"]
)
def test_a_stroke_is_neither_the_name_nor_the_id_of_a_material(
    store: Store, take: Take, tmp_path: Path, total: str
) -> None:
    header = "日期,素材名称,素材ID,整体消耗,整体展示次数,视频播放数\n"
    rows = "".join(f"2026-03-01,饼{at},76000000000000000{at},100,3,10\n" for at in (11, 12, 13))
    receipt = take(write(tmp_path, f"{header}{total}\n{rows}"))
    assert (receipt.rows, receipt.new) == (3, 3)
    assert [line for line, _ in others(receipt)] == [2]
    assert store.one("select count(*) from reported where item = '-' or item_id = '-'") == 0
    assert store.one("select sum(value) from reported where measure = 'spend'") == 300


def test_a_report_row_without_name_and_id_is_rejected(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = "".join(f"2026-03-0{at},{at},计划{at},组,100,5,10\n" for at in range(1, 7))
    header = "时间,广告计划id,广告计划,广告组,展示数,点击数,总花费(元)\n"
    receipt = take(write(tmp_path, f"{header}{rows}2026-03-07,-,-,组,100,5,10\n"))
    assert (receipt.new, receipt.rejected) == (6, 1)
    assert [(f.line, f.rule) for f in receipt.findings] == [(8, "missing_name")]
    assert conserved(receipt)


def test_averages_and_totals_in_a_list_are_no_competitors(
    store: Store, take: Take, tmp_path: Path
) -> None:
    text = "昵称,粉丝数,作品数\n对手,1w,3\n平均,1w,3\n合计：1个,1w,3\n均值,1w,3\n"
    receipt = take(write(tmp_path, text))
    assert (receipt.rows, receipt.new) == (1, 1)
    assert others(receipt) == [(3, "average"), (4, "total"), (5, "average")]
    assert store.rows("select name from account") == [("对手",)]


@pytest.mark.parametrize(
    ("word", "what"),
    [("日均", "average"), ("均值", "average"), ("平均", "average"), ("平均值：", "average"),
     ("本月合计", "total"), ("合计：12条", "total"), ("总合计", "total"), ("", "total")],
)  # fmt: skip
def test_however_a_last_row_is_called_a_short_file_is_taken(
    take: Take, tmp_path: Path, word: str, what: str
) -> None:
    receipt = take(write(tmp_path, f"日期,播放量\n2026-03-01,10\n2026-03-02,30\n{word},40\n"))
    assert (receipt.status, receipt.rows, receipt.new) == (Status.DONE, 2, 2)
    assert others(receipt) == [(4, what)]
    assert [f.rule for f in receipt.findings] == []


def test_a_last_row_without_a_day_is_rejected_when_it_is_no_sum(take: Take, tmp_path: Path) -> None:
    days = "".join(f"2026-03-{day:02d},10\n" for day in range(1, 10))
    receipt = take(write(tmp_path, f"日期,播放量\n{days},41\n"))
    assert (receipt.new, receipt.rejected) == (9, 1)


def test_works_below_each_other_with_totals_of_several_kinds(take: Take, tmp_path: Path) -> None:
    width = len(exports.WORKS_HEADER)
    ends = [[word, *["-"] * (width - 1)] for word in ("本月合计", "平均", "合计：5条")]
    path = exports.write_csv(
        tmp_path / "w.csv", exports.WORKS_HEADER, [*exports.works_rows(), *ends]
    )
    receipt = take(path)
    assert (receipt.new, receipt.rejected) == (5, 0)
    assert others(receipt) == [(7, "total"), (8, "average"), (9, "total")]


def test_the_total_of_a_list_of_comments_is_no_comment(
    store: Store, take: Take, tmp_path: Path
) -> None:
    text = "昵称,评论,时间,点赞数\nTotal,,2026-03-01 10:00:00,1\n甲,全部,2026-03-01 10:00:00,1\n"
    receipt = take(write(tmp_path, f"{text}合计,,,2\n"))
    assert (receipt.rows, receipt.new, others(receipt)) == (2, 2, [(4, "total")])
    assert store.one("select count(*) from comment") == 2
