"""A table as a file: CSV that Excel opens well, XLSX with typed cells and its definitions.

Text from files never becomes a formula: in CSV it is guarded by an apostrophe, in XLSX
it is written as text. Numbers stay numbers, with all their digits.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import xlsxwriter

from opsdata.metrics import Unit

_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_BLANKS = " \u3000\ufeff\xa0\n"

FORMATS = {
    Unit.COUNT: "#,##0",
    Unit.SHARE: "0.00%",
    Unit.SECONDS: "0.00",
    Unit.NUMBER: "#,##0.00##",
}
BOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
"""Text stays text in every workbook that is written."""
CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Column:
    """One column of a table: its key in the frame, its header, its unit if it is a number."""

    key: str
    header: str
    unit: Unit | None = None
    row_units: tuple[Unit, ...] = ()
    """The unit of each row, where a column holds numbers of different kinds."""

    @property
    def numeric(self) -> bool:
        """Whether it holds numbers."""
        return self.unit is not None or bool(self.row_units)


@dataclass(frozen=True)
class Sheet:
    """A table as it is shown, and the facts that belong to it."""

    name: str
    frame: pd.DataFrame
    columns: tuple[Column, ...]
    facts: tuple[tuple[str, str], ...] = ()
    """What the reader must know: filters, until when the data reach, definitions."""
    facts_name: str = "About"


def guarded(text: str) -> str:
    """Return text that no spreadsheet takes for a formula.

    Text that looks as if it were guarded already gets a mark as well, so that taking one
    mark off always gives the text itself.

    >>> guarded("=1+1"), guarded("  @x"), guarded("好"), guarded("'=1+1")
    ("'=1+1", "'  @x", '好', "''=1+1")
    """
    bare = text.lstrip("'")
    risky = bare.lstrip(_BLANKS).startswith(_TRIGGERS) or bare[:1] in ("\t", "\r")
    return f"'{text}" if risky else text


def to_csv(sheet: Sheet) -> bytes:
    """Return a table as CSV: UTF-8 with a mark, so that Excel shows Chinese."""
    shown = pd.DataFrame(
        {column.header: _plain(sheet.frame[column.key], column) for column in sheet.columns}
    )
    shown.columns = pd.Index([guarded(str(header)) for header in shown.columns])
    text: str = shown.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def _plain(values: pd.Series, column: Column) -> pd.Series:
    """Return a column as CSV writes it: guarded text, ISO times, numbers as they are."""
    if column.row_units:
        return pd.Series(map(_whole, values, column.row_units), values.index, dtype=object)
    if column.unit is not None:
        return values
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.map(_time_text, na_action="ignore")
    return values.map(lambda value: guarded(str(value)), na_action="ignore")


def _whole(value: float | None, unit: Unit) -> float | int | None:
    """Return a count without a decimal point, where it has a column with rates to share."""
    if value is None or pd.isna(value):
        return None
    return int(value) if unit is Unit.COUNT and value == int(value) else value


def _time_text(value: pd.Timestamp) -> str:
    shown = value.strftime("%Y-%m-%d %H:%M:%S")
    return str(shown).removesuffix(" 00:00:00")


def to_xlsx(sheet: Sheet) -> bytes:
    """Return a table as XLSX: the facts on the first sheet, the table on the second."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, BOOK_OPTIONS)
    _write_facts(book, sheet)
    _write_table(book, sheet)
    book.close()
    return buffer.getvalue()


def _write_facts(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.facts_name)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True})
    page.set_column(0, 0, 18, bold)
    page.set_column(1, 1, 90, wrapped)
    for row, (name, text) in enumerate(sheet.facts):
        page.write_string(row, 0, name, bold)
        page.write_string(row, 1, text, wrapped)


def _write_table(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name[:31])
    head = book.add_format({"bold": True, "bottom": 1})
    looks = {unit: book.add_format({"num_format": text}) for unit, text in FORMATS.items()}
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, column.header, head)
        values = sheet.frame[column.key].tolist()
        when = book.add_format({"num_format": _time_format(values)})
        for row, value in enumerate(values, start=1):
            unit = column.row_units[row - 1] if column.row_units else column.unit
            _write_cell(page, row, at, value, looks[unit] if unit else None, when)
        page.set_column(at, at, _width(column, values))
    page.freeze_panes(1, 1)
    if len(sheet.frame):
        page.autofilter(0, 0, len(sheet.frame), len(sheet.columns) - 1)


def _write_cell(page: Any, row: int, at: int, value: Any, look: Any, when: Any) -> None:
    if value is None or pd.isna(value):
        return
    if look is not None:
        page.write_number(row, at, float(value), look)
    elif isinstance(value, pd.Timestamp):
        page.write_datetime(row, at, value.to_pydatetime(), when)
    else:
        page.write_string(row, at, str(value)[:32767])


def _time_format(values: Sequence[Any]) -> str:
    times = [value for value in values if isinstance(value, pd.Timestamp) and not pd.isna(value)]
    days = all(value == value.normalize() for value in times)
    return "yyyy-mm-dd" if days else "yyyy-mm-dd hh:mm:ss"


def _width(column: Column, values: Sequence[Any]) -> float:
    if column.numeric:
        return 13
    longest = max((len(str(value)) for value in values[:200]), default=0)
    return min(60, max(12, longest * 1.6))
