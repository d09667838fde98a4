"""An industry index below a trend: the same days, a scale of its own."""

from __future__ import annotations

from datetime import date

import streamlit as st

from opsdata import i18n, theme
from opsdata.analysis import industry
from opsdata.charts.indexed import context
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import address, data, parts


def draw(since: date, until: date) -> None:
    """Draw the choice of a word, where an index is known, and its course over some days."""
    words = data.ask(industry.keywords)
    if not words:
        return
    chosen = address.single("keyword", words, "")
    with st.container(horizontal=True, vertical_alignment="center", key="industry"):
        st.caption(t("industry.choose"), width="content")
        st.selectbox(
            t("industry.choose"),
            ["", *words],
            format_func=lambda word: word or t("industry.none"),
            key=address.show("keyword", chosen),
            width=180,
            label_visibility="collapsed",
            on_change=address.take,
            args=("keyword",),
        )
    if chosen:
        _strip(chosen, since, until)


def _strip(keyword: str, since: date, until: date) -> None:
    frame = data.ask(industry.index, keyword, since, until)
    if frame.empty:
        parts.nothing("no_industry", keyword=literal(keyword))
        return
    st.markdown(f"**{t('industry.title', keyword=literal(keyword))}**")
    st.caption(t("industry.caption"))
    last = frame.iloc[-1]
    alt = t(
        "industry.alt", keyword=keyword, value=f"{last['index']:.0f}%",
        day=i18n.day(last["day"].date()),
    )  # fmt: skip
    st.plotly_chart(
        context(frame, keyword, since, until), theme=None, config=theme.CONFIG,
        key="industry_line", alt=alt,
    )  # fmt: skip
    columns = (
        Column("day", t("dimension.day")),
        Column("value", t("industry.value"), Unit.COUNT),
        Column("index", t("industry.index"), Unit.NUMBER),
    )
    facts = parts.about((), (t("industry.choose"), keyword))
    parts.downloads(Sheet(t("industry.sheet"), frame, columns, facts, t("facts.sheet")), "industry")
