"""Every question of a survey, drawn by its kind, with what its shares are of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import pandas as pd
import streamlit as st

from opsdata import theme
from opsdata.analysis import answers
from opsdata.analysis.answers import Option, Question, Survey, Tally
from opsdata.analysis.intervals import share
from opsdata.charts.answers import diverging, numbers, shares
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.team.scales import tell_scale
from opsdata.ui import data, parts, surveywords


def draw(found: Survey, name: str) -> None:
    """Draw all questions in the order of the survey, the rows of a matrix in one picture."""
    with st.container(horizontal=True, vertical_alignment="center", key="questions_head"):
        st.markdown(f"### {t('questions.title')}", width="stretch")
        _order(found)
    made = answers.tallies(found)
    with st.grid(2, min_column_width=420, gap="large"):
        for group in _pictures(made):
            _picture(found, group)
    parts.downloads(sheet(made, name), "questions")


def _pictures(made: Sequence[Tally]) -> Iterator[list[Tally]]:
    """Yield what goes into one picture: a question, or the rows of a matrix with options alike."""
    for _, group in groupby(made, key=_family):
        yield list(group)


def _family(one: Tally) -> tuple[object, ...]:
    question = one.question
    if question.kind != answers.MATRIX:
        return (question.key,)
    return question.stem, question.options


def _picture(found: Survey, group: Sequence[Tally]) -> None:
    first = group[0]
    question = first.question
    with st.container(gap="small", key=f"question_{question.number}"):
        many = len(group) > 1
        st.markdown(f"**{literal(question.stem if many else question.title)}**")
        st.caption(" · ".join(_facts(group)))
        figure = _figure(found, group)
        if figure is None:
            st.caption(t(f"questions.{'see_themes' if question.kind == answers.TEXT else 'none'}"))
            return
        st.plotly_chart(
            figure,
            theme=None,
            config=theme.CONFIG,
            key=f"chart_question_{question.number}",
            alt=f"{question.stem}: {_said(group)}",
        )


def _facts(group: Sequence[Tally]) -> Iterator[str]:
    """Yield the kind of a question, its n, who is not in it, and its mean."""
    one = group[0]
    yield t(f"kind.{one.question.kind}")
    if len(group) > 1:
        least, most = min(row.n for row in group), max(row.n for row in group)
        yield t("questions.n", n=f"{most:,}" if least == most else f"{least:,}–{most:,}")
        return
    yield t("questions.n", n=f"{one.n:,}")
    for what, count in (("empty", one.empty), ("skipped", one.skipped)):
        if count:
            yield t(f"questions.{what}", n=f"{count:,}")
    if one.score.value is not None:
        yield t("questions.mean", mean=surveywords.mean_text(one.score))


def _said(group: Sequence[Tally]) -> str:
    """Say a picture in words, for whoever cannot see it."""
    if len(group) > 1:
        return t("list.comma").join(
            f"{one.question.item} {surveywords.mean_text(one.score)}" for one in group
        )
    return t("list.comma").join(
        f"{option.option} {surveywords.share_text(option.share)}" for option in group[0].options
    )


def _figure(found: Survey, group: Sequence[Tally]) -> theme.Figure | None:
    one = group[0]
    kind = one.question.kind
    if not any(row.n for row in group) or kind == answers.TEXT:
        return None
    if kind == answers.NUMBER:
        return numbers(found.of(one.question)["number"].dropna().tolist())
    if kind == answers.MATRIX and len(one.options) > 1:
        return _matrix(group)
    if kind == answers.NPS:
        return _bars(_groups(found, one))
    return _bars(one.options)


def _matrix(group: Sequence[Tally]) -> theme.Figure:
    """Return the rows of a matrix with their means beside them."""
    names = [f"{one.question.item or one.question.title}" for one in group]
    with_means = [
        name if one.score.value is None else f"{name} {one.score.value:.2f}"
        for name, one in zip(names, group, strict=True)
    ]
    values = [[option.share.value or 0.0 for option in one.options] for one in group]
    return diverging(with_means, group[0].question.options, values)


def _groups(found: Survey, one: Tally) -> list[Option]:
    """Return who would recommend, who might, who would not, as if they were options."""
    flags = answers.flags(found, one.question)
    return [
        Option(surveywords.option(name), count, share(count, one.n))
        for at, name in reversed(list(enumerate(answers.GROUPS)))
        for count in (int(flags.to_numpy()[:, at].sum()),)
    ]


def _bars(options: Sequence[Option]) -> theme.Figure:
    return shares(
        [one.option for one in options],
        [one.share.value for one in options],
        [(one.share.low, one.share.high) for one in options],
        [_beside(one) for one in options],
    )


def _beside(one: Option) -> str:
    text = surveywords.share_text(one.share)
    return text if one.place is None else t("questions.place", share=text, place=f"{one.place:.1f}")


def sheet(made: Sequence[Tally], name: str) -> Sheet:
    """Return all questions as one table: a row an option, or a row a question without any."""
    rows = [row for one in made for row in _rows(one)]
    columns = (
        Column("question", t("questions.question")),
        Column("kind", t("questions.kind")),
        Column("n", t("questions.n_column"), Unit.COUNT),
        Column("empty", t("questions.empty_column"), Unit.COUNT),
        Column("skipped", t("questions.skipped_column"), Unit.COUNT),
        Column("mean", t("questions.mean_column"), Unit.NUMBER),
        Column("mean_low", t("questions.mean_low"), Unit.NUMBER),
        Column("mean_high", t("questions.mean_high"), Unit.NUMBER),
        Column("option", t("questions.option")),
        Column("count", t("questions.count"), Unit.COUNT),
        Column("share", t("questions.share"), Unit.SHARE),
        Column("low", t("questions.low"), Unit.SHARE),
        Column("high", t("questions.high"), Unit.SHARE),
        Column("place", t("questions.place_column"), Unit.NUMBER),
    )
    facts = parts.about(
        (), (t("survey.which"), name), (t("questions.method"), t("questions.method_text"))
    )
    frame = pd.DataFrame(rows, columns=[column.key for column in columns])
    return Sheet(t("questions.sheet"), frame, columns, facts, t("facts.sheet"))


def _rows(one: Tally) -> Iterator[tuple[object, ...]]:
    score = one.score
    head = (one.question.title, t(f"kind.{one.question.kind}"), one.n, one.empty, one.skipped)
    mean = (score.value, score.low, score.high)
    for option in one.options:
        share = option.share
        yield (
            *head,
            *mean,
            option.option,
            option.count,
            share.value,
            share.low,
            share.high,
            option.place,
        )
    if not one.options:
        yield *head, *mean, *(None,) * 6


def _order(found: Survey) -> None:
    """Let the reader say in which order the options of a question stand."""
    open_ = [one for one in found.questions if one.kind in (answers.SINGLE, answers.SCALE)]
    if not open_:
        return
    with st.popover(t("questions.order"), icon=":material/swap_vert:", type="tertiary"):
        st.caption(t("questions.order_help"))
        by_key = {one.key: one for one in open_}
        key = st.selectbox(
            t("questions.question"),
            list(by_key),
            format_func=lambda key: surveywords.title(by_key[key]),
            key="order_question",
        )
        question: Question = by_key[key]
        told = st.multiselect(
            t("questions.order_options"), question.options, key=f"order_{question.key}"
        )
        ready = len(told) == len(question.options)
        with st.container(horizontal=True):
            if st.button(t("questions.order_save"), type="primary", disabled=not ready):
                data.change(tell_scale, question.key, tuple(told))
                st.rerun()
            if st.button(t("questions.order_forget"), key="order_forget"):
                data.change(tell_scale, question.key, ())
                st.rerun()
