"""The minutes as XLSX: what was said on one sheet, and for each page its numbers."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from opsdata.i18n import t
from opsdata.reports.minutes import Cell, Chart, Figure, Minutes, Slide, Table
from opsdata.reports.sheets import BOOK_OPTIONS, FORMATS


def minutes_to_xlsx(minutes: Minutes) -> bytes:
    """Return the minutes as a workbook; numbers are numbers with all their digits."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, BOOK_OPTIONS)
    formats = {str(unit): book.add_format({"num_format": look}) for unit, look in FORMATS.items()}
    bold = book.add_format({"bold": True})
    _overview(book.add_worksheet(t("meeting.overview_sheet", minutes.lang)), minutes, bold)
    for one in minutes.slides:
        _slide(book.add_worksheet(one.title[:31]), one, minutes.lang, formats, bold)
    book.close()
    return buffer.getvalue()


def _overview(page: Any, minutes: Minutes, bold: Any) -> None:
    names = ("page_name", "answer_name", "minutes", "notes")
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 70)
    page.set_column(3, 3, 60)
    page.write_string(0, 0, minutes.name, bold)
    page.write_string(1, 0, minutes.frozen)
    for at, name in enumerate(names):
        page.write_string(3, at, t(f"meeting.{name}", minutes.lang), bold)
    for row, one in enumerate(minutes.slides, start=4):
        page.write_string(row, 0, one.title)
        page.write_string(row, 1, one.answer)
        page.write_number(row, 2, one.minutes)
        page.write_string(row, 3, one.spoken)


def _slide(page: Any, one: Slide, lang: str, formats: dict[str, Any], bold: Any) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 9, 18)
    page.write_string(0, 0, one.answer, bold)
    row = 2
    if one.figures:
        row = _write(page, row, _figures(one.figures, lang), formats, bold)
    if one.table is not None:
        row = _write(page, row, one.table, formats, bold)
    if one.chart is not None:
        page.write_string(row, 0, one.chart.title, bold)
        row = _write(page, row + 1, _values(one.chart), formats, bold)
    for remark in (*one.remarks, *one.earlier):
        page.write_string(row, 0, remark)
        row += 1


def _figures(figures: tuple[Figure, ...], lang: str) -> Table:
    names = ("numbers_name", "value_name", "read_as", "beside_name")
    rows = tuple(
        (Cell(one.name), one.cell, Cell(one.cell.text), Cell(one.beside)) for one in figures
    )
    return Table(tuple(t(f"meeting.{name}", lang) for name in names), rows)


def _values(chart: Chart) -> Table:
    rows = tuple(
        (Cell(name), *(Cell("", series.values[at], chart.unit) for series in chart.series))
        for at, name in enumerate(chart.categories)
    )
    return Table(("", *(series.name for series in chart.series)), rows)


def _write(page: Any, row: int, table: Table, formats: dict[str, Any], bold: Any) -> int:
    """Write a table from a row on, and return the row after the one below it."""
    for at, name in enumerate(table.header):
        page.write_string(row, at, name, bold)
    for line, cells in enumerate(table.rows, start=row + 1):
        for at, cell in enumerate(cells):
            if cell.value is not None:
                page.write_number(line, at, cell.value, formats.get(cell.unit))
            elif cell.text:
                page.write_string(line, at, cell.text)
    return row + len(table.rows) + 2
