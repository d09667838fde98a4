"""One work: its place among its kind, its exports, its life; and who is late."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from opsdata import works
from opsdata.filters import Filters
from opsdata.health import Light, Reach, reaches
from opsdata.metrics import Basis
from opsdata.store import Store
from opsdata.ui.worklist import place_text
from tests import exports
from tests.conftest import Take


def find(store: Store, title: str) -> works.Work:
    video = store.one("select video from video where title like $title", {"title": f"{title}%"})
    found = works.work(store, video)
    assert found is not None
    return found


def test_a_list_has_most_plays_first_and_every_number_of_the_file(known: Store) -> None:
    listed = works.listing(known, Filters(basis=Basis.PUBLISHED))
    assert list(listed["views"]) == [4000, 3000, 2000, 1000, 0]
    first = listed.iloc[0]
    assert (first["likes"], first["comments"], first["follower_gain"]) == (200, 30, 12)
    assert first["engagement_rate"] == pytest.approx((200 + 30 + 20 + 50) / 4000)


def test_a_place_is_among_the_accounts_works_of_the_same_genre(known: Store) -> None:
    place = works.standing(known, find(known, "摆盘"))
    assert place is not None
    assert (place.rank, place.n, place.median) == (2, 2, 3000)
    assert place.times_median == pytest.approx(2 / 3)


def test_a_work_without_company_has_no_place(known: Store) -> None:
    assert works.standing(known, find(known, "炖汤")) is None


def test_hashtags_come_from_the_title(known: Store) -> None:
    assert works.hashtags(known, find(known, "早餐饼").video) == ["快手", "早餐"]


def test_each_number_can_be_followed_to_a_file_and_a_line(known: Store) -> None:
    row = works.exports(known, find(known, "炖汤").video).iloc[0]
    assert (row["file"], row["line"], row["views"]) == ("作品列表导出-20260312.xlsx", 3, 3000)


def test_a_life_starts_at_zero_and_rises_with_the_exports(
    filled: Store, take: Take, tmp_path: Path
) -> None:
    rows = exports.works_rows()
    rows[0][4] = "1600"
    path = exports.write_xlsx(tmp_path / "n.xlsx", exports.WORKS_HEADER, rows)
    take(path, captured=datetime(2026, 3, 22, 12))
    life = works.life(filled, find(filled, "早餐饼").video)
    assert list(life["views"]) == [0, 1000, 1600]
    assert list(life["age"].round(2)) == [0, 10.17, 20.17]


def test_best_and_weakest_leave_out_the_young_and_the_private(known: Store) -> None:
    found = works.highlights(known, Filters(basis=Basis.PUBLISHED))
    assert [(one.kind, one.work.title) for one in found] == [
        ("best", "无标题"),
        ("weakest", "早餐饼 #早餐 #快手"),
    ]


def test_an_unknown_work_is_none(known: Store) -> None:
    assert works.work(known, "nope") is None


def test_the_data_reach_to_the_last_day_and_the_last_export(known: Store) -> None:
    assert [(r.source, r.until, r.gaps) for r in reaches(known)] == [
        ("days", date(2026, 3, 11), 0),
        ("works", date(2026, 3, 12), 0),
    ]


@pytest.mark.parametrize(
    ("source", "age", "light"),
    [("days", 3, Light.FRESH), ("days", 4, Light.LATE), ("days", 9, Light.VERY_LATE),
     ("works", 8, Light.FRESH), ("works", 9, Light.LATE), ("works", 16, Light.VERY_LATE)],
)  # fmt: skip
def test_late_data_turn_amber_then_red(source: str, age: int, light: Light) -> None:
    reach = Reach("甲", source, date(2026, 3, 1))
    assert reach.light(date.fromordinal(reach.until.toordinal() + age)) is light


def test_among_works_without_plays_there_is_a_rank_but_no_multiple(
    store: Store, take: Take, tmp_path: Path
) -> None:
    rows = exports.works_rows()
    for row in rows:
        row[2:5] = ["图文", "公开", "0"]
    rows[0][4] = "5"
    take(exports.write_xlsx(tmp_path / "w.xlsx", exports.WORKS_HEADER, rows))
    place = works.standing(store, find(store, "早餐饼"))
    assert place is not None
    assert (place.rank, place.n, place.times_median) == (1, 5, None)
    assert place_text(find(store, "早餐饼"), place) == "在「测试号」的 5 条图文里排第 1"
