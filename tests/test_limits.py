"""Bombs: files that ask for more than they are worth are refused in time, each limit by name.

They are read as uploads are, in the child process, while other sessions go on asking.
"""

from __future__ import annotations

import os
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opsdata import i18n, queries
from opsdata.errors import Refused
from opsdata.filters import Filters
from opsdata.intake.child import Reader
from opsdata.intake.limits import BROWSER, COMMAND_LINE, MEGABYTE, Limits
from opsdata.intake.reading import Reading, refused
from opsdata.store import Store
from tests import containers, exports
from tests.catalogue import limits as cases
from tests.catalogue.cases import CSV, HEADER, LINES, works
from tests.catalogue.files import openpyxl_book

pytestmark = pytest.mark.slow

SECONDS = 5.0 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
"""Five seconds of a machine that has nothing else to do."""


def shared_text(path: Path) -> None:
    """A quarter of a million cells that all show one text of 30,000 letters."""
    row = "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    sheet = containers.SHEET.format("<sheetData>" + row * 2500 + "</sheetData>")
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    text = f'<sst {space} count="1" uniqueCount="1"><si><t>{"x" * 30_000}</t></si></sst>'
    containers.with_sheet_xml(path, sheet, {"xl/sharedStrings.xml": text})


def repeated(path: Path) -> None:
    """An OpenDocument sheet of one cell that says it stands a billion times."""
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    cell = (
        '<table:table-cell table:number-columns-repeated="1024" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell>"
    )
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="S">{row}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    path.write_bytes(
        containers.packed(
            {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": "<m/>"}
        )
    )


def spanning(path: Path) -> None:
    """A web page of one cell that says it is a billion columns wide."""
    page = "<html><body><table><tr><td colspan='999999999' rowspan='999999999'>x</td></tr>"
    path.write_text(page + "<tr><td>日期</td><td>播放量</td></tr></table></body></html>")


def zeros(path: Path) -> None:
    """A zip of one table of blanks, a thousand times larger than the zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b" " * 50_000_000)


def crowd(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for at in range(20_000):
            archive.writestr(f"{at}.csv", "")


def written(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


BOMBS: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "a cell in the last corner": (openpyxl_book(cases.far_cell), {"too_many_columns"}),
    "a cell in the last row": (openpyxl_book(cases.low_cell), {"too_sparse"}),
    "a sheet far larger than its file": (cases.bomb, {"too_dense"}),
    "one long text in every cell": (shared_text, {"too_heavy", "too_dense"}),
    "an OpenDocument cell repeated": (
        repeated,
        {"is_corrupt", "too_many_rows", "too_heavy"},
    ),
    "a page's cell spanning all": (spanning, {"too_many_columns", "is_html", "no_rows"}),
    "entities": (cases.entities, {"has_entities"}),
    "an entity that is a file": (cases.outside, {"has_entities"}),
    "links to other workbooks": (cases.linked_out, {"has_links"}),
    "a zip of blanks": (zeros, {"too_dense"}),
    "twenty thousand members": (crowd, {"zip_too_many"}),
    "overlapping members": (written(containers.overlapping()), {"zip_overlaps"}),
    "a member larger than it says": (written(containers.lying(CSV)), {"is_corrupt"}),
    "a path out of the folder": (
        written(containers.packed({"../../a.csv": CSV})),
        {"zip_unsafe"},
    ),
    "a link": (written(containers.linked()), {"zip_unsafe"}),
    "a zip in a zip": (written(cases.NESTED), {"zip_nested"}),
    "ten thousand columns": (
        written((",".join(f"c{i}" for i in range(10_000)) + "\n" + "1," * 9_999 + "1\n").encode()),
        {"too_many_columns"},
    ),
    "a line of 30 MB": (
        written((LINES[0] + "\n" + "x" * 30_000_000 + "\n").encode()),
        {"too_damaged", "cell_too_long"},
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    with Reader(BROWSER, tmp_path_factory.getbasetemp()) as made:
        yield made


def ready(reader: Reader, folder: Path) -> None:
    """Wait until the child has its libraries; that time is no bomb's."""
    folder.mkdir()
    (folder / "good.csv").write_text(CSV, encoding="utf-8")
    assert reader.read(folder / "good.csv", "good.csv", folder)[0].rows == 20


@pytest.mark.parametrize("what", BOMBS)
def test_a_bomb_is_refused_in_time_by_the_name_of_its_limit(
    what: str, reader: Reader, tmp_path: Path
) -> None:
    make, codes = BOMBS[what]
    make(tmp_path / "bomb")
    ready(reader, tmp_path / "before")
    start = time.monotonic()
    reading = reader.read(tmp_path / "bomb", "作品.xlsx", tmp_path)[0]
    took = time.monotonic() - start
    assert reading.refused in codes
    assert took < SECONDS
    said = {lang: explained(reading, lang) for lang in ("zh", "en")}
    assert "{" not in "".join(said.values())
    limit = (reading.refused_values or {}).get("limit")
    assert limit is None or all(str(limit) in sentence for sentence in said.values())
    ready(reader, tmp_path / "after")


def explained(reading: Reading, lang: str) -> str:
    return i18n.t(f"error.{reading.refused}", lang, **(reading.refused_values or {}))


def test_other_sessions_go_on_while_a_bomb_is_read(
    filled: Store, reader: Reader, tmp_path: Path
) -> None:
    shared_text(tmp_path / "bomb")
    waits: list[float] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            start = time.monotonic()
            assert queries.measure(filled, ["views"], Filters())["views"][0] == 10_000
            waits.append(time.monotonic() - start)

    other = threading.Thread(target=ask)
    other.start()
    reader.read(tmp_path / "bomb", "b.xlsx", tmp_path)
    done.set()
    other.join()
    assert waits
    assert max(waits) < 2


def outcome(limits: Limits, path: Path) -> str | None:
    with Reader(limits, path.parent) as made:
        return made.read(path, path.name, path.parent)[0].refused


@pytest.mark.parametrize("what", ["bytes", "rows", "columns", "rows of a workbook"])
def test_a_file_at_its_limit_goes_in_and_one_more_does_not(tmp_path: Path, what: str) -> None:
    rows = works(20)
    path = exports.write_csv(tmp_path / "w.csv", HEADER, rows)
    size = path.stat().st_size
    at_limit, over, code = {
        "bytes": (Limits(file_bytes=size), Limits(file_bytes=size - 1), "too_large"),
        "rows": (Limits(rows=20), Limits(rows=19), "too_many_rows"),
        "rows of a workbook": (Limits(rows=20), Limits(rows=19), "too_many_rows"),
        "columns": (Limits(columns=16), Limits(columns=15), "too_many_columns"),
    }[what]
    if "workbook" in what:
        path = exports.write_xlsx(tmp_path / "w.xlsx", HEADER, rows)
    assert outcome(at_limit, path) is None
    assert outcome(over, path) == code


def test_the_limits_are_those_that_are_promised() -> None:
    assert BROWSER.file_bytes == 200 * MEGABYTE
    assert BROWSER.rows == 2_000_000
    assert (COMMAND_LINE.file_bytes, COMMAND_LINE.rows, COMMAND_LINE.seconds) == (None, None, None)


def test_the_limits_of_uploads_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    from opsdata.intake.limits import browser

    monkeypatch.setenv("OPSDATA_UPLOAD_MB", "7")
    monkeypatch.setenv("OPSDATA_UPLOAD_ROWS", "1000")
    assert (browser().file_bytes, browser().rows) == (7 * MEGABYTE, 1000)
    monkeypatch.setenv("OPSDATA_UPLOAD_MB", "many")
    assert browser().file_bytes == 200 * MEGABYTE


def test_what_is_refused_is_refused_whole() -> None:
    assert refused("a.csv", Refused("too_large", limit=200)).rows == 0
