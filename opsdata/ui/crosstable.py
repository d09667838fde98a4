"""One question by another: which go together beyond chance, and the table of any two."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from opsdata import theme
from opsdata.analysis import answers, crosses
from opsdata.analysis.answers import Question, Survey
from opsdata.analysis.crosses import Cell, Pair
from opsdata.charts.crosstab import crosstab
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.store import Store
from opsdata.ui import address, data, parts, surveywords
from opsdata.ui.survey import Chosen, view


def connections(store: Store, chosen: Chosen) -> list[Pair]:
    """Return all pairs of questions of what is looked at, tested."""
    return crosses.pairs(view(store, chosen))


def draw(chosen: Chosen | None) -> None:
    """Draw which questions go together, and two of them crossed."""
    if chosen is None:
        return
    found = data.ask(view, chosen)
    asked = [one for one in found.questions if answers.can_divide(one)]
    if found.responses == 0 or len(asked) < 2:
        return
    st.markdown(f"### {t('cross.title')}")
    with st.spinner(t("cross.waiting")):
        made = data.ask(connections, chosen)
    st.caption(_finding(made))
    first, second = _two(asked, made)
    if first.key == second.key:
        parts.nothing("same_question")
        return
    _table(found, first, second, next((one for one in made if one.has(first, second)), None))


def _finding(made: Sequence[Pair]) -> str:
    """Say which questions go together, the clearest first."""
    tested = sum(one.p is not None for one in made)
    close = [one for one in made if one.is_connected]
    if not close:
        return t("cross.none", n=tested)
    names = t("list.semicolon").join(
        t("cross.pair", first=_name(one.first), second=_name(one.second), p=p_text(one.p))
        for one in close[:4]
    )
    return t("cross.some", n=tested, found=len(close), names=names)


def _name(question: Question) -> str:
    return literal(surveywords.title(question, 18))


def p_text(p: float | None) -> str:
    """Return a chance to be read at a glance."""
    if p is None:
        return "—"
    return "< 0.001" if p < 0.001 else f"= {p:.3f}" if p < 0.1 else f"= {p:.2f}"


def _two(asked: Sequence[Question], made: Sequence[Pair]) -> tuple[Question, Question]:
    """Draw which two questions are crossed; at first those that go together most clearly."""
    keys = {one.key: one for one in asked}
    start = (made[0].second.key, made[0].first.key) if made else tuple(keys)[:2]
    with st.container(horizontal=True, key="cross_bar"):
        first = _pick("cross", list(keys), start[0], t("cross.rows"), keys)
        second = _pick("crossed", list(keys), start[1], t("cross.columns"), keys)
    return keys[first], keys[second]


def _pick(
    name: str, options: list[str], default: str, label: str, keys: dict[str, Question]
) -> str:
    value = address.single(name, options, default)
    st.selectbox(
        label,
        options,
        format_func=lambda key: surveywords.title(keys[key]),
        key=address.show(name, value),
        width=380,
        on_change=address.take,
        args=(name, default),
    )
    return value


def _table(found: Survey, question: Question, by: Question, pair: Pair | None) -> None:
    made = crosses.cells(found, question, by)
    options, groups = answers.labels(question), answers.labels(by)
    by_place = {(one.option, one.group): one for one in made}
    rows = [[by_place[option, group] for group in groups] for option in options]
    sizes = {one.group: one.n for one in made}
    st.plotly_chart(
        crosstab(
            [surveywords.option(name) for name in options],
            [f"{surveywords.option(name)} n={sizes[name]:,}" for name in groups],
            [[one.share.value for one in row] for row in rows],
            [[_square(one) for one in row] for row in rows],
            [[_hover(one) for one in row] for row in rows],
        ),
        theme=None,
        config=theme.CONFIG,
        key="cross_chart",
        alt=t("cross.alt", first=surveywords.title(question), second=surveywords.title(by)),
    )
    st.caption(" ".join(_judged(made, pair)))
    parts.downloads(_sheet(found, made, question, by, pair), "cross")


def _square(one: Cell) -> str:
    return "—" if one.share.value is None else f"{one.share.value:.0%}"


def _hover(one: Cell) -> str:
    return t("cross.hover", count=one.count, n=one.n, share=surveywords.share_text(one.share))


def _judged(made: Sequence[Cell], pair: Pair | None) -> list[str]:
    """Say whether two questions go together, and how far to trust the squares."""
    said = []
    if pair is None:
        said.append(t("cross.matrix"))
    elif pair.p is None:
        said.append(t("cross.untested", least=crosses.LEAST))
    else:
        key = "connected" if pair.is_connected else "chance"
        said.append(t(f"cross.{key}", p=p_text(pair.p)))
    small = crosses.small_groups(made)
    if small:
        names = t("list.comma").join(literal(surveywords.option(name)) for name in small)
        said.append(f":orange[{t('cross.small_groups', names=names, least=crosses.LEAST)}]")
    elif pair is not None and pair.is_small:
        said.append(f":orange[{t('cross.small')}]")
    return said


def _sheet(
    found: Survey, made: Sequence[Cell], question: Question, by: Question, pair: Pair | None
) -> Sheet:
    rows = [
        (surveywords.option(one.option), surveywords.option(one.group), one.count, one.n,
         one.share.value, one.share.low, one.share.high)
        for one in made
    ]  # fmt: skip
    columns = (
        Column("option", t("questions.option")),
        Column("group", t("cross.group")),
        Column("count", t("questions.count"), Unit.COUNT),
        Column("n", t("questions.n_column"), Unit.COUNT),
        Column("share", t("questions.share"), Unit.SHARE),
        Column("low", t("questions.low"), Unit.SHARE),
        Column("high", t("questions.high"), Unit.SHARE),
    )
    facts = parts.about(
        (),
        (t("survey.which"), found.name),
        (t("cross.rows"), question.title),
        (t("cross.columns"), by.title),
        (t("cross.method"), t("cross.method_text")),
        ("p", p_text(pair.p if pair else None)),
    )
    frame = pd.DataFrame(rows, columns=[column.key for column in columns])
    return Sheet(t("cross.sheet"), frame, columns, facts, t("facts.sheet"))
