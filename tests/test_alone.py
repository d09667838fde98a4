"""The works of an import that stands alone are kept once, and known like all others."""

from __future__ import annotations

import shutil
from pathlib import Path

from opsdata.intake.undo import undo
from opsdata.store import Store
from tests import exports
from tests.conftest import Take, tables


def derived(store: Store) -> int:
    return int(store.one("select count(*) from video_derived"))


def test_works_are_written_once_until_another_import_touches_them(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    before = tables(filled)
    assert (len(before["video"]), derived(filled)) == (5, 0)
    rows = exports.works_rows()[:1]
    rows[0][exports.WORKS_HEADER.index("播放量")] = "999999"
    second = take(exports.write_csv(tmp_path / "w.csv", exports.WORKS_HEADER, rows))
    assert second.changed == 1
    assert derived(filled) == 5
    assert filled.one("select count(*) from video") == 5
    assert filled.one("select max(views) from video") == 999999
    undo(filled, int(second.batch or 0))
    assert tables(filled)["video"] == before["video"]


def test_a_file_of_an_earlier_version_keeps_what_it_knows(
    filled_file: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(filled_file, tmp_path / "earlier.duckdb"))
    store = Store(path)
    with store.writing() as session:
        session.do("drop view video")
        session.do("create table video as select * exclude (batch_id, line) from video_snapshot")
        session.do("drop table video_derived")
        session.do("update batch set alone = false")
        session.do("delete from meta where key = 'schema'")
    store.close()
    again = Store(path)
    assert again.one("select count(*) from video") == 5
    assert again.one("select count(*) from work") == 5
    again.close()
