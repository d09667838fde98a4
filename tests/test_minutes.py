"""The minutes say in every kind of file, cell by cell, what the pages of the meeting show."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from opsdata.meeting import build
from opsdata.reports.minutes import Cell, Chart, Figure, Minutes, Series, Slide, Table
from opsdata.reports.minutes_html import to_html
from opsdata.reports.minutes_pptx import to_pptx
from opsdata.reports.minutes_xlsx import minutes_to_xlsx
from opsdata.store import Store
from opsdata.team import targets
from opsdata.team.targets import Target
from tests.pages import Open, deferred

NOW = datetime(2026, 3, 16, 9, 30)
ODD = '=1+1 <b>😀</b> & "引号"'


@pytest.fixture(scope="module", params=["zh", "en"])
def held(
    request: pytest.FixtureRequest, sample_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Minutes:
    """A meeting of the sample team, with one page of odd texts and missing numbers."""
    path = shutil.copy(sample_file, tmp_path_factory.mktemp("minutes") / "ops.duckdb")
    store = Store(Path(path))
    targets.keep(store, Target("views", "", date(2026, 11, 1), date(2026, 11, 30), 1_100_000))
    made = build.build(store, request.param, NOW, 7)
    store.close()
    odd = Slide(
        "odd", "Odd", ODD, 3,
        figures=(Figure(ODD, Cell("—")), Figure("n", Cell("1.23亿", 123456789.5, "count"), ODD)),
        chart=Chart(ODD, "line", "share", ("2026-11-01", "2026-11-02"),
                    (Series(ODD, (0.5, None)),)),
        table=Table(("a", ODD), ((Cell(ODD), Cell("−3.0%", -0.03, "share")),)),
        remarks=(ODD,), spoken="说\n两行",
    )  # fmt: skip
    return replace(made, slides=(*made.slides, odd))


def texts(one: Slide) -> Iterator[str]:
    yield from (one.title, one.answer)
    for figure in one.figures:
        yield from (figure.name, figure.cell.text, figure.beside)


def grid(one: Slide) -> list[list[str]]:
    assert one.table is not None
    return [list(one.table.header), *([c.text for c in row] for row in one.table.rows)]


def test_the_presentation_says_the_same_cell_by_cell(held: Minutes) -> None:
    pages = list(Presentation(io.BytesIO(to_pptx(held))).slides)
    assert len(pages) == len(held.slides) + 1
    for page, one in zip(pages[1:], held.slides, strict=True):
        boxes = [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
        assert [text for text in texts(one) if text not in boxes] == []
        assert any(held.frozen in box for box in boxes)
        assert page.notes_slide.notes_text_frame.text == one.spoken
        tables = [shape.table for shape in page.shapes if shape.has_table]
        assert [[[c.text for c in row.cells] for row in table.rows] for table in tables] == (
            [grid(one)] if one.table else []
        )


def test_charts_of_the_presentation_are_native_and_hold_the_same_values(held: Minutes) -> None:
    pages = list(Presentation(io.BytesIO(to_pptx(held))).slides)[1:]
    drawn = 0
    for page, one in zip(pages, held.slides, strict=True):
        charts = [shape.chart for shape in page.shapes if shape.has_chart]
        assert len(charts) == (one.chart is not None)
        if one.chart is None:
            continue
        drawn += 1
        plot = charts[0].plots[0]
        assert list(plot.categories) == list(one.chart.categories)
        assert [(s.name, tuple(s.values)) for s in plot.series] == [
            (s.name, s.values) for s in one.chart.series
        ]
    assert drawn >= 2


def test_every_text_of_the_presentation_has_a_chinese_font(held: Minutes) -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(to_pptx(held))) as parts:
        themes = [parts.read(name).decode() for name in parts.namelist() if "theme/theme1" in name]
    assert themes
    assert all(theme.count('<a:ea typeface="Microsoft YaHei"/>') == 2 for theme in themes)


def test_what_the_team_noted_stands_in_every_file(held: Minutes) -> None:
    noted = {line for one in held.slides for line in one.remarks if line.startswith("⚑")}
    assert any("灯光" in line for line in noted)
    assert any("「" in line or "“" in line for line in noted), "on a work too"
    pages = Presentation(io.BytesIO(to_pptx(held))).slides
    boxes = " ".join(s.text_frame.text for p in pages for s in p.shapes if s.has_text_frame)
    book = openpyxl.load_workbook(io.BytesIO(minutes_to_xlsx(held)))
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    page = unescape(to_html(held).decode())
    for line in noted:
        assert line in boxes
        assert line in cells
        assert line in page


def stands(wanted: list[object], rows: list[list[object]]) -> bool:
    """Whether a row starts with some values; workbooks keep 16 digits of a number."""
    return any(
        all(
            a == pytest.approx(b, rel=1e-14) if isinstance(b, float) else a == b
            for a, b in zip(row, wanted, strict=False)
        )
        for row in rows
    )


def test_the_workbook_has_the_same_numbers_cell_by_cell(held: Minutes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(minutes_to_xlsx(held)))
    assert len(book.worksheets) == len(held.slides) + 1
    for sheet, one in zip(book.worksheets[1:], held.slides, strict=True):
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        for figure in one.figures:
            read = figure.cell.text if figure.cell.value is None else figure.cell.value
            wanted = [figure.name, read, figure.cell.text, figure.beside or None]
            assert stands(wanted, rows)
        for cells in one.table.rows if one.table else ():
            wanted = [(c.text or None) if c.value is None else c.value for c in cells]
            assert stands(wanted, rows)
        if one.chart is not None:
            for at, name in enumerate(one.chart.categories):
                wanted = [name, *(series.values[at] for series in one.chart.series)]
                assert stands(wanted, rows)
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_the_printed_page_says_the_same_and_loads_nothing(held: Minutes) -> None:
    text = to_html(held).decode()
    assert not re.search(r"https?://|<script|src=", text)
    assert "size: A4 landscape" in text
    assert "<b>😀" not in text
    sections = re.findall(r'<section id="(\w+)">(.*?)</section>', text, re.S)
    assert [key for key, _ in sections] == [one.key for one in held.slides]
    for (_, section), one in zip(sections, held.slides, strict=True):
        said = unescape(re.sub(r"<[^>]+>", "\n", section))
        assert [text for text in texts(one) if text not in said] == []
        cells = re.findall(r"<td(?: data-value=\"([^\"]*)\")?>(.*?)</td>", section, re.S)
        wanted = [cell for row in (one.table.rows if one.table else ()) for cell in row]
        assert [(unescape(text), float(value) if value else None) for value, text in cells] == [
            (cell.text, cell.value) for cell in wanted
        ]


def test_the_buttons_give_the_frozen_minutes(
    visit: Open, filled_file: Path, tmp_path: Path
) -> None:
    app = visit(Path(shutil.copy(filled_file, tmp_path / "ops.duckdb")), "meeting")
    app.button(key="meeting_start").click().run()
    from opsdata.ui import data

    shown = build.load(data.store(), 1, "zh")
    assert shown is not None
    assert deferred(app, "minutes_html") == to_html(shown)
    pages = Presentation(io.BytesIO(deferred(app, "minutes_pptx"))).slides
    assert len(pages) == len(shown.slides) + 1
    book = openpyxl.load_workbook(io.BytesIO(deferred(app, "minutes_xlsx")))
    assert book.worksheets[0]["A2"].value == shown.frozen


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_the_presentation_opens_in_libreoffice(held: Minutes, tmp_path: Path) -> None:
    path = tmp_path / "minutes.pptx"
    path.write_bytes(to_pptx(held))
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, timeout=120)
    assert path.with_suffix(".pdf").stat().st_size > 5000
