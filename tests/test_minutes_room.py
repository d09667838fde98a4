"""In the presentation every number has room: at the end of its bar, and in its cell."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pptx import Presentation
from pptx.util import Emu

from opsdata.reports.minutes import Cell, Chart, Minutes, Series, Slide, Table
from opsdata.reports.minutes_pptx import to_pptx

AIMS = ("指标", "目标", "已到", "预计低", "预计高", "达成概率")


def presented(one: Slide) -> Any:
    made = Minutes("2026-03-16T09:30", 1, "zh", False, (one,))
    return Presentation(io.BytesIO(to_pptx(made))).slides[1]


def bars(*values: float) -> Chart:
    names = tuple(f"第{at}部分" for at in range(len(values)))
    return Chart("为什么变了", "bar", "count", names, (Series("增减", values),))


def axis(*values: float) -> Any:
    page = presented(Slide("why", "为什么", "答", chart=bars(*values)))
    (chart,) = [shape.chart for shape in page.shapes if shape.has_chart]
    return chart.value_axis


def test_the_number_of_a_bar_to_the_left_stands_before_the_names() -> None:
    assert axis(300.0, -900.0).minimum_scale == pytest.approx(-900 - 0.25 * 1200)
    assert axis(-900.0, -100.0).minimum_scale == pytest.approx(-900 - 0.25 * 900)
    assert axis(300.0, 900.0).minimum_scale is None


@pytest.mark.parametrize("name", ["播放", "每条作品的平均完播率（只算视频）"])
@pytest.mark.parametrize("beside", [True, False])
def test_no_number_of_a_table_breaks(name: str, beside: bool) -> None:
    number = Cell("105.0万", 1_050_000.0, "count")
    rows = tuple((Cell(name), number, number, number, number, Cell("63.2%", 0.632)) for _ in "ab")
    chart = bars(1.0, 2.0) if beside else None
    page = presented(Slide("goals", "目标", "答", chart=chart, table=Table(AIMS, rows)))
    (table,) = [shape.table for shape in page.shapes if shape.has_table]
    widths = [Emu(column.width).inches for column in table.columns]
    for row in list(table.rows)[1:]:
        for cell, wide in list(zip(row.cells, widths, strict=True))[1:]:
            size = cell.text_frame.paragraphs[0].font.size.inches
            digits = sum(1.0 if ord(sign) > 0x2E80 else 0.56 for sign in cell.text)
            assert digits * size <= wide - 0.2, (cell.text, wide)
    assert sum(widths) <= 12.2
