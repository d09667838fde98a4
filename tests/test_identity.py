"""One work whatever list it comes from; and what each import changed of it."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations
from pathlib import Path

import pytest

from opsdata import queries
from opsdata.filters import Filters
from opsdata.intake.importer import Importer, Wish
from opsdata.intake.undo import undo
from opsdata.metrics import Basis
from opsdata.store import Store
from opsdata.touches import touches
from tests import exports
from tests.conftest import ACCOUNT, Take, tables
from tests.pages import Open, downloaded

pytestmark = pytest.mark.slow

ID = "7345678901234567890"
BARE = ["早餐饼 #早餐 #快手", "2026-03-02 08:00:15", "1min-视频", "公开", "1000"]


def works_list(folder: Path, plays: str = "1000", title: str = BARE[0]) -> Path:
    """The official list: no id, to the second."""
    rows = exports.works_rows()[:2]
    rows[0][0], rows[0][1], rows[0][4] = title, BARE[1], plays
    return exports.write_csv(folder / "list.csv", exports.WORKS_HEADER, rows)


def by_minute(folder: Path) -> Path:
    """投稿分析: no id, to the minute."""
    row = [BARE[0], "2026-03-02 08:00", "1100", "0.61", "0.19", "11"]
    return exports.write_csv(folder / "minute.csv", exports.POSTS_HEADER, [row])


def with_id(folder: Path) -> Path:
    """A plug-in's list: with the id, to the second."""
    header = ["达人昵称", "视频ID", "视频描述", "发布时间", "点赞数", "评论数", "收藏数", "分享数"]
    row = [ACCOUNT, ID, BARE[0], "2026-03-02 08:00:15", "44", "6", "2", "5"]
    return exports.write_csv(folder / "ids.csv", header, [row])


LISTS = {"list": (works_list, 12), "minute": (by_minute, 13), "ids": (with_id, 14)}


@pytest.mark.parametrize("order", list(permutations(LISTS)), ids=" ".join)
def test_three_lists_give_one_work_in_whatever_order(
    store: Store, shared_importer: Importer, tmp_path: Path, order: tuple[str, ...]
) -> None:
    shared_importer.store = store
    for name in order:
        make, day = LISTS[name]
        receipts = shared_importer.take(
            make(tmp_path), Wish(ACCOUNT, datetime(2026, 3, day, 12), own=True), "test"
        )
        assert [str(one.status) for one in receipts] == ["done"], receipts
    rows = store.rows(
        "select platform_id, published_at, views, likes from video where title like '早餐饼%'"
    )
    assert rows == [(ID, datetime(2026, 3, 2, 8, 0, 15), 1100, 44)]
    assert store.one("select count(*) from video") == 2


def test_a_join_by_the_minute_is_noted_on_the_receipt(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(works_list(tmp_path))
    receipt = take(by_minute(tmp_path), captured=datetime(2026, 3, 13, 12))
    assert [found.rule for found in receipt.findings] == ["met_by_minute"]
    assert store.one("select count(*) from finding where rule = 'met_by_minute'") == 1


def test_an_edited_title_follows_the_newest_export_whatever_came_last(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(works_list(tmp_path), captured=datetime(2026, 3, 12, 12))
    take(works_list(tmp_path, "1200", "新标题"), captured=datetime(2026, 3, 20, 12))
    take(works_list(tmp_path, "1100", "中间的标题"), captured=datetime(2026, 3, 15, 12))
    titles = store.rows("select title from video order by published_at")
    assert titles[0] == ("新标题",)
    assert len(titles) == 2


def test_two_accounts_that_post_in_one_second_have_two_works(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(works_list(tmp_path), account="甲")
    take(works_list(tmp_path), account="乙")
    assert store.one("select count(*) from video") == 4


def test_a_competitors_works_stay_out_until_it_is_named(
    filled: Store, shared_importer: Importer, tmp_path: Path
) -> None:
    shared_importer.store = filled
    shared_importer.take(works_list(tmp_path, "9999"), Wish("对手", own=False), "test")
    asked = Filters(basis=Basis.PUBLISHED)
    assert queries.measure(filled, ["views"], asked)["views"][0] == 10000
    named = Filters(basis=Basis.PUBLISHED, accounts=("对手",))
    assert queries.measure(filled, ["views"], named)["views"][0] == 12999


def test_private_works_count_unless_they_are_left_out(known: Store) -> None:
    asked = Filters(basis=Basis.PUBLISHED)
    assert queries.measure(known, ["posts"], asked)["posts"][0] == 5
    public = Filters(basis=Basis.PUBLISHED, public_only=True)
    assert queries.measure(known, ["posts"], public)["posts"][0] == 4


def test_each_import_says_what_it_changed_of_a_work(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    rows = exports.works_rows()
    rows[0][0], rows[0][4], rows[0][3] = "早餐饼 新标题", "1500", "自见"
    take(
        exports.write_xlsx(tmp_path / "n.xlsx", exports.WORKS_HEADER, rows),
        captured=datetime(2026, 3, 20, 12),
    )
    video = filled.one("select video from video where title like '早餐饼%'")
    first, second = touches(filled, video)
    assert first.first
    assert {change.old for change in first.changes} == {None}
    assert (first.file, first.line) == ("作品列表导出-20260312.xlsx", 2)
    assert {(c.field, c.old, c.new) for c in second.changes} == {
        ("title", "早餐饼 #早餐 #快手", "早餐饼 新标题"),
        ("views", 1000.0, 1500.0),
        ("status", "公开", "自见"),
    }
    assert (second.file, second.line, second.who) == ("n.xlsx", 2, "test")


def test_the_work_page_lists_the_changes(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "videos", period="all", basis="published")
    video = app.dataframe[0].value["video"].iloc[0]
    app = visit(filled_file, "videos", period="all", basis="published", video=video)
    table = downloaded(app, f"touched_{video}_csv").set_index("内容")
    assert table.loc["播放量", "现在"] == "4,000"
    assert set(table["行"]) == {6}


@pytest.mark.parametrize("order", [(1, 11, 3), (11, 3, 1), (3, 1, 11)])
def test_imports_are_undone_in_any_order_and_load_again(
    filled: Store, take: Take, works_file: Path, tmp_path: Path, order: tuple[int, ...]
) -> None:
    rows = exports.works_rows()
    rows[0][4] = "1500"
    later = exports.write_xlsx(tmp_path / "n.xlsx", exports.WORKS_HEADER, rows)
    newer = datetime(2026, 3, 20, 12)
    before = tables(filled)
    assert take(later, captured=newer).batch == 11
    with_it = tables(filled)
    undo(filled, 11)
    assert tables(filled) == before
    assert str(take(later, captured=newer).status) == "done"
    undo(filled, 12)
    assert tables(filled) == before
    assert take(later, captured=newer).batch == 13
    for batch in [13 if number == 11 else number for number in order]:
        undo(filled, batch)
    assert filled.rows("select * from video") == []
    assert str(take(works_file).status) == "done"
    take(later, captured=newer)
    assert tables(filled)["video"] == with_it["video"]
