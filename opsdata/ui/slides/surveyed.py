"""What the newest survey says in figures: recommendation and scales, each with its interval."""

from __future__ import annotations

from opsdata.analysis import answers
from opsdata.analysis.answers import Survey
from opsdata.analysis.intervals import Interval
from opsdata.format import fixed, short
from opsdata.health import Reach
from opsdata.i18n import span, t
from opsdata.metrics import Unit
from opsdata.ui import data, health, survey, surveywords
from opsdata.ui.slides.figures import nameless
from opsdata.ui.slides.model import Item, Slide, View, fitting

_LETTERS = 16


def make(view: View) -> Slide | None:
    """Return the score and the means of the newest survey; None without an answer."""
    known = data.ask(answers.surveys)
    if not known:
        return None
    found = data.ask(survey.view, survey.Chosen(known[0].name))
    items = [*_score(found), *_means(found)]
    if not items:
        return None
    sent = Item(t("survey.responses"), short(found.responses, Unit.COUNT), notes=_when(found))
    title = t("screen.survey", name=nameless(found.name, _LETTERS))
    last = known[0].last
    reach = health.told(Reach("", "survey", last.date())) if last else ("", "")
    shown = (*items, sent)[: fitting(view, 4)]
    return Slide("survey", "cards", title, shown, t("screen.survey_about"), reach)


def _score(found: Survey) -> list[Item]:
    one = survey.nps(found)
    question = answers.nps_question(found)
    if one.value is None or question is None:
        return []
    n = answers.promoters(found, question).n
    return [Item(t("survey.nps"), fixed(one.value, 0), notes=_sure(one, n, 0))]


def _means(found: Survey) -> list[Item]:
    """Return the means of scales, in the order they were asked."""
    scales = [one for one in answers.tallies(found) if one.question.kind == answers.SCALE]
    return [
        Item(
            surveywords.title(one.question, _LETTERS),
            fixed(one.score.value, 2),
            notes=_sure(one.score, one.n, 2),
        )
        for one in scales
        if one.score.value is not None
    ][:2]


def _sure(one: Interval, n: int, digits: int) -> tuple[str, ...]:
    """Return an interval and on how many answers it rests."""
    many = t("screen.answers", n=short(n, Unit.COUNT))
    if one.low is None or one.high is None:
        return (many,)
    low, high = (fixed(end, digits) for end in (one.low, one.high))
    return (t("screen.between", low=low, high=high), many)


def _when(found: Survey) -> tuple[str, ...]:
    times = found.sheets["submitted_at"].dropna()
    return (span(times.min().date(), times.max().date()),) if len(times) else ()
