"""Security as part of the features: what files and readers say stays text."""

from __future__ import annotations

import io
import threading
import time
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from opsdata import queries
from opsdata.filters import Filters
from opsdata.format import literal
from opsdata.intake.child import Reader
from opsdata.intake.limits import BROWSER, Limits
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet, guarded, to_csv, to_xlsx
from opsdata.store import SqlError, Store, scratch
from tests import exports
from tests.conftest import Take, write_works

pytestmark = pytest.mark.slow

ATTEMPTS = [
    "select * from read_csv('{file}')",
    "copy (select 1) to '{file}'",
    "attach '{file}.duckdb'",
    "install httpfs",
    "select * from glob('/*')",
    "set enable_external_access = true",
    "select * from '{file}'",
    "load excel",
]


@pytest.mark.parametrize("sql", ATTEMPTS)
def test_the_database_reaches_nothing_but_itself(store: Store, tmp_path: Path, sql: str) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a\n1\n")
    with pytest.raises(SqlError):
        store.frame(sql.format(file=file))


def test_the_scratch_database_reads_only_its_folders(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    for folder in (mine, other):
        folder.mkdir()
        (folder / "a.csv").write_text("a\n1\n")
    with scratch(mine) as session:
        assert session.one(f"select count(*) from read_csv('{mine}/a.csv')") == 1
        with pytest.raises(SqlError):
            session.one(f"select count(*) from read_csv('{other}/a.csv')")


EVIL = [
    "'; drop table video; --",
    '" or 1=1 --',
    "%' union select value from meta --",
    "$since",
    "{scope}",
    "\\",
    "🥞" * 50,
]


@pytest.mark.parametrize("text", EVIL)
def test_what_a_reader_types_is_a_value(filled: Store, text: str) -> None:
    for filters in (Filters(search=text), Filters(hashtags=(text,)), Filters(genres=(text,))):
        assert queries.measure(filled, ["posts"], filters)["posts"].iloc[0] == 0
    nobody = queries.measure(filled, ["posts"], Filters(accounts=(text,)))
    assert nobody["posts"].isna().all(), "of an account that is not there nothing is known"
    assert filled.one("select count(*) from video") == 5


def test_what_a_file_says_is_a_value(store: Store, take: Take, tmp_path: Path) -> None:
    rows = exports.works_rows()
    for row, text in zip(rows, EVIL, strict=False):
        row[0] = text
    header = list(exports.WORKS_HEADER)
    take(
        exports.write_xlsx(tmp_path / "'; drop table video; --.xlsx", header, rows), account=EVIL[0]
    )
    kept = {title for (title,) in store.rows("select title from video")}
    assert kept == set(EVIL[:5])
    assert store.one("select name from account") == EVIL[0]


FORMULAS = ["=1+1", "+86 138", "-5x", "@SUM(A1)", "\t=1", "  =1", "＝1+1", "\ufeff=1", "\r=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_in_a_download(text: str) -> None:
    frame = pd.DataFrame({"title": [text], "views": pd.array([-5], dtype="Int64")})
    sheet = Sheet("作品", frame, (Column("title", "作品"), Column("views", "播放", Unit.COUNT)))
    csv = to_csv(sheet).decode("utf-8-sig")
    assert csv.splitlines()[1].lstrip('"').startswith("'")
    assert exports.unguarded(guarded(text)) == text
    read = pd.read_csv(io.BytesIO(to_csv(sheet)))
    assert int(read["播放"][0]) == -5, "numbers stay numbers"
    cell = openpyxl.load_workbook(io.BytesIO(to_xlsx(sheet)))["作品"]["A2"]
    assert cell.data_type in ("s", "inlineStr")


def test_plain_text_is_left_alone() -> None:
    for text in ("好吃", "a=b", "2026-03-02", "'quoted'", "5 > 3"):
        assert guarded(text) == text
        assert exports.unguarded(text) == text


def test_markdown_of_a_title_is_shown_not_obeyed() -> None:
    said = literal("[点我](javascript:alert(1)) **a** ![x](http://x) :red[b] <b>c</b> $x$ # h")
    for sign in "[]()*!:<>$#":
        assert f"\\{sign}" in said


def bomb(path: Path, rows: int) -> Path:
    """A workbook whose sheet is far larger than its file."""
    small = exports.write_xlsx(
        path.with_name("small.xlsx"), ["日期", "播放量"], [["2026-03-01", "1"]]
    )
    cell = '<c r="{c}{r}" t="inlineStr"><is><t>日期</t></is></c>'
    row = "".join(cell.format(c=c, r="{r}") for c in "ABCDEFGH")
    body = "".join(f'<row r="{r}">' + row.replace("{r}", str(r)) + "</row>" for r in range(1, rows))
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{name}"><sheetData>{body}</sheetData></worksheet>'
    with (
        zipfile.ZipFile(small) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out,
    ):
        for entry in source.namelist():
            content = source.read(entry)
            out.writestr(entry, sheet if entry.endswith("sheet1.xml") else content)
    return path


def test_a_file_that_asks_for_too_much_is_refused_and_the_next_one_is_read(tmp_path: Path) -> None:
    sparse = openpyxl.Workbook()
    sparse.active["A1"], sparse.active["XFD1048576"] = "日期", "x"
    sparse.save(tmp_path / "sparse.xlsx")
    good = write_works(tmp_path)
    limits = Limits(unpacked_bytes=8 * 1024 * 1024, rows=2_000_000)
    with Reader(limits, tmp_path) as reader:
        for path, codes in (
            (tmp_path / "sparse.xlsx", {"too_heavy", "too_many_columns", "too_many_rows"}),
            (bomb(tmp_path / "bomb.xlsx", 20_000), {"too_large_unpacked", "too_dense"}),
        ):
            start = time.monotonic()
            assert reader.read(path, path.name, tmp_path)[0].refused in codes
            assert time.monotonic() - start < 5
        assert reader.read(good, good.name, tmp_path)[0].rows == 5


def test_a_reading_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with Reader(Limits(seconds=0.001), tmp_path) as reader:
        path = write_works(tmp_path)
        assert reader.read(path, path.name, tmp_path)[0].refused == "too_slow"


@pytest.mark.parametrize("over", [{"rows": 4}, {"columns": 5}])
def test_limits_of_rows_and_columns_are_named(tmp_path: Path, over: dict[str, int]) -> None:
    limits = Limits(**{**BROWSER.__dict__, **over})
    with Reader(limits, tmp_path) as reader:
        path = write_works(tmp_path)
        reading = reader.read(path, path.name, tmp_path)[0]
        assert reading.refused in ("too_many_rows", "too_many_columns")
        assert (reading.refused_values or {})["limit"] in (4, 5)


def test_readers_in_threads_get_their_own_answers(filled: Store) -> None:
    wrong: list[object] = []

    def ask(search: str, views: int) -> None:
        for _ in range(25):
            got = queries.measure(filled, ["views"], Filters(search=search))["views"].iloc[0]
            if int(got) != views:
                wrong.append((search, got))

    work = [("早餐饼", 1000), ("炖汤", 3000), ("摆盘", 2000), ("无标题", 4000)] * 2
    threads = [threading.Thread(target=ask, args=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_import_that_breaks_leaves_nothing_behind(filled: Store) -> None:
    before = filled.rows("select count(*) from video"), filled.version
    with pytest.raises(RuntimeError), filled.writing() as session:
        session.do("delete from video_snapshot")
        raise RuntimeError
    assert (filled.rows("select count(*) from video"), filled.version) == before
