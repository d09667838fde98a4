"""The works of a view: the table with its downloads, and the best and the weakest as cards."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from opsdata import i18n, works
from opsdata.analysis import comparison
from opsdata.analysis.ages import ENOUGH, ages
from opsdata.filters import Filters
from opsdata.format import label, literal, short, times
from opsdata.i18n import t
from opsdata.metrics import METRICS, Basis, Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import address, data, frame, origin, parts
from opsdata.ui.cards import short_title

MOST_COMPARED = 4
_MOST_ROWS = 5000
_TABLE_HEIGHT = 460
_GREY = "color: #8b95a5"


def draw(filters: Filters) -> None:
    """Draw the table of works; a click on a row names the work in the address."""
    listed = _sorted(data.ask(works.listing, filters))
    if listed.empty and filters.basis is Basis.HAPPENED and not filters.about_works:
        filters = replace(filters, basis=Basis.PUBLISHED)
        listed = _sorted(data.ask(works.listing, filters))
        if len(listed):
            st.info(t("empty.gains"), icon=":material/info:")
    if listed.empty:
        _why_empty()
        return
    shown = _columns(listed.head(_MOST_ROWS))
    st.markdown(_summary(listed, filters))
    if filters.basis is Basis.HAPPENED:
        parts.nothing("gains_only")
    if len(listed) > _MOST_ROWS:
        parts.nothing("first_rows", n=f"{_MOST_ROWS:,}")
    ids = list(shown["video"])
    chosen = [ids.index(video) for video in address.videos() if video in ids]
    key = f"works_{hash((data.stamp(), filters, _sort_key()))}"
    st.dataframe(
        _greyed(shown),
        key=key,
        column_order=[column.key for column in _shown_columns(shown)],
        column_config=_config(shown),
        hide_index=True,
        height=min(_TABLE_HEIGHT, 38 + 40 * len(shown)),
        row_height=40,
        on_select=lambda: _pick(key, ids),
        selection_mode="multi-row",
        selection_default={"selection": {"rows": chosen[:MOST_COMPARED]}},
        placeholder="—",
        alt=t("works.alt"),
    )
    parts.nothing("pick", n=MOST_COMPARED)
    with st.container(horizontal=True, vertical_alignment="center"):
        parts.downloads(_sheet(shown, filters), "works")
        keys = [column.key for column in _shown_columns(shown) if column.key in METRICS]
        origin.menu("works", {label(key): (key, filters) for key in keys})


def _pick(key: str, ids: list[str]) -> None:
    """Put the chosen works into the address."""
    rows: list[int] = st.session_state[key]["selection"]["rows"]
    st.query_params["video"] = [ids[row] for row in rows][:MOST_COMPARED]


def _sort_key() -> str:
    key = st.query_params.get("sort", "views")
    return key if key in works.LIST_METRICS else "views"


def _sorted(listed: pd.DataFrame) -> pd.DataFrame:
    """Return the works with most of the metric that was clicked first."""
    return listed.sort_values(
        [_sort_key(), "views", "video"],
        ascending=[False, False, True],
        na_position="last",
        ignore_index=True,
    )


def _columns(listed: pd.DataFrame) -> pd.DataFrame:
    """Return the table as it is shown: titles on one line, values in the reader's words."""
    shown = listed.copy()
    shown["title"] = listed["title"].map(
        lambda title: t("work.untitled") if pd.isna(title) else title
    )
    places = {one.video: one.percentile for one in data.ask(ages, Filters())}
    shown["same_age"] = shown["video"].map(places).astype("Float64")
    shown["genre"] = listed["genre"].map(
        lambda genre: i18n.named("genre", genre), na_action="ignore"
    )
    shown["status"] = listed["status"].map(
        lambda value: i18n.named("status", value), na_action="ignore"
    )
    return shown


def _shown_columns(shown: pd.DataFrame) -> list[Column]:
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
    return head + numbers


def _config(shown: pd.DataFrame) -> dict[str, Any]:
    """Return how each column looks: plays as bars, rates as percent."""
    made: dict[str, Any] = {
        "title": st.column_config.TextColumn(t("dimension.video"), width=270),
        "published_at": st.column_config.DatetimeColumn(
            t("works.published_at"), format="YYYY-MM-DD HH:mm", width=140
        ),
        "genre": st.column_config.TextColumn(t("dimension.genre"), width=120),
        "account": st.column_config.TextColumn(t("dimension.account"), width=110),
        "status": st.column_config.TextColumn(t("works.status"), width=80),
    }
    made["same_age"] = st.column_config.ProgressColumn(
        t("ages.column"), help=t("ages.column_help", n=ENOUGH), format="percent", width=110
    )
    most = shown["views"].max()
    for key in works.LIST_METRICS:
        name, tip = label(key), parts.definition(key)
        unit = METRICS[key].unit
        if key == "views":
            made[key] = st.column_config.ProgressColumn(
                name, help=tip, format="localized", min_value=0,
                max_value=float(most) if pd.notna(most) and most > 0 else 1.0, width=170,
            )  # fmt: skip
        elif unit is Unit.SHARE:
            made[key] = st.column_config.NumberColumn(name, help=tip, format="percent", width=90)
        elif unit is Unit.SECONDS:
            made[key] = st.column_config.NumberColumn(name, help=tip, format="%.1f", width=110)
        else:
            made[key] = st.column_config.NumberColumn(name, help=tip, format="localized", width=80)
    return made


def _greyed(shown: pd.DataFrame) -> Any:
    """Return the table with the rates of works with few plays in grey."""
    few = shown["views"].fillna(0) < works.FEW_PLAYS
    plain = shown.astype(dict.fromkeys(works.LIST_METRICS, "float64"))
    if not few.any():
        return plain
    rates = [key for key in works.LIST_METRICS if METRICS[key].unit is not Unit.COUNT]
    return plain.style.map(lambda _: _GREY, subset=pd.IndexSlice[few[few].index, rates])


def _summary(listed: pd.DataFrame, filters: Filters) -> str:
    views = listed["views"].dropna().sum() if listed["views"].notna().any() else None
    total = short(None if views is None else float(views), Unit.COUNT)
    return t(f"works.summary_{filters.basis}", n=f"{len(listed):,}", views=total)


def _why_empty() -> None:
    if data.ask(works.choices).accounts:
        parts.nothing("no_works")
    else:
        parts.empty("videos")


def _sheet(shown: pd.DataFrame, filters: Filters) -> Sheet:
    columns = _shown_columns(shown)
    metrics = [column.key for column in columns if column.key in METRICS]
    return Sheet(
        name=t("works.sheet"),
        frame=shown,
        columns=tuple(columns),
        facts=(*parts.facts(filters, metrics), *_more_facts(columns)),
        facts_name=t("facts.sheet"),
    )


def _more_facts(columns: list[Column]) -> list[tuple[str, str]]:
    """Return what a column says that is no metric of its own."""
    names = [column.key for column in columns]
    return [(t("ages.column"), t("ages.column_help", n=ENOUGH))] if "same_age" in names else []


def highlights(filters: Filters) -> None:
    """Draw the best and the weakest work of the view as cards."""
    if filters.basis is Basis.HAPPENED and data.ask(comparison.missing_exports, filters):
        filters = replace(filters, basis=Basis.PUBLISHED)
    found = data.ask(works.highlights, filters)
    if not found:
        return
    st.markdown(f"### {t('highlights.title')}")
    with st.grid(2, min_column_width=320, gap="small"):
        for highlight in found:
            _highlight(highlight)


def _highlight(highlight: works.Highlight) -> None:
    one, place = highlight.work, highlight.standing
    with st.container(border=True, key=f"highlight_{highlight.kind}", gap="small"):
        st.caption(t(f"highlights.{highlight.kind}"))
        st.markdown(f"**{literal(short_title(one.title, 60))}**")
        views = short(highlight.views, Unit.COUNT)
        st.markdown(
            t(
                f"highlights.views_{highlight.basis}",
                views=views,
                day=i18n.day(one.published_at.date()),
            )
        )
        if place is not None:
            st.caption(place_text(one, place))
        st.page_link(
            frame.page("videos"), label=t("highlights.open"), query_params={"video": one.video}
        )


def place_text(one: works.Work, place: works.Standing) -> str:
    """Say where a work stands; beside a median of nothing there is no "times"."""
    found = t(
        "work.place",
        account=literal(one.account),
        genre=i18n.named("genre", one.genre or ""),
        rank=place.rank,
        n=place.n,
    )
    if place.times_median is None:
        return found
    median = short(place.median, Unit.COUNT)
    return found + t("work.place_times", times=times(place.times_median), median=median)
