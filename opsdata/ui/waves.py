"""Two waves of a survey side by side: what moved, what is noise."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from opsdata.analysis import answers
from opsdata.analysis.waves import LEAST, Move, Verdict, outcome
from opsdata.format import fixed, literal, percent
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import address, data, parts, surveywords, tables
from opsdata.ui.survey import Chosen, before_of, moved_between, waves_of

_CARDS = 4


def draw(chosen: Chosen | None) -> None:
    """Draw a survey against an earlier wave, or say what would make one."""
    if chosen is None:
        return
    st.markdown(f"### {t('waves.title')}")
    before = _pick(chosen)
    if before is None:
        parts.nothing("no_waves")
        return
    made = data.ask(moved_between, before, chosen.name)
    if not made:
        parts.nothing("no_same_questions")
        return
    st.caption(_finding(made, bool(chosen.said)))
    moved = [one for one in made if one.verdict is Verdict.MOVED]
    if moved:
        with st.grid(3, min_column_width=300, gap="small"):
            for one in moved[:_CARDS]:
                _card(one)
    _table(made, before, chosen.name)


def _pick(chosen: Chosen) -> str | None:
    """Draw which wave it is compared with: the likeliest are suggested, any can be chosen."""
    suggested = [one.name for one in waves_of(chosen.name)]
    others = [one.name for one in data.ask(answers.surveys) if one.name != chosen.name]
    options = [*suggested, *(name for name in others if name not in suggested)]
    if not options:
        return None
    value = address.single("wave", options, before_of(chosen) or "") or None
    st.selectbox(
        t("waves.against"),
        options,
        index=None,
        format_func=lambda name: t("waves.suggested", name=name) if name in suggested else name,
        key=address.show("wave", value),
        width=380,
        placeholder=t("waves.choose"),
        on_change=address.take,
        args=("wave",),
    )
    return value


def _finding(made: Sequence[Move], everybody: bool) -> str:
    """Say how many questions moved; where too few answered, that nothing can be said."""
    found = outcome(made)
    few = found.asked - found.tested
    if not found.tested:
        said = t("waves.untested", n=found.asked, least=LEAST)
    else:
        said = t("waves.some" if found.moved else "waves.none", n=found.tested, moved=found.moved)
        said += t("waves.rest_untested", n=few, least=LEAST) if few else ""
    return said + (t("waves.everybody") if everybody else "")


def _card(one: Move) -> None:
    name = surveywords.title(one.question, 22)
    with st.container(border=True, gap=None, height="stretch"):
        st.metric(
            literal(name if one.option is None else f"{name}: {one.option}"),
            f"{_value(one.before, one)} → {_value(one.after, one)}",
        )
        st.caption(_change(one))


def _value(value: float | None, one: Move) -> str:
    if value is None:
        return "—"
    return {"share": percent(value), "nps": fixed(value, 0), "mean": fixed(value, 2)}[one.what]


def _change(one: Move) -> str:
    """Return a change with its interval: points for shares and scores."""
    change = one.change
    if change.value is None or change.low is None or change.high is None:
        return "—"
    times = 100 if one.what == "share" else 1
    digits = 2 if one.what == "mean" else 0 if one.what == "nps" else 1
    value, low, high = (f"{x * times:+.{digits}f}" for x in (change.value, change.low, change.high))
    return t(f"waves.change_{one.what}", value=value, low=low, high=high)


def _table(made: Sequence[Move], before: str, after: str) -> None:
    """Draw every figure of both waves, those that moved first."""
    order = {Verdict.MOVED: 0, Verdict.NOISE: 1, Verdict.FEW: 2}
    rows = pd.DataFrame(
        [_row(one) for one in sorted(made, key=lambda one: order[one.verdict])],
    )
    columns = _columns()
    st.dataframe(
        rows,
        column_order=["title", "option", "call", "before_text", "after_text", "change_text"],
        column_config={
            "title": st.column_config.TextColumn(t("questions.question"), width=280),
            "option": st.column_config.TextColumn(t("questions.option"), width=120),
            "before_text": st.column_config.TextColumn(before, alignment="right"),
            "after_text": st.column_config.TextColumn(after, alignment="right"),
            "change_text": st.column_config.TextColumn(t("waves.change"), width=230),
            "call": st.column_config.TextColumn(t("waves.call"), width=90),
        },
        hide_index=True,
        height=tables.height(len(rows), 400),
        placeholder="—",
        alt=t("waves.title"),
        key="waves",
    )
    facts = parts.about(
        (),
        (t("waves.before"), before),
        (t("waves.after"), after),
        (t("cross.method"), t("waves.method_text", least=LEAST)),
    )
    parts.downloads(Sheet(t("waves.sheet"), rows, columns, facts, t("facts.sheet")), "waves")


def _row(one: Move) -> dict[str, object]:
    return {
        "title": surveywords.title(one.question, 60),
        "option": one.option or t(f"waves.{one.what}"),
        "n_before": one.n_before,
        "n_after": one.n_after,
        "before": one.before,
        "after": one.after,
        "change": one.change.value,
        "low": one.change.low,
        "high": one.change.high,
        "p": one.p,
        "before_text": _value(one.before, one),
        "after_text": _value(one.after, one),
        "change_text": _change(one),
        "call": t(f"waves.verdict_{one.verdict}"),
    }


def _columns() -> tuple[Column, ...]:
    words = {
        "title": (t("questions.question"), None),
        "option": (t("questions.option"), None),
        "n_before": (t("waves.n_before"), Unit.COUNT),
        "n_after": (t("waves.n_after"), Unit.COUNT),
        "before": (t("waves.before"), Unit.NUMBER),
        "after": (t("waves.after"), Unit.NUMBER),
        "change": (t("waves.change"), Unit.NUMBER),
        "low": (t("questions.low"), Unit.NUMBER),
        "high": (t("questions.high"), Unit.NUMBER),
        "p": (t("waves.p"), Unit.NUMBER),
        "call": (t("waves.call"), None),
    }
    return tuple(Column(key, header, unit) for key, (header, unit) in words.items())
