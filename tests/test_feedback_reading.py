"""What kinds of questions an import tells apart: rankings, seven-point scales, recommending."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsdata.intake.kinds import Kind, Said, understand
from opsdata.sources.personal import is_personal
from opsdata.store import Store
from tests import people_exports as people
from tests.conftest import Take


def test_chains_of_options_are_a_ranking() -> None:
    found = understand("请排序", {"甲→乙→丙": 3, "乙→丙": 1})
    assert (found.kind, found.options) == (Kind.RANKING, ("甲", "乙", "丙"))
    assert found.said["乙→丙"] == (Said("乙", number=1), Said("丙", number=2))


@pytest.mark.parametrize("texts", [["今天→明天→后天去", "先洗→后切"], ["甲→甲→乙", "乙→甲→甲"]])
def test_arrows_in_free_texts_are_no_ranking(texts: list[str]) -> None:
    assert understand("您的建议", dict.fromkeys(texts, 1)).kind is Kind.TEXT


def test_a_column_for_each_option_holds_the_places_of_a_ranking(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header = ["序号", "提交答卷时间", "所用时间", "3、请按喜欢排序—甲", "3、乙", "3、丙"]
    places = [("1", "2", "3"), ("2", "1", ""), ("(跳过)",) * 3, ("3", "1", "2")]
    rows = [[str(at), f"2026/3/8 9:0{at}:00", "9秒", *said] for at, said in enumerate(places)]
    take(people.write(tmp_path, "排序.csv", (header, rows)), account=None)
    assert store.rows("select title, kind, options from question") == [
        ("3、请按喜欢排序", "ranking", ["甲", "乙", "丙"])
    ]
    said = "select respondent, state, option, number from answer order by respondent, number"
    assert store.rows(said) == [
        (1, "answered", "甲", 1), (1, "answered", "乙", 2), (1, "answered", "丙", 3),
        (2, "answered", "乙", 1), (2, "answered", "甲", 2),
        (3, "skipped", None, None),
        (4, "answered", "乙", 1), (4, "answered", "丙", 2), (4, "answered", "甲", 3),
    ]  # fmt: skip


def test_points_in_a_matrix_are_no_places(store: Store, take: Take, tmp_path: Path) -> None:
    header = ["序号", "提交答卷时间", "所用时间", "3、请打分—甲", "3、乙", "3、丙"]
    points = [("1", "2", "3"), ("5", "5", "4"), ("2", "2", "1"), ("3", "1", "2"), ("4", "4", "4")]
    rows = [[str(at), f"2026/3/8 9:0{at}:00", "9秒", *said] for at, said in enumerate(points)]
    take(people.write(tmp_path, "打分.csv", (header, rows)), account=None)
    assert store.rows("select distinct kind from question") == [("matrix",)]


def test_seven_words_are_a_scale_of_seven() -> None:
    words = ["非常不满意", "不满意", "比较不满意", "一般", "比较满意", "满意", "非常满意"]
    found = understand("满意吗", dict.fromkeys(words[::-1], 1))
    assert (found.kind, found.options) == (Kind.SCALE, tuple(words))
    assert [found.said[word][0].number for word in words] == [1, 2, 3, 4, 5, 6, 7]


def test_rows_of_a_matrix_stand_on_one_scale(store: Store, take: Take, tmp_path: Path) -> None:
    header = ["序号", "提交答卷时间", "所用时间", "3、满意吗—甲", "3、乙"]
    said = [("满意", "比较满意"), ("比较满意", "一般"), ("一般", "一般")]
    rows = [[str(at), f"2026/3/8 9:0{at}:00", "9秒", *pair] for at, pair in enumerate(said)]
    take(people.write(tmp_path, "满意.csv", (header, rows)), account=None)
    numbers = store.rows("select distinct option, number from answer order by number")
    assert numbers == [("一般", 4), ("比较满意", 5), ("满意", 6)]


def test_eleven_points_are_a_recommendation_however_low() -> None:
    low = dict.fromkeys(("1", "3", "4"), 2)
    assert understand("会推荐给朋友吗（0-10分）", low).kind is Kind.NPS
    assert understand("会推荐给朋友吗（1-5分）", low).kind is Kind.SCALE


def test_who_was_interviewed_is_personal() -> None:
    assert all(map(is_personal, ("受访者", "访谈对象", "Interviewee")))
    assert not is_personal("受访者常看什么")
