"""Works that were liked and seen by few, as cards; and rates that small numbers do not spoil."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from opsdata import i18n
from opsdata.analysis.factors import LEAST_WORKS
from opsdata.analysis.unseen import HIGH, LIKED, liking, unseen
from opsdata.filters import Filters
from opsdata.format import label, literal, short, short_title
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, frame, parts
from opsdata.works import FEW_PLAYS

_CARDS = 6
_ROWS = 500
_RATES = ("favorites", "follower_gain")
_GREY = "color: #8b95a5"


def draw(filters: Filters) -> None:
    """Draw the works worth another cut, and all works by the rates of those who saw them."""
    liked = data.ask(liking, filters)
    if liked.empty:
        return
    st.markdown(f"### {t('unseen.title')}")
    if len(liked) < LEAST_WORKS:
        st.caption(t("unseen.too_few", n=len(liked), least=LEAST_WORKS))
        return
    chosen = unseen(liked)
    if chosen.empty:
        st.caption(t("unseen.none"))
    else:
        st.caption(t("unseen.help", n=len(chosen), shown=min(len(chosen), _CARDS)))
        with st.grid(3, min_column_width=280, gap="small"):
            for row in chosen.head(_CARDS).to_dict("records"):
                _card(row)
        parts.downloads(_sheet(chosen, filters, "unseen"), "unseen")
    _ranked(liked, filters)


def _card(row: dict[Any, Any]) -> None:
    with st.container(border=True, key=f"unseen_{row['video']}", gap="small", height="stretch"):
        st.markdown(f"**{literal(short_title(row['title'], 48))}**")
        published = i18n.day(row["published_at"].date(), year=True)
        st.caption(f"{literal(row['account'])} · {published}")
        st.markdown(
            t(
                "unseen.seen",
                views=short(row["views"], Unit.COUNT),
                place=f"{row['seen']:.0%}",
                n=row["kin"],
            )
        )
        st.markdown(t("list.comma").join(_reasons(row)))
        st.page_link(
            frame.page("videos"), label=t("highlights.open"), query_params={"video": row["video"]}
        )


def _reasons(row: dict[Any, Any]) -> list[str]:
    """Return what shows that a work was liked, what shows it best first."""
    high = sorted((kpi for kpi in LIKED if row[kpi] >= HIGH), key=lambda kpi: -row[kpi])
    return [
        t("unseen.completion", place=f"{row['completion']:.0%}")
        if kpi == "completion"
        else t(
            "unseen.rate",
            name=t(f"kpi.{kpi}"),
            rate=short(row[f"{kpi}_rate"], Unit.SHARE),
            low=short(row[f"{kpi}_low"], Unit.SHARE),
            high=short(row[f"{kpi}_high"], Unit.SHARE),
            place=f"{row[kpi]:.0%}",
        )
        for kpi in high
    ]


def _ranked(liked: pd.DataFrame, filters: Filters) -> None:
    """Draw all works by how they were liked, those with few plays in grey at the end."""
    with st.expander(t("rates.title"), icon=":material/leaderboard:"):
        st.caption(t("rates.help", few=FEW_PLAYS))
        sheet = _sheet(liked, filters, "rates")
        shown = sheet.frame.head(_ROWS)
        if len(sheet.frame) > _ROWS:
            parts.nothing("first_rows", n=_ROWS)
        st.dataframe(
            _greyed(shown),
            column_order=[column.key for column in sheet.columns],
            column_config=_config(sheet.columns),
            hide_index=True,
            height=420,
            placeholder="—",
            key="rates_table",
            alt=t("rates.title"),
        )
        parts.downloads(sheet, "rates")


def _greyed(shown: pd.DataFrame) -> Any:
    few = shown[shown["few"]].index
    return shown.style.map(lambda _: _GREY, subset=pd.IndexSlice[few, :]) if len(few) else shown


def _config(columns: tuple[Column, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for column in columns:
        if column.key == "title":
            made[column.key] = st.column_config.TextColumn(column.header, width=280)
        elif column.key == "published_at":
            made[column.key] = st.column_config.DatetimeColumn(column.header, format="YYYY-MM-DD")
        elif column.unit is Unit.COUNT:
            made[column.key] = st.column_config.NumberColumn(column.header, format="localized")
        elif column.key in ("liked", "seen", "completion"):
            made[column.key] = st.column_config.ProgressColumn(column.header, format="percent")
        else:
            made[column.key] = st.column_config.NumberColumn(column.header, format="percent")
    return made


def _sheet(liked: pd.DataFrame, filters: Filters, kind: str) -> Sheet:
    shown = liked.assign(title=liked["title"].fillna(t("work.untitled")))
    rates = [
        Column(f"{kpi}_{part}", t(f"rates.{part}", name=t(f"kpi.{kpi}")), Unit.SHARE)
        for kpi in _RATES
        for part in ("rate", "low", "high")
    ]
    columns = (
        Column("title", t("dimension.video")),
        Column("account", t("dimension.account")),
        Column("published_at", t("works.published_at")),
        Column("views", label("views"), Unit.COUNT),
        Column("liked", t("rates.liked"), Unit.SHARE),
        Column("seen", t("rates.seen"), Unit.SHARE),
        Column("completion", t("rates.completion"), Unit.SHARE),
        *rates,
    )
    about = (t("rates.title"), t("rates.help", few=FEW_PLAYS))
    facts = (*parts.facts(filters, ["views"]), about)
    return Sheet(t(f"{kind}.sheet"), shown, columns, facts, t("facts.sheet"))
