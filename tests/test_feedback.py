"""What a survey says, counted by hand: ten people, every kind of question."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from opsdata.analyse.asked import Asked
from opsdata.analyse.survey import survey
from opsdata.analysis import answers, themes
from opsdata.analysis.answers import Survey
from opsdata.filters import Filters
from opsdata.intake.interviews import note_down, strike_out
from opsdata.intake.undo import undo
from opsdata.store import Store
from opsdata.team.scales import tell_scale
from opsdata.team.themes import Theme, defaults, write_themes
from opsdata.team.themes import themes as themes_of
from tests import people_exports as people
from tests.conftest import Take
from tests.ten_answers import NAME, ten

pytestmark = pytest.mark.slow


@pytest.fixture
def told(store: Store, take: Take, tmp_path: Path) -> dict[str, Any]:
    take(people.write(tmp_path, NAME, ten()), account=None)
    return survey(store, Asked())


def asked(told: dict[str, Any], start: str) -> dict[str, Any]:
    return next(one for one in told["questions"] if one["question"].startswith(start))


def counts(told: dict[str, Any], start: str) -> dict[str, int]:
    return {one["option"]: one["count"] for one in asked(told, start)["options"]}


def test_answers_are_counted_by_question(told: dict[str, Any]) -> None:
    assert (told["survey"], told["responses"]) == ("十人问卷", 10)
    assert [one["kind"] for one in told["questions"]] == [
        "single", "multiple", "single", "scale", "matrix", "matrix", "nps", "ranking", "number",
        "text",
    ]  # fmt: skip
    assert counts(told, "1、") == {"男": 4, "女": 6}
    assert counts(told, "2、") == {"美食": 6, "旅行": 6, "其他": 2}
    assert counts(told, "4、") == {"一般": 1, "满意": 2, "非常满意": 1}
    assert counts(told, "5、您对以下方面满意吗？—声音") == {
        "不满意": 1, "一般": 3, "满意": 4, "非常满意": 1,
    }  # fmt: skip
    assert counts(told, "7、") == {"教程": 7, "日常": 2, "测评": 1}


def test_empty_and_skipped_are_no_answers(told: dict[str, Any]) -> None:
    sizes = {q["question"][:2]: (q["n"], q["empty"], q["skipped"]) for q in told["questions"]}
    assert sizes["2、"] == (9, 1, 0)
    assert sizes["4、"] == (4, 1, 5)
    assert sizes["9、"] == (7, 3, 0)
    assert {sum(size) for size in sizes.values()} == {10}


def test_shares_are_of_those_who_answered_with_wilson_intervals(told: dict[str, Any]) -> None:
    food = asked(told, "2、")["options"][0]
    assert food["share"] == pytest.approx(6 / 9)
    assert (food["low"], food["high"]) == pytest.approx((0.3542, 0.8794), abs=1e-4)


def test_scores_are_means_on_the_questions_own_scale(told: dict[str, Any]) -> None:
    assert asked(told, "4、")["score"] == 4
    assert asked(told, "5、您对以下方面满意吗？—画面")["score"] == pytest.approx(3.8)
    assert asked(told, "5、您对以下方面满意吗？—声音")["score"] == pytest.approx(32 / 9)
    assert asked(told, "6、")["score"] == pytest.approx(7.4)
    weekly = asked(told, "8、")
    assert (weekly["score"], weekly["options"]) == (4, [])
    assert (weekly["low"], weekly["high"]) == pytest.approx((2.2805, 5.7195), abs=1e-4)
    assert asked(told, "1、")["score"] is None


def test_the_recommendation_score_has_its_adjusted_interval(told: dict[str, Any]) -> None:
    found = told["nps"]
    assert (found["score"], found["n"]) == (pytest.approx(20), 10)
    assert (found["low"], found["high"]) == pytest.approx((-30.33, 61.10), abs=0.01)


def test_rankings_tell_first_and_mean_places(told: dict[str, Any]) -> None:
    places = {one["option"]: one["mean_place"] for one in asked(told, "7、")["options"]}
    assert places == pytest.approx({"教程": 1.4, "日常": 2.1, "测评": 2.5})


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_nothing(
    store: Store, take: Take, tmp_path: Path, told: dict[str, Any], seed: int
) -> None:
    undo(store, 1)
    take(people.write(tmp_path / "b", NAME, ten(seed)), account=None)
    assert plain(survey(store, Asked())) == plain(told)


def plain(told: dict[str, Any]) -> list[Any]:
    rows = []
    for one in told["questions"]:
        options = sorted(tuple(option.items()) for option in one["options"])
        rows.append({**one, "options": options})
    return [told["responses"], told["nps"], rows]


def test_shares_add_up(told: dict[str, Any]) -> None:
    for one in told["questions"]:
        total = sum(option["count"] for option in one["options"])
        if one["kind"] in ("single", "scale", "matrix", "nps", "ranking"):
            assert total == one["n"]
            assert sum(option["share"] for option in one["options"]) == pytest.approx(1)
        for option in one["options"]:
            assert 0 <= option["low"] <= option["share"] <= option["high"] <= 1


def test_an_unknown_survey_is_an_answer(store: Store, told: dict[str, Any]) -> None:
    nothing = survey(store, Asked(survey="没有"))
    assert (nothing["responses"], nothing["questions"]) == (0, [])
    assert nothing["nps"] == {"score": None, "low": None, "high": None, "n": 0}
    assert "没有" in nothing["reason"]
    day = survey(store, Asked(filters=Filters(since=date(2026, 3, 2))))
    assert day["responses"] == 5


def load(store: Store) -> Survey:
    return answers.survey(store, "十人问卷")


@pytest.mark.usefixtures("told")
def test_only_those_who_answered_so_are_counted(store: Store) -> None:
    found = load(store)
    women = found.only(found.questions[0], "女")
    assert women.responses == 6
    assert answers.tally(women, found.questions[2]).options[0].count == 2
    fans = found.only(found.questions[6], "promoter")
    assert fans.responses == 5
    assert sorted(found.sheets["channel"].value_counts().items()) == [("微信", 7), ("链接", 3)]


@pytest.mark.usefixtures("told")
def test_open_answers_are_themes_with_masked_quotes(store: Store) -> None:
    texts = answers.written(load(store))
    known = [Theme("节奏", ("节奏",)), Theme("声音", ("声音",)), Theme("广告", ("广告",))]
    found = themes.mentions(texts, known)
    assert [(one.theme, one.count, one.n) for one in found] == [("节奏", 3, 7), ("声音", 2, 7)]
    assert found[0].quotes == ("节奏", "节奏太慢", "节奏慢，声音小")
    assert themes.uncoded(texts, known) == ["加我微信***", "很好", "更新"]
    assert "abc123nobody" not in repr(survey(store, Asked())) + repr(texts)


def test_a_list_of_interviews_is_no_survey(store: Store, take: Take, tmp_path: Path) -> None:
    table = (
        ["访谈日期", "受访者", "问题", "回答"],
        [
            ["2026-03-01", "无名甲", "为什么划走", "开头太长"],
            ["2026-03-02", "无名乙", "为什么划走", "太长"],
            ["2026-03-02", "无名乙", "会推荐吗", "会，打13800000000"],
        ],
    )
    receipt = take(people.write(tmp_path, "访谈.xlsx", table), account=None)
    assert (receipt.kind, receipt.new) == ("interview_notes", 3)
    assert receipt.masked.columns == ("受访者",)
    assert people.leaks(store) == []
    assert answers.surveys(store) == []
    said = themes.notes(store)
    assert {(one.day, one.asked, one.said) for one in said} == {
        (date(2026, 3, 1), "为什么划走", "开头太长"),
        (date(2026, 3, 2), "为什么划走", "太长"),
        (date(2026, 3, 2), "会推荐吗", "会，打***"),
    }


def test_notes_are_masked_when_typed_in(store: Store) -> None:
    assert note_down(store, date(2026, 3, 1), ["太长", "", " 加我微信abc123nobody @无名甲 "]) == 2
    assert [one.said for one in themes.notes(store)] == ["加我微信*** @***", "太长"]
    assert people.leaks(store) == []
    strike_out(store, 1)
    assert len(themes.notes(store)) == 1


@pytest.mark.usefixtures("told")
def test_the_team_tells_the_order_of_a_scale(store: Store) -> None:
    question = load(store).questions[2]
    assert answers.tally(load(store), question).score.value is None
    tell_scale(store, question.key, ["没买过", "买过"])
    told = answers.tally(load(store), load(store).questions[2])
    assert (told.question.kind, told.question.options) == ("scale", ("没买过", "买过"))
    assert told.score.value == 1.5
    tell_scale(store, question.key, ())
    assert load(store).questions[2].kind == "single"


def test_the_team_changes_the_words_of_themes(store: Store) -> None:
    usual = themes_of(store)
    assert usual == defaults()
    write_themes(store, [*usual[1:], Theme("背景", (" 背景 ", "BGM2"))])
    changed = themes_of(store)
    assert changed == (*usual[1:], Theme("背景", ("背景", "bgm2")))
    assert changed[-1].is_in("这个bgm2好听")
    write_themes(store, usual)
    assert themes_of(store) == usual
    assert store.one("select count(*) from theme") == 0


def test_an_older_survey_is_the_newest_by_its_answers(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = ten()
    later = [[row[0], row[1].replace("2026/3", "2026/5"), *row[2:]] for row in rows]
    take(people.write(tmp_path, "五月.xlsx", (header, later)), None, datetime(2026, 5, 9))
    take(people.write(tmp_path, "三月.xlsx", (header, rows)), None, datetime(2026, 5, 10))
    assert [one.name for one in answers.surveys(store)] == ["五月", "三月"]
