"""What the command line prints is safe to open in a spreadsheet and of one shape for scripts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from opsdata import commands
from opsdata.intake.importer import Importer, Wish
from opsdata.store import Store
from tests import exports
from tests.conftest import ACCOUNT, write_works

pytestmark = pytest.mark.slow

FORMULA = '=HYPERLINK("http://x","点我")'


@pytest.fixture
def with_formula(store: Store, shared_importer: Importer, tmp_path: Path) -> Store:
    """Two works: a formula as a title, and one published at midnight sharp."""
    rows = exports.works_rows()[:2]
    rows[0][0], rows[1][1] = FORMULA, "2026-03-02 00:00:00"
    shared_importer.store = store
    path = exports.write_csv(tmp_path / "w.csv", exports.WORKS_HEADER, rows)
    shared_importer.take(path, Wish(ACCOUNT), "test")
    return store


def titles(store: Store, *call: str) -> list[str]:
    told = commands.run(["ask", "views", *call, "--format", "csv"], store)
    return [row["title"] for row in csv.DictReader(io.StringIO(told.out))]


def test_text_in_a_printed_csv_is_no_formula(with_formula: Store) -> None:
    for call in (["--by", "video"], ["--trace"]):
        assert "'" + FORMULA in titles(with_formula, *call)


def test_a_moment_has_one_shape_whatever_its_hour(with_formula: Store) -> None:
    told = commands.run(["ask", "views", "--by", "video", "--format", "json"], with_formula)
    moments = {row["title"]: row["published_at"] for row in json.loads(told.out)["rows"]}
    assert all(len(moment) == len("2026-03-02T00:00:00") for moment in moments.values())
    assert "2026-03-02T00:00:00" in moments.values()


def test_a_folder_among_the_files_is_refused_and_the_others_are_taken(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    write_works(tmp_path / "files")
    (works,) = (tmp_path / "files").iterdir()
    call = ["import", "folder", str(works), "--account", "甲", "--json"]
    told = commands.run([*call, "--db", str(tmp_path / "x.duckdb")], store, tmp_path)
    assert told.status == commands.REFUSED
    made = json.loads(told.out)
    assert [receipt["status"] for receipt in made] == ["refused", "done"]
    assert "打不开" in made[0]["reason"]
