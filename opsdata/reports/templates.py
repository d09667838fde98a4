"""Tables to be typed by hand, as workbooks that the importer takes back.

They come from the sources that name a template: the headers the importer knows, and one row
marked as an example, which it leaves out.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import xlsxwriter

from opsdata import i18n
from opsdata.i18n import t
from opsdata.sources import SOURCES
from opsdata.sources.model import EXAMPLE, Blank, Column, Kind, Source
from opsdata.sources.plan import PLAN


def templates() -> tuple[Source, ...]:
    """Return the sources that people type by hand."""
    return (*(source for source in SOURCES.values() if source.template), PLAN)


@dataclass(frozen=True)
class Filled:
    """One column of a template in a language: its header, an example, whether that is text."""

    header: str
    example: str
    is_text: bool


def columns(source: Source, lang: str) -> list[Filled]:
    """Return the columns of a template in a language."""
    by_field = {column.field: column for column in source.columns}
    asked = [by_field.get(one.field, _question(one.field)) for one in source.template]
    return [_filled(*pair, lang) for pair in zip(asked, source.template, strict=True)]


def _question(header: str) -> Column:
    return Column(header, Kind.TEXT, (header,))


def _filled(column: Column, one: Blank, lang: str) -> Filled:
    is_text = column.kind is Kind.TEXT
    if lang == "en":
        return Filled(one.english, one.english_example or one.example, is_text)
    return Filled(column.headers[0], one.example, is_text)


def example_row(source: Source, lang: str) -> list[str]:
    """Return the cells that show how a template is filled in, marked in the first text."""
    made = columns(source, lang)
    marked = next(at for at, one in enumerate(made) if one.is_text)
    return [EXAMPLE[lang] * (at == marked) + one.example for at, one in enumerate(made)]


def to_xlsx(source: Source, lang: str | None = None) -> bytes:
    """Return a template as a workbook of one sheet; a note on each header says what goes there."""
    lang = lang or i18n.current()
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(t("template.sheet", lang))
    head = book.add_format({"bold": True, "bottom": 1})
    grey = book.add_format({"font_color": "#8a93a3", "italic": True})
    pairs = zip(columns(source, lang), example_row(source, lang), strict=True)
    for at, (one, cell) in enumerate(pairs):
        page.write_string(0, at, one.header, head)
        page.write_comment(0, at, t("template.note", lang, example=one.example))
        page.write_string(1, at, cell, grey)
        page.set_column(at, at, 18)
    page.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def to_csv(source: Source, lang: str | None = None) -> bytes:
    """Return a template as CSV that Excel opens: its headers and the example row."""
    lang = lang or i18n.current()
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(one.header for one in columns(source, lang))
    writer.writerow(example_row(source, lang))
    return buffer.getvalue().encode("utf-8-sig")
