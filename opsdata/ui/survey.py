"""One survey: which, whose answers, what it says in a sentence, its cards, its questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import streamlit as st

from opsdata import theme
from opsdata.analysis import answers, intervals
from opsdata.analysis.answers import Known, Question, Survey
from opsdata.analysis.intervals import Interval
from opsdata.analysis.themes import mentions, notes
from opsdata.analysis.waves import Move, Verdict, likely, moves, outcome
from opsdata.charts.answers import arrivals
from opsdata.format import fixed, literal, percent
from opsdata.i18n import day, span, t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.store import Store
from opsdata.team.themes import themes
from opsdata.ui import address, data, parts, questions, surveywords


@dataclass(frozen=True)
class Chosen:
    """What the reader looks at: a survey, and only those who gave one answer, if any."""

    name: str
    said: str = ""
    """The key of a question and the option that was chosen, empty for everybody."""


def view(store: Store, chosen: Chosen) -> Survey:
    """Return the answers that are looked at."""
    found = answers.survey(store, chosen.name)
    key, _, option = chosen.said.partition(":")
    question = found.question(key)
    return found.only(question, option) if question is not None else found


def choose() -> Chosen | None:
    """Draw which survey and whose answers; None when there is no survey."""
    known = data.ask(answers.surveys)
    if not known:
        if not data.ask(notes):
            parts.empty("feedback")
        return None
    names = [one.name for one in known]
    head = st.container(key="survey_head")
    with st.container(horizontal=True, vertical_alignment="bottom", key="survey_bar"):
        name = _pick("survey", names, names[0], t("survey.which"), 340)
        found = data.ask(answers.survey, name)
        pairs = [
            f"{one.key}:{label}"
            for one in found.questions
            if answers.can_divide(one)
            for label in answers.labels(one)
        ]
        words = {pair: _said(found, pair) for pair in pairs}
        said = _pick("said", ["", *pairs], "", t("survey.only"), 440, words)
    chosen = Chosen(name, said)
    with head:
        st.markdown(sentence(chosen))
        st.caption(t("survey.scope"))
    return chosen


def _pick(
    name: str, options: list[str], default: str, label: str, width: int,
    words: dict[str, str] | None = None,
) -> str:  # fmt: skip
    value = address.single(name, options, default)
    st.selectbox(
        label,
        options,
        format_func=lambda option: (words or {}).get(option) or option or t("survey.everybody"),
        key=address.show(name, value),
        width=width,
        on_change=address.take,
        args=(name, default),
    )
    return value


def _said(found: Survey, pair: str) -> str:
    key, _, option = pair.partition(":")
    question = found.question(key)
    title = surveywords.title(question) if question else key
    return t("survey.said", question=title, option=surveywords.option(option))


def sentence(chosen: Chosen) -> str:
    """Say what the survey comes to: how many, how likely to recommend, what moved, what about."""
    found = data.ask(view, chosen)
    said = [t("survey.answer", name=literal(chosen.name), n=f"{found.responses:,}")]
    score = nps(found)
    if score.value is not None:
        said.append(t("survey.answer_nps", score=surveywords.nps_text(score)))
    said.append(_moved(chosen))
    top = mentions(answers.written(found), data.ask(themes))
    if top:
        share = surveywords.share_text(top[0].share)
        said.append(t("survey.answer_theme", theme=surveywords.theme(top[0].theme), share=share))
    return "".join(said)


def _moved(chosen: Chosen) -> str:
    before = None if chosen.said else before_of(chosen)
    if before is None:
        return ""
    made = data.ask(moved_between, before, chosen.name)
    found = outcome(made)
    if not found.tested:
        return t("survey.answer_untested", before=literal(before)) if found.asked else ""
    if not found.moved:
        return t("survey.answer_still", before=literal(before), n=found.tested)
    moved = [one.question for one in made if one.verdict is Verdict.MOVED]
    asked = list(dict.fromkeys(map(surveywords.title, moved)))
    names = t("list.comma").join(literal(name) for name in asked[:2])
    return t("survey.answer_moved", before=literal(before), n=len(asked), names=names)


def before_of(chosen: Chosen) -> str | None:
    """Return the name of the wave it is compared with: the one before it, as far as is known."""
    options = waves_of(chosen.name)
    mine = _first(data.ask(answers.surveys), chosen.name)
    older = [one.name for one in options if mine and one.first and one.first < mine]
    return address.single("wave", [one.name for one in options], next(iter(older), "")) or None


def _first(known: list[Known], name: str) -> datetime | None:
    return next((one.first for one in known if one.name == name), None)


def waves_of(name: str) -> list[Known]:
    """Return the surveys that may be waves of one, the likeliest first."""
    return data.ask(likely, name)


def moved_between(store: Store, before: str, after: str) -> list[Move]:
    """Return what moved between two surveys."""
    return moves(answers.survey(store, before), answers.survey(store, after))


def nps(found: Survey) -> Interval:
    """Return the net promoter score of a survey, empty when it does not ask."""
    question = answers.nps_question(found)
    if question is None:
        return Interval()
    return intervals.nps(answers.promoters(found, question))


def draw(chosen: Chosen | None) -> None:
    """Draw the cards of a survey, when its answers came, and every question."""
    if chosen is None:
        return
    found = data.ask(view, chosen)
    if not found.responses:
        parts.nothing("no_answers")
        return
    _cards(found)
    _arrivals(found)
    questions.draw(found, chosen.name)


def _cards(found: Survey) -> None:
    took = found.sheets["duration_seconds"].dropna()
    score = nps(found)
    with st.grid(4, min_column_width=150, gap="small"):
        _card(t("survey.responses"), f"{found.responses:,}", _when(found))
        middle = surveywords.length(took.median()) if len(took) else "—"
        _card(t("survey.took"), middle, _half(took))
        value = "—" if score.value is None else fixed(score.value, 0)
        _card(t("survey.nps"), value, _nps_note(found, score), help_=t("survey.nps_help"))
        _card(t("survey.channel"), *_channel(found))


def _card(name: str, value: str, note: str, help_: str | None = None) -> None:
    with st.container(border=True, gap=None, height="stretch"):
        st.metric(name, value, help=help_)
        st.caption(note)


def _when(found: Survey) -> str:
    times = found.sheets["submitted_at"].dropna()
    if times.empty:
        return t("survey.no_times")
    return span(times.min().date(), times.max().date())


def _half(took: pd.Series[float]) -> str:
    if took.empty:
        return t("survey.no_took")
    low, high = (surveywords.length(took.quantile(share)) for share in (0.25, 0.75))
    return t("survey.took_half", low=low, high=high)


def _nps_note(found: Survey, score: Interval) -> str:
    question: Question | None = answers.nps_question(found)
    if question is None or score.value is None:
        return t("survey.no_nps")
    counts = answers.promoters(found, question)
    low, high = ("—" if end is None else fixed(end, 0) for end in (score.low, score.high))
    return t("survey.nps_range", low=low, high=high, n=f"{counts.n:,}")


def _channel(found: Survey) -> tuple[str, str]:
    counts = found.sheets["channel"].dropna().value_counts()
    if counts.empty:
        return "—", t("survey.no_channel")
    rest = t("list.comma").join(f"{literal(str(k))} {n:,}" for k, n in counts.iloc[:4].items())
    return percent(counts.iloc[0] / counts.sum()), rest


def _arrivals(found: Survey) -> None:
    times = found.sheets["submitted_at"].dropna()
    if times.dt.normalize().nunique() < 2:
        return
    counts = times.dt.normalize().value_counts().sort_index()
    counts = counts.reindex(pd.date_range(counts.index[0], counts.index[-1]), fill_value=0)
    days = pd.DataFrame({"day": counts.index.astype("datetime64[us]"), "count": counts.to_numpy()})
    peak = days.loc[days["count"].idxmax()]
    title = t("survey.arrivals", day=day(peak["day"].date()), n=f"{peak['count']:,}")
    with st.expander(title, icon=":material/schedule:"):
        st.plotly_chart(
            arrivals(days), theme=None, config=theme.CONFIG, key="arrivals_chart", alt=title
        )
        _arrivals_sheet(found, days)


def _arrivals_sheet(found: Survey, days: pd.DataFrame) -> None:
    columns = (
        Column("day", t("survey.day")),
        Column("count", t("survey.responses"), Unit.COUNT),
    )
    facts = parts.about((), (t("survey.which"), found.name))
    sheet = Sheet(t("survey.arrivals_sheet"), days, columns, facts, t("facts.sheet"))
    parts.downloads(sheet, "arrivals")
