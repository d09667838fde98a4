"""Where too few answered, the page says that nothing can be told, not that nothing moved."""

from __future__ import annotations

import pytest

from opsdata import i18n
from opsdata.analysis import answers, waves
from opsdata.analysis.waves import Outcome, outcome
from opsdata.ui.waves import _finding
from tests.simulate.feedback import survey_of

YES_NO = ("是", "否")
POINTS = tuple(map(str, range(11)))


def said(yes: int, n: int) -> list[list[int]]:
    return [[0]] * yes + [[1]] * (n - yes)


def wave(yes: int, n: int, second: int | None = None) -> answers.Survey:
    columns = {"1、喜欢吗": ("single", YES_NO, said(yes, n))}
    if second is not None:
        some = said(second // 2, second) + [[] for _ in range(n - second)]
        columns["2、会买吗"] = ("single", YES_NO, some)
    return survey_of(columns)  # type: ignore[arg-type]


def test_a_remark_behind_a_question_mark_may_change() -> None:
    old, new = (
        survey_of({title: ("nps", POINTS, [[10]] * 40)})
        for title in ("5、推荐给朋友？（0-10分）", "4、推荐给朋友？(0-10)")
    )
    assert [one.what for one in waves.moves(old, new)] == ["nps"]


def test_questions_with_few_answers_count_as_untested() -> None:
    assert outcome(waves.moves(wave(5, 10), wave(9, 10))) == Outcome(1, 0, 0)
    assert outcome(waves.moves(wave(20, 40, 8), wave(22, 40, 8))) == Outcome(2, 1, 0)
    assert outcome(waves.moves(wave(5, 40, 8), wave(35, 40, 8))) == Outcome(2, 1, 1)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_could_not_be_tested_is_not_called_unmoved(lang: str) -> None:
    i18n.use(lang)
    still = i18n.t("waves.none", n=1, moved=0)
    nothing = _finding(waves.moves(wave(5, 10), wave(9, 10)), everybody=False)
    assert nothing == i18n.t("waves.untested", n=1, least=waves.LEAST)
    some = _finding(waves.moves(wave(20, 40, 8), wave(22, 40, 8)), everybody=False)
    assert some == still + i18n.t("waves.rest_untested", n=1, least=waves.LEAST)
