"""The weekly report: one ISO week, three files with the same numbers, nothing half."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation

from opsdata import commands, i18n, queries
from opsdata.errors import Refused
from opsdata.filters import Filters
from opsdata.meeting import weekly
from opsdata.meeting.weekly import Week
from opsdata.metrics import Basis
from opsdata.reports.minutes import Minutes
from opsdata.store import Store
from opsdata.team import targets
from opsdata.team.targets import Target
from tests.pages import Open, deferred, said

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 16, 9, 30)
LAST_WEEK = Week.named("2026-W46")
FIRST_DAYS = Week.named("2026-W11")
"""The week of the three days of the small database, 10 to 12 March."""


@pytest.fixture(scope="module", params=["zh", "en"])
def report(
    request: pytest.FixtureRequest, sample_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Minutes, dict[str, bytes]]:
    """The report of the sample team's last week, and the files it was written to."""
    folder = tmp_path_factory.mktemp("weekly")
    store = Store(Path(shutil.copy(sample_file, folder / "ops.duckdb")))
    made = weekly.build(store, LAST_WEEK, request.param, NOW)
    paths = weekly.write(store, LAST_WEEK, folder / "out", request.param, NOW)
    store.close()
    return made, {path.suffix[1:]: path.read_bytes() for path in paths}


def figures(made: Minutes) -> list[list[str]]:
    return [[one.name, one.cell.text] for slide in made.slides for one in slide.figures]


def cells(made: Minutes) -> list[str]:
    tables = [slide.table for slide in made.slides if slide.table]
    return [cell.text for table in tables for row in table.rows for cell in row]


def test_all_three_files_say_the_same_numbers_cell_by_cell(
    report: tuple[Minutes, dict[str, bytes]],
) -> None:
    made, files = report
    assert len(figures(made)) >= 5
    assert _of_pptx(files["pptx"]) == _of_html(files["html"]) == cells(made)
    page = unescape(re.sub(r"<[^>]+>", "\n", files["html"].decode()))
    boxes = _boxes(files["pptx"])
    for name, value in figures(made):
        assert value in boxes
        assert f"{name}\n{value}" in page
    assert _of_xlsx(files["xlsx"]) == [
        cell.text if cell.value is None else pytest.approx(cell.value)
        for slide in made.slides
        for row in (slide.table.rows if slide.table else ())
        for cell in row
        if cell.text or cell.value is not None
    ]


def _boxes(content: bytes) -> list[str]:
    pages = Presentation(io.BytesIO(content)).slides
    return [s.text_frame.text for page in pages for s in page.shapes if s.has_text_frame]


def _of_pptx(content: bytes) -> list[str]:
    pages = Presentation(io.BytesIO(content)).slides
    tables = [shape.table for page in pages for shape in page.shapes if shape.has_table]
    rows = [row for table in tables for row in list(table.rows)[1:]]
    return [cell.text for row in rows for cell in row.cells]


def _of_html(content: bytes) -> list[str]:
    return [unescape(text) for text in re.findall(r"<td[^>]*>(.*?)</td>", content.decode(), re.S)]


def _of_xlsx(content: bytes) -> list[object]:
    """Return the cells of the tables that the pages have: those below the one of figures."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    found: list[object] = []
    for sheet in book.worksheets[1:]:
        found += [cell for block in _tables(sheet) for row in block for cell in row]
    return found


def _tables(sheet: object) -> Iterator[list[list[object]]]:
    block: list[list[object]] = []
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]  # type: ignore[attr-defined]
    names = {i18n.t(f"meeting.{key}", lang) for key in ("numbers_name",) for lang in i18n.LANGUAGES}
    for row in [*rows, []]:
        known = [cell for cell in row if cell is not None]
        if known:
            block.append(known)
            continue
        if len(block) > 1 and block[0][0] not in names and len(block[0]) > 1:
            yield block[1:]
        block = []


def test_the_numbers_are_those_of_the_monday_to_the_sunday(
    sample_file: Path, tmp_path: Path
) -> None:
    store = Store(Path(shutil.copy(sample_file, tmp_path / "ops.duckdb")))
    made = weekly.build(store, LAST_WEEK, "zh", NOW)
    days = Filters(date(2026, 11, 9), date(2026, 11, 15), basis=Basis.HAPPENED)
    views = float(queries.measure(store, ["views"], days)["views"][0])
    assert made.slides[0].figures[0].cell.value == views
    assert made.name == "周报 2026-W46（11月9日—11月15日）"
    assert "示例数据" in made.frozen
    store.close()


def test_a_target_stands_as_it_did_at_the_end_of_the_week(
    sample_file: Path, tmp_path: Path
) -> None:
    store = Store(Path(shutil.copy(sample_file, tmp_path / "ops.duckdb")))
    targets.keep(store, Target("posts", "", date(2026, 11, 1), date(2026, 11, 30), 72))
    before = weekly.build(store, Week.named("2026-W45"), "zh", NOW).slides[0].table
    after = weekly.build(store, LAST_WEEK, "zh", NOW).slides[0].table
    assert before is not None
    assert after is not None
    known = {
        row[0].text: row[2].value for row in before.rows
    }, {row[0].text: row[2].value for row in after.rows}  # fmt: skip
    assert 0 < (known[0]["发布数"] or 0) < (known[1]["发布数"] or 0)
    store.close()


def test_a_week_with_some_days_is_reported_without_a_percentage(filled: Store) -> None:
    made = weekly.build(filled, FIRST_DAYS, "zh", NOW)
    first = made.slides[0].figures[0]
    assert first.cell.value is not None
    assert "%" not in first.beside


def test_a_week_without_data_says_so_and_writes_nothing(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="week_without_data"):
        weekly.write(filled, LAST_WEEK, tmp_path / "out", "zh", NOW)
    assert not (tmp_path / "out").exists()
    found = commands.run(["report", "--week", "2026-W46"], filled, tmp_path)
    assert (found.status, found.out) == (1, "")
    assert "2026-W46 这一周没有数据" in found.err


def test_a_report_that_cannot_be_made_leaves_the_old_files(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = [path.read_bytes() for path in weekly.write(filled, FIRST_DAYS, tmp_path, "zh", NOW)]

    def fails(_: Minutes) -> bytes:
        raise Refused("week_without_data", week="")

    monkeypatch.setitem(weekly.WRITERS, "html", fails)
    with pytest.raises(Refused):
        weekly.write(filled, FIRST_DAYS, tmp_path, "zh", datetime(2027, 1, 1))
    files = weekly.written(tmp_path)[0].files
    assert [files[ending].read_bytes() for ending in weekly.WRITERS] == old


def test_the_last_week_is_the_newest_that_the_data_reach_the_end_of(
    filled: Store, sample_file: Path, tmp_path: Path
) -> None:
    assert weekly.last(filled) == Week.named("2026-W10")
    store = Store(Path(shutil.copy(sample_file, tmp_path / "s.duckdb")))
    assert weekly.last(store) == LAST_WEEK
    assert weekly.weeks(store)[0] == LAST_WEEK
    store.close()
    assert weekly.last(Store()) is None


def test_the_command_writes_three_files_and_says_which(filled: Store, tmp_path: Path) -> None:
    call = ["report", "--week", "2026-w11", "--out", "out", "--json"]
    found = commands.run(call, filled, tmp_path)
    assert (found.status, found.err) == (0, "")
    answer = json.loads(found.out)
    assert answer.keys() == {"week", "from", "to", "files"}
    assert (answer["week"], answer["from"], answer["to"]) == (
        "2026-W11", "2026-03-09", "2026-03-15",
    )  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"weekly-2026-W11-zh.{ending}" for ending in ("html", "pptx", "xlsx")
    ]
    assert commands.run(["report"], Store(), tmp_path).status == 1


@pytest.mark.parametrize("week", ["2026-W54", "2026-46", "november"])
def test_no_such_week_is_wrong_usage(week: str) -> None:
    with pytest.raises(SystemExit) as stop:
        commands.run(["report", "--week", week], Store())
    assert stop.value.code == 2


def test_a_report_is_written_and_fetched_on_the_page(
    visit: Open, filled_file: Path, tmp_path: Path
) -> None:
    app = visit(Path(shutil.copy(filled_file, tmp_path / "ops.duckdb")), "meeting")
    assert "还没有写过周报" in said(app)
    app.selectbox(key="weekly_week").select_index(0).run()
    app.button(key="weekly_write").click().run()
    assert not app.exception
    assert [one.value for one in app.error] == []
    assert any("2026-W11" in one.value for one in app.success)
    page = deferred(app, "report_2026-W11_zh_html").decode()
    assert "周报 2026-W11" in page
    assert len(Presentation(io.BytesIO(deferred(app, "report_2026-W11_zh_pptx"))).slides) > 1
