"""What is news in surveys and what is chance: crossed questions, waves, themes from three sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsdata.analysis import answers, crosses, triangle, waves
from opsdata.analysis.chance import cross
from opsdata.filters import Filters
from opsdata.store import Store
from opsdata.team.themes import Theme, write_themes
from tests import exports, survey_exports
from tests import people_exports as people
from tests.conftest import Take
from tests.simulate import feedback as simulated
from tests.simulate.feedback import survey_of

YES_NO = ("是", "否")
POINTS = tuple(map(str, range(11)))


def chosen(*groups: tuple[int, int]) -> list[list[int]]:
    return [[option] for option, count in groups for _ in range(count)]


def forty() -> answers.Survey:
    """Twenty people of either group; fifteen of one and five of the other say yes."""
    return survey_of({
        "group": ("single", ("甲", "乙"), chosen((0, 20), (1, 20))),
        "said": ("single", YES_NO, chosen((0, 15), (1, 5), (0, 5), (1, 15))),
    })  # fmt: skip


def test_two_questions_that_go_together_are_told() -> None:
    (pair,) = crosses.pairs(forty())
    assert pair.p == pytest.approx(0.001565, abs=1e-6)
    assert pair.is_connected
    assert not pair.is_small


def test_a_crossed_table_has_the_shares_of_each_group() -> None:
    found = forty()
    made = crosses.cells(found, found.questions[1], found.questions[0])
    assert [(one.option, one.group, one.count, one.n) for one in made] == [
        ("是", "甲", 15, 20), ("否", "甲", 5, 20), ("是", "乙", 5, 20), ("否", "乙", 15, 20),
    ]  # fmt: skip
    assert made[0].share.value == 0.75
    assert crosses.small_groups(made, 21) == ["甲", "乙"]


def test_few_people_are_tested_by_reordering_and_warned_about() -> None:
    found = survey_of({
        "group": ("single", ("甲", "乙"), chosen((0, 4), (1, 4))),
        "said": ("single", YES_NO, chosen((0, 4), (1, 4))),
    })  # fmt: skip
    first, second = (answers.flags(found, one).to_numpy() for one in found.questions)
    table = cross(first, second)
    assert table.is_small
    assert table.p == pytest.approx(2 / 70, abs=0.006)
    assert crosses.pairs(found)[0].p is None


def test_who_was_skipped_is_in_no_table() -> None:
    found = survey_of({
        "bought": ("single", YES_NO, chosen((0, 30), (1, 30))),
        "liked": ("single", YES_NO, [*chosen((0, 20), (1, 10)), *([] for _ in range(30))]),
    })  # fmt: skip
    made = crosses.cells(found, found.questions[1], found.questions[0])
    assert [(one.count, one.n) for one in made] == [(20, 30), (10, 30), (0, 0), (0, 0)]
    assert crosses.pairs(found)[0].p is None


def wave(good: int, n: int = 40) -> answers.Survey:
    return survey_of({
        "1、喜欢吗": ("single", YES_NO, chosen((0, good), (1, n - good))),
        "2、推荐吗（0-10）": ("nps", POINTS, chosen((10, 20), (7, 10), (0, 10))),
    })  # fmt: skip


def test_a_change_is_called_only_beyond_noise() -> None:
    still, moved = waves.moves(wave(20), wave(24)), waves.moves(wave(10), wave(30))
    assert {one.verdict for one in still} == {waves.Verdict.NOISE}
    yes, no, score = moved
    assert (yes.before, yes.after, yes.change.value) == (0.25, 0.75, 0.5)
    assert (yes.verdict, no.verdict) == (waves.Verdict.MOVED, waves.Verdict.MOVED)
    assert (score.what, score.before, score.after, score.verdict) == ("nps", 25, 25, "noise")


def test_few_answers_are_no_news() -> None:
    moved = waves.moves(wave(0, 40), survey_of({"5. 喜欢吗": ("single", YES_NO, chosen((0, 29)))}))
    assert [(one.question.title, one.verdict) for one in moved] == [
        ("5. 喜欢吗", "few"), ("5. 喜欢吗", "few"),
    ]  # fmt: skip


def test_waves_are_suggested_by_their_questions(store: Store, take: Take, tmp_path: Path) -> None:
    header, rows = survey_exports.google()
    take(people.write(tmp_path, "春.csv", (header, rows)), account=None)
    more = [[row[0].replace("03/08", "06/08"), *row[1:]] for row in rows]
    take(people.write(tmp_path, "夏.csv", (header, more)), account=None)
    take(people.write(tmp_path, "别的.csv", survey_exports.jinshuju()), account=None)
    assert [one.name for one in waves.likely(store, "夏")] == ["春"]
    assert waves.likely(store, "别的") == []


COMMENTS = ["太慢了", "好慢", "慢", "慢吞吞", *(f"不错{at}" for at in range(4)), "贵", "好吃"]


def test_a_theme_is_confirmed_when_two_sides_agree(
    store: Store, take: Take, tmp_path: Path
) -> None:
    titles = [f"慢炖{at}" for at in range(6)] + [f"快炒{at}" for at in range(6)]
    rows = []
    for at, title in enumerate(titles):
        row = list(exports.works_rows()[0])
        row[0], row[1] = title, f"2026-03-0{1 + at % 5} 1{at % 10}:0{at % 6}:0{at // 2}"
        row[2] = "1min-视频"
        row[8] = f"{0.5 + 0.01 * (at % 3) if at < 6 else 0.3 + 0.01 * (at % 3):.2f}"
        rows.append(row)
    take(exports.write_xlsx(tmp_path / "作品列表导出-20260312.xlsx", exports.WORKS_HEADER, rows))
    said = [["无名甲", "1", f"2026/3/5 10:00:0{i}", s] for i, s in enumerate(COMMENTS)]
    table = ["昵称", "点赞数", "时间", "评论"], said
    take(people.write(tmp_path, "评论.csv", table))
    write_themes(store, [Theme("慢", ("慢",)), Theme("贵", ("贵",)), Theme("无", ("没人说",))])
    texts = ["有点慢", "慢", "太慢", "慢一点", "贵了", "好"]
    slow, dear = triangle.triangle(store, texts, Filters())
    assert (slow.theme, slow.survey.count, slow.survey.n) == ("慢", 4, 6)
    assert (slow.comments.count, slow.comments.n) == (4, 10)
    assert slow.works.count == 6
    assert slow.works.figure.value == pytest.approx(0.2)
    assert (slow.survey.speaks, slow.works.speaks, slow.is_confirmed) == (True, True, True)
    assert (dear.theme, dear.comments.count, dear.is_confirmed) == ("贵", 1, False)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    assert 0.93 <= simulated.coverage_of_shares() <= 0.97
    assert 0.93 <= simulated.coverage_of_nps() <= 0.97
    assert all(0.93 <= rate <= 0.97 for rate in simulated.coverage_of_changes())


@pytest.mark.slow
def test_nothing_is_seen_where_there_is_nothing() -> None:
    assert simulated.null_crosses(300) <= 0.05
    assert simulated.null_waves(100) <= 0.07


@pytest.mark.slow
def test_a_planted_change_is_found() -> None:
    assert simulated.found_waves(30) >= 0.9
