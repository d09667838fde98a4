"""Tables to be typed by hand, as workbooks that the importer takes back.

They come from the sources that name a template: the headers the importer knows, and one row
marked as an example, which it leaves out.
"""

from __future__ import annotations

import csv
import io

import xlsxwriter

from opsdata.i18n import t
from opsdata.sources import SOURCES
from opsdata.sources.model import EXAMPLE, Column, Kind, Source


def templates() -> tuple[Source, ...]:
    """Return the sources that people type by hand."""
    return tuple(source for source in SOURCES.values() if source.template)


def columns(source: Source) -> list[tuple[Column, str]]:
    """Return the columns of a template, each with its example."""
    by_field = {column.field: column for column in source.columns}
    return [(by_field[field], example) for field, example in source.template]


def example_row(source: Source) -> list[str]:
    """Return the cells that show how a template is filled in, marked in the first text."""
    made = columns(source)
    marked = next(at for at, (column, _) in enumerate(made) if column.kind is Kind.TEXT)
    return [EXAMPLE + text if at == marked else text for at, (_, text) in enumerate(made)]


def to_xlsx(source: Source, lang: str | None = None) -> bytes:
    """Return a template as a workbook of one sheet; a note on each header says what goes there."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(t("template.sheet", lang))
    head = book.add_format({"bold": True, "bottom": 1})
    grey = book.add_format({"font_color": "#8a93a3", "italic": True})
    for at, ((column, example), cell) in enumerate(
        zip(columns(source), example_row(source), strict=True)
    ):
        page.write_string(0, at, column.headers[0], head)
        page.write_comment(0, at, t("template.note", lang, example=example))
        page.write_string(1, at, cell, grey)
        page.set_column(at, at, 18)
    page.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def to_csv(source: Source) -> bytes:
    """Return a template as CSV that Excel opens: its headers and the example row."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(column.headers[0] for column, _ in columns(source))
    writer.writerow(example_row(source))
    return buffer.getvalue().encode("utf-8-sig")
