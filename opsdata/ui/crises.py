"""Crises of the past and of now: when each began, peaked and ended, and what was done."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import i18n, theme
from opsdata.analysis.crises import Crisis, crises, daily
from opsdata.charts import mood
from opsdata.filters import Filters
from opsdata.format import literal, short_title
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column
from opsdata.ui import comment_table, crisis_course, data, notes, parts


def draw(filters: Filters) -> None:
    """Draw the latest crisis day by day, and all of them beside each other."""
    found = data.ask(crises, filters)
    if not found:
        st.caption(t("crises.none"))
        return
    _timeline(found[0], filters)
    st.markdown(f"#### {t('crises.all')}")
    st.markdown(_compared(found))
    columns = _columns()
    rows = _rows(found)
    sheet = comment_table.sheet(
        t("crises.sheet"), rows, columns, filters, (t("crises.title"), t("crises.how"))
    )
    comment_table.table(rows, columns, "crises", sheet)
    st.caption(t("crises.how"))


def _timeline(one: Crisis, filters: Filters) -> None:
    st.markdown(f"#### {t('crises.latest', account=literal(one.account))}")
    st.markdown(_said(one))
    days = data.ask(daily, one)
    st.caption(t("crises.chart_unit"))
    st.plotly_chart(
        mood.crisis(days, crisis_course.moments(one), notes.day_flags(crisis_course.noted(one))),
        theme=None,
        config=theme.CONFIG,
        key="crisis_chart",
        alt=_said(one),
    )
    columns = (
        Column("day", t("dimension.day")),
        Column("negative", t("comments.negative"), Unit.COUNT),
        Column("answers", t("comments.answers"), Unit.COUNT),
        Column("total", t("comments.total"), Unit.COUNT),
        Column("course", t("crises.course")),
    )
    happened = crisis_course.course(one)
    crisis_course.draw(happened)
    days = days.assign(course=days["day"].dt.date.map(happened))
    sheet = comment_table.sheet(t("crises.sheet_days"), days, columns, filters)
    parts.downloads(sheet, "crisis_days")


def _said(one: Crisis) -> str:
    """Say a crisis in a few sentences."""
    said = t(
        "crises.said",
        signs=i18n.day(one.signs),
        peak=i18n.day(one.peak),
        count=one.peak_count,
        usual=f"{one.usual:.1f}",
    )
    if one.title:
        said += t("crises.said_work", title=literal(short_title(one.title, 30)))
    said += t("crises.said_done", answers=one.answers, works=one.works)
    if one.over is None:
        return said + t("crises.said_lasts")
    return said + t("crises.said_over", over=i18n.day(one.over), days=one.days)


def _compared(found: list[Crisis]) -> str:
    """Say how the latest crisis stands against those before."""
    if len(found) < 2:
        return t("crises.only_one")
    latest, *before = found
    return t(
        "crises.compared",
        n=len(before),
        days="—" if latest.days is None else latest.days,
        negative=latest.negative,
        most=max(one.negative for one in before),
    )


def _rows(found: list[Crisis]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "account": [one.account for one in found],
            "signs": pd.to_datetime([one.signs for one in found]),
            "peak": pd.to_datetime([one.peak for one in found]),
            "over": pd.to_datetime([one.over for one in found]),
            "days": pd.array([one.days for one in found], dtype="Int64"),
            "peak_count": [one.peak_count for one in found],
            "negative": [one.negative for one in found],
            "usual": [round(one.usual, 1) for one in found],
            "answers": [one.answers for one in found],
            "works": [one.works for one in found],
            "title": [one.title or t("crises.unknown_work") for one in found],
        }
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("account", t("dimension.account")),
        Column("signs", t("crises.signs")),
        Column("peak", t("crises.peak")),
        Column("over", t("crises.over")),
        Column("days", t("crises.days"), Unit.COUNT),
        Column("peak_count", t("crises.peak_count"), Unit.COUNT),
        Column("negative", t("comments.negative"), Unit.COUNT),
        Column("usual", t("crises.usual"), Unit.NUMBER),
        Column("answers", t("comments.answers"), Unit.COUNT),
        Column("works", t("crises.works"), Unit.COUNT),
        Column("title", t("crises.work")),
    )
