"""A list that says less of a work's genre takes away nothing that is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import permutations
from pathlib import Path

import pytest

from opsdata.intake.importer import Importer, Wish
from opsdata.intake.undo import undo
from opsdata.store import Store
from tests import exports
from tests.conftest import ACCOUNT, tables

pytestmark = pytest.mark.slow

AT = "2026-03-02 08:00:15"
TITLE = "早餐饼 #早餐"


def official(folder: Path, genre: str = "1-3min视频") -> Path:
    """The platform's own list, without ids."""
    row = [TITLE, AT, genre, *exports.WORKS_ROWS[0][3:]]
    return exports.write_csv(folder / f"{genre}.csv", exports.WORKS_HEADER, [row])


def plugin(folder: Path, genre: str = "视频") -> Path:
    """A plug-in's list, which knows only 视频 and 图文."""
    header = "达人昵称,视频ID,媒体类型,视频描述,发布时间,点赞数,收藏数,评论数,分享数".split(",")
    row = [ACCOUNT, "7345678901234567890", genre, TITLE, AT, "44", "6", "2", "5"]
    return exports.write_csv(folder / f"plugin-{genre}.csv", header, [row])


def genres(store: Store) -> list[tuple[object, ...]]:
    return store.rows("select genre, length_band from work")


def bring(importer: Importer, store: Store, lists: Sequence[tuple[Path, int]]) -> list[int]:
    importer.store = store
    wishes = ((path, Wish(ACCOUNT, datetime(2026, 3, day, 12), own=True)) for path, day in lists)
    return [int(importer.take(path, wish, "test")[0].batch or 0) for path, wish in wishes]


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_a_coarser_genre_never_replaces_a_finer_one(
    store: Store, shared_importer: Importer, tmp_path: Path, order: tuple[int, ...]
) -> None:
    lists = [(official(tmp_path), 12), (plugin(tmp_path), 13)]
    batches = bring(shared_importer, store, [lists[at] for at in order])
    assert genres(store) == [("1-3min视频", "1-3min")]
    undo(store, batches[order.index(0)])
    assert genres(store) == [("视频", None)]


def test_a_genre_that_says_something_else_replaces_the_older_one(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    lists = [(official(tmp_path), 12), (official(tmp_path, "3-5min视频"), 13)]
    bring(shared_importer, store, [*lists, (plugin(tmp_path), 14)])
    assert genres(store) == [("3-5min视频", "3-5min")]
    bring(shared_importer, store, [(plugin(tmp_path, "图文"), 15)])
    assert genres(store) == [("图文", "photo")]


def test_a_list_that_only_says_less_changes_nothing(
    store: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    shared_importer.store = store
    bring(shared_importer, store, [(official(tmp_path), 12), (plugin(tmp_path), 13)])
    wish = Wish(ACCOUNT, datetime(2026, 3, 14, 12), own=True)
    again = shared_importer.take(plugin(tmp_path), wish, "test")[0]
    assert (again.changed, again.same) == (0, 1)


def test_a_database_of_before_is_brought_to_the_same_genres(
    tmp_path: Path, shared_importer: Importer
) -> None:
    path = tmp_path / "old.duckdb"
    store = Store(path)
    bring(shared_importer, store, [(official(tmp_path), 12), (plugin(tmp_path), 13)])
    known = tables(store)
    with store.writing() as session:
        session.do("update video_derived set genre = '视频'")
        session.do("delete from meta where key = 'derived'")
    store.close()
    store = Store(path)
    assert tables(store) == known
    store.close()
