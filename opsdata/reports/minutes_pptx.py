"""The minutes as PPTX: native tables, and charts that can be edited, in the team's language."""

from __future__ import annotations

import io
import re
from math import ceil
from typing import Any

from opsdata.reports.minutes import Chart, Figure, Minutes, Slide, Table

PPTX_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_FONT = "Microsoft YaHei"
_WIDE, _HIGH, _EDGE = 13.333, 7.5, 0.6
_FORMATS = {"count": "#,##0", "share": "0.0%", "seconds": "0.0", "": "0.00"}
_LONG_TABLE = 8
_TABLE_SIZES = (13, 11, 10, 9)
_LEAST_COLUMN = 1.0
"""Inches that a column of words keeps, whatever stands beside it."""
_WORDS = re.compile("[!-~]+")
_WIDE_SIGNS = "%+−→MWmw"
_ROOM = 0.25
"""The part of a chart that the number at the end of a bar takes."""
_CELL = 0.25
"""Inches of a cell that are no text."""
_TEXT_INCHES = _WIDE - 2 * _EDGE
_ANSWER = (26, 22, 19, 16)
"""Sizes of the answer, the largest that leaves it on two lines is taken."""
_BLUE, _ORANGE, _GREY = "2563EB", "D97706", "94A3B8"


def to_pptx(minutes: Minutes) -> bytes:
    """Return the minutes as a presentation, a slide for each page and one before them."""
    from pptx import Presentation  # noqa: PLC0415 (slow to load, used only here)
    from pptx.util import Inches  # noqa: PLC0415

    book = Presentation()
    book.slide_width, book.slide_height = Inches(_WIDE), Inches(_HIGH)
    _speak_chinese(book)
    first = book.slides.add_slide(book.slide_layouts[6])
    size = 40 if _inches(minutes.name, 40) < 0.9 * _TEXT_INCHES else 28
    _text(first, minutes.name, 2.4, 0.8, size, bold=True)
    _text(first, minutes.frozen, 3.6, 0.6, 18)
    for one in minutes.slides:
        _slide(book.slides.add_slide(book.slide_layouts[6]), one, minutes)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _speak_chinese(book: Any) -> None:
    """Give the theme fonts that have Han characters, so that all text and charts use them."""
    from pptx.opc.constants import RELATIONSHIP_TYPE  # noqa: PLC0415

    theme = book.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    named = f'<a:ea typeface="{_FONT}"/>'.encode()
    theme._blob = theme.blob.replace(b'<a:ea typeface=""/>', named)


def _slide(page: Any, one: Slide, minutes: Minutes) -> None:
    _text(page, one.title, 0.3, 0.45, 16)
    fits = (size for size in _ANSWER if _inches(one.answer, size) < 1.9 * _TEXT_INCHES)
    _text(page, one.answer, 0.75, 1.0, next(fits, _ANSWER[-1]), bold=True)
    for at, figure in enumerate(one.figures):
        _figure(page, figure, at, len(one.figures))
    top = 3.3 if one.figures else 1.95
    left, width = _EDGE, _WIDE - 2 * _EDGE
    if one.chart is not None:
        wide = width * 0.58 if one.table else width
        _chart(page, one.chart, (left, top, wide, 6.6 - top))
        left, width = left + wide + 0.2, width - wide - 0.2
    if one.table is not None:
        _table(page, one.table, (left, top, width))
    _text(page, " ".join((*one.remarks, minutes.frozen)), 6.8, 0.45, 11)
    page.notes_slide.notes_text_frame.text = one.spoken


def _inches(text: str, size: int) -> float:
    """Return about how wide a text is: a Han character is as wide as high, others about half."""
    wide = sum(1.0 if ord(sign) > 0x2E80 or sign in _WIDE_SIGNS else 0.56 for sign in text)
    return wide * size / 72


def _text(page: Any, text: str, top: float, high: float, size: int, **look: bool) -> None:
    _box(page, text, (_EDGE, top, _WIDE - 2 * _EDGE, high), size, **look)


def _box(page: Any, text: str, place: tuple[float, ...], size: int, bold: bool = False) -> None:
    from pptx.util import Inches, Pt  # noqa: PLC0415

    frame = page.shapes.add_textbox(*map(Inches, place)).text_frame
    frame.word_wrap = True
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold


def _figure(page: Any, one: Figure, at: int, n: int) -> None:
    wide = (_WIDE - 2 * _EDGE) / n
    left = _EDGE + at * wide
    _box(page, one.name, (left, 1.75, wide, 0.35), 13)
    _box(page, one.cell.text, (left, 2.05, wide, 0.7), 30, bold=True)
    _box(page, one.beside, (left, 2.75, wide, 0.4), 12)


def _chart(page: Any, one: Chart, place: tuple[float, ...]) -> None:
    from pptx.chart.data import CategoryChartData  # noqa: PLC0415
    from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION  # noqa: PLC0415
    from pptx.util import Inches, Pt  # noqa: PLC0415

    values = CategoryChartData(number_format=_FORMATS[one.unit])
    values.categories = one.categories
    for series in one.series:
        values.add_series(series.name, series.values)
    bars = one.kind == "bar"
    kind = XL_CHART_TYPE.BAR_CLUSTERED if bars else XL_CHART_TYPE.LINE
    chart = page.shapes.add_chart(kind, *map(Inches, place), values).chart
    chart.font.size = Pt(11)
    chart.has_title = True
    chart.chart_title.text_frame.text = one.title
    chart.has_legend = len(one.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _calm(chart, bars)
    if bars:
        _make_room(chart, [value for value in one.series[0].values if value is not None])


def _make_room(chart: Any, values: list[float]) -> None:
    """Let the axis begin before the longest bar to the left, whose number stands at its end."""
    low, high = min([*values, 0.0]), max([*values, 0.0])
    if low < 0:
        chart.value_axis.minimum_scale = low - _ROOM * (high - low)


def _calm(chart: Any, bars: bool) -> None:
    """Take the lines away that say nothing, keep names off the bars, use our few colours."""
    from pptx.dml.color import RGBColor  # noqa: PLC0415
    from pptx.enum.chart import XL_TICK_LABEL_POSITION  # noqa: PLC0415
    from pptx.util import Pt  # noqa: PLC0415

    plot = chart.plots[0]
    for series, colour in zip(plot.series, (_BLUE, _ORANGE, _GREY), strict=False):
        if bars:
            series.invert_if_negative = False
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = RGBColor.from_string(colour)
        else:
            series.smooth = False
            series.format.line.width = Pt(2.5)
            series.format.line.color.rgb = RGBColor.from_string(colour)
    chart.value_axis.has_major_gridlines = not bars
    if bars:
        plot.gap_width, plot.has_data_labels = 60, True
        chart.value_axis.visible = False
        chart.category_axis.reverse_order = True
        chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    else:
        chart.value_axis.major_gridlines.format.line.color.rgb = RGBColor.from_string("E2E8F0")


def _table(page: Any, one: Table, place: tuple[float, ...]) -> None:
    from pptx.util import Inches, Pt  # noqa: PLC0415

    left, top, width = place
    lines = [one.header, *(tuple(cell.text for cell in row) for row in one.rows)]
    size, widths = _fitted(one, lines, width)
    shape = page.shapes.add_table(
        len(lines), len(one.header), Inches(left), Inches(top), Inches(width), Inches(0.4)
    )
    for column, wide in enumerate(widths):
        shape.table.columns[column].width = Inches(wide)
    for row, texts in enumerate(lines):
        shape.table.rows[row].height = Inches(_high(texts, widths, size))
        for column, text in enumerate(texts):
            frame = shape.table.cell(row, column).text_frame
            frame.text = text
            frame.paragraphs[0].font.size = Pt(size)


def _fitted(one: Table, lines: list[tuple[str, ...]], width: float) -> tuple[int, list[float]]:
    """Return the largest size of text at which no number breaks, and how wide the columns are."""
    firm = [any(row[at].value is not None for row in one.rows) for at in range(len(one.header))]
    small = len(one.rows) > _LONG_TABLE or len(one.header) > 6
    for size in _TABLE_SIZES[small:]:
        widths, whole = _widths(lines, firm, size, width)
        if whole:
            break
    return size, widths


def _widths(
    lines: list[tuple[str, ...]], firm: list[bool], size: int, width: float
) -> tuple[list[float], bool]:
    """Return how wide the columns are, words giving way to numbers; and whether these are whole."""
    needs = [[_inches(text, size) + _CELL for text in texts] for texts in zip(*lines, strict=True)]
    wanted = [max(column) for column in needs]
    spare = width - sum(wanted)
    if spare >= 0:
        return [want + spare / len(wanted) for want in wanted], True
    least = [
        max(_word(name, size), *column[1:]) if whole else min(max(column), _LEAST_COLUMN)
        for name, column, whole in zip(lines[0], needs, firm, strict=True)
    ]
    spare = width - sum(least)
    if spare < 0:
        return [one * width / sum(least) for one in least], False
    more = [want - one for want, one in zip(wanted, least, strict=True)]
    return [one + spare * add / sum(more) for one, add in zip(least, more, strict=True)], True


def _word(name: str, size: int) -> float:
    """Return how wide a cell is that breaks no word of a name; between Han characters it may."""
    return max((_inches(word, size) for word in _WORDS.findall(name)), default=0.0) + _CELL


def _high(texts: tuple[str, ...], widths: list[float], size: int) -> float:
    """Return how high a row is whose texts are broken into lines."""
    lines = max(
        ceil(_inches(text, size) / (wide - _CELL)) for text, wide in zip(texts, widths, strict=True)
    )
    return max(lines, 1) * size * 1.3 / 72 + 0.12
