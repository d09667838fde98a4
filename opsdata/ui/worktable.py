"""The table of works: its columns, how they look, and the same as a file."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from opsdata import i18n, works
from opsdata.analysis.ages import ENOUGH, ages
from opsdata.analysis.curves import depth
from opsdata.filters import Filters
from opsdata.format import label
from opsdata.i18n import t
from opsdata.metrics import METRICS, Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, notes, parts

_GREY = "color: #8b95a5"
_TITLE, _PLAYS = 200, 126
"""Pixels: beside the ticks both just fit the width of a phone, so that its first number shows."""


def worded(listed: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Return the table as it is shown, its values in the reader's words."""
    shown = listed.copy()
    shown["title"] = listed["title"].map(
        lambda title: t("work.untitled") if pd.isna(title) else title
    )
    with st.spinner(t("ages.waiting")):
        found = data.ask(ages, Filters(accounts=filters.accounts))
    places = {one.video: one.percentile for one in found}
    shown["same_age"] = shown["video"].map(places).astype("Float64")
    shown["noted"] = listed["video"].map(notes.of_works())
    shown["genre"] = listed["genre"].map(
        lambda genre: i18n.named("genre", genre), na_action="ignore"
    )
    shown["status"] = listed["status"].map(
        lambda value: i18n.named("status", value), na_action="ignore"
    )
    return shown


def columns(shown: pd.DataFrame) -> list[Column]:
    """Return the columns that have anything to show; one account needs no column."""
    head = [
        Column("title", t("dimension.video")),
        Column("views", label("views"), Unit.COUNT),
        Column("published_at", t("works.published_at")),
        Column("genre", t("dimension.genre")),
    ]
    if shown["account"].nunique() > 1:
        head.append(Column("account", t("dimension.account")))
    if shown["status"].dropna().nunique() > 1:
        head.append(Column("status", t("works.status")))
    if shown["same_age"].notna().any():
        head.insert(2, Column("same_age", t("ages.column"), Unit.SHARE))
    numbers = [
        Column(key, label(key), METRICS[key].unit)
        for key in works.LIST_METRICS[1:]
        if shown[key].notna().any()
    ]
    noted = [Column("noted", t("notes.column"))] if shown["noted"].notna().any() else []
    return head + noted + numbers


def config(shown: pd.DataFrame) -> dict[str, Any]:
    """Return how each column looks: plays as bars, rates as percent."""
    made: dict[str, Any] = {
        "title": st.column_config.TextColumn(t("dimension.video"), width=_TITLE),
        "published_at": st.column_config.DatetimeColumn(
            t("works.published_at"), format="YYYY-MM-DD HH:mm", width=140
        ),
        "genre": st.column_config.MultiselectColumn(
            t("dimension.genre"), options=_genres(shown), color="gray", width=150
        ),
        "account": st.column_config.TextColumn(t("dimension.account"), width=110),
        "status": st.column_config.TextColumn(t("works.status"), width=80),
        "noted": st.column_config.TextColumn(t("notes.column"), width=200),
    }
    made["same_age"] = st.column_config.ProgressColumn(
        t("ages.column"),
        help=t("ages.column_help", n=ENOUGH, most=2 * data.ask(depth)),
        format="percent",
        width=110,
    )
    most = shown["views"].max()
    for key in works.LIST_METRICS:
        name, tip = label(key), parts.definition(key)
        unit = METRICS[key].unit
        if key == "views":
            made[key] = st.column_config.ProgressColumn(
                name, help=tip, format="localized", min_value=0,
                max_value=float(most) if pd.notna(most) and most > 0 else 1.0, width=_PLAYS,
            )  # fmt: skip
        elif unit is Unit.SHARE:
            made[key] = st.column_config.NumberColumn(name, help=tip, format="percent", width=90)
        elif unit is Unit.SECONDS:
            made[key] = st.column_config.NumberColumn(name, help=tip, format="%.1f", width=110)
        else:
            made[key] = st.column_config.NumberColumn(name, help=tip, format="localized", width=80)
    return made


def _genres(shown: pd.DataFrame) -> list[str]:
    return sorted(set(shown["genre"].dropna()))


def styled(shown: pd.DataFrame) -> Any:
    """Return the table with genres as tags, and rates of works with few plays in grey."""
    few = shown["views"].fillna(0) < works.FEW_PLAYS
    plain = shown.astype(dict.fromkeys(works.LIST_METRICS, "float64"))
    plain["genre"] = [None if pd.isna(genre) else [genre] for genre in shown["genre"]]
    if not few.any():
        return plain
    rates = [key for key in works.LIST_METRICS if METRICS[key].unit is not Unit.COUNT]
    return plain.style.map(lambda _: _GREY, subset=pd.IndexSlice[few[few].index, rates])


def sheet(shown: pd.DataFrame, filters: Filters) -> Sheet:
    """Return the table as it is downloaded."""
    drawn = columns(shown)
    metrics = [column.key for column in drawn if column.key in METRICS]
    return Sheet(
        name=t("works.sheet"),
        frame=shown,
        columns=tuple(drawn),
        facts=(*parts.facts(filters, metrics), *_more_facts(drawn)),
        facts_name=t("facts.sheet"),
    )


def _more_facts(drawn: list[Column]) -> list[tuple[str, str]]:
    """Return what a column says that is no metric of its own."""
    names = [column.key for column in drawn]
    return (
        [(t("ages.column"), t("ages.column_help", n=ENOUGH, most=2 * data.ask(depth)))]
        if "same_age" in names
        else []
    )
