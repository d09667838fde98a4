"""A database file that cannot be read: said plainly, kept as it is, replaced by a backup."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from opsdata import backup, commands, queries
from opsdata.errors import Damaged, Refused
from opsdata.filters import Filters
from opsdata.store import Store
from tests.pages import ROOT

JUNK = b"this was a database once" * 1000


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = tmp_path / "ops.duckdb"
    path.write_bytes(JUNK)
    return path


def views(database: Path) -> float:
    store = Store(database)
    found = float(queries.measure(store, ["views"], Filters())["views"][0])
    store.close()
    return found


def test_a_backup_takes_the_place_of_a_damaged_database(damaged: Path, filled_file: Path) -> None:
    damaged.with_name("ops.duckdb.wal").write_bytes(b"log of the damaged one")
    backup.restore(filled_file, damaged)
    assert views(damaged) == 10_000
    assert damaged.with_name("ops.duckdb.before").read_bytes() == JUNK
    assert damaged.with_name("ops.duckdb.before.wal").read_bytes() == b"log of the damaged one"
    assert not damaged.with_name("ops.duckdb.part").exists()


def test_a_copy_that_is_no_database_changes_nothing(tmp_path: Path, filled_file: Path) -> None:
    database = Path(shutil.copy(filled_file, tmp_path / "ops.duckdb"))
    (tmp_path / "copy").write_bytes(JUNK)
    with pytest.raises(Refused):
        backup.restore(tmp_path / "copy", database)
    assert views(database) == 10_000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "ops.duckdb"]


def test_a_damaged_database_is_named_and_not_touched(damaged: Path) -> None:
    with pytest.raises(Damaged):
        Store(damaged)
    told = commands.run(["ask", "views", "--db", str(damaged)])
    assert told.status == commands.REFUSED
    assert "打不开" in told.err
    assert str(damaged) in told.err
    assert damaged.read_bytes() == JUNK


@pytest.mark.slow
@pytest.mark.usefixtures("alone")
def test_the_page_says_that_the_database_is_damaged(
    damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPSDATA_DB", str(damaged))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["lang"] = "zh"
    app.run()
    assert not app.exception
    assert "打不开" in app.error[0].value
    assert damaged.read_bytes() == JUNK
