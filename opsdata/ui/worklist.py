"""The works of a view: the table with its downloads, and the best and the weakest as cards."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from opsdata import i18n, works
from opsdata.analysis import coverage
from opsdata.filters import Filters
from opsdata.format import label, literal, short, short_title, times
from opsdata.i18n import t
from opsdata.metrics import METRICS, Basis, Unit
from opsdata.ui import address, data, frame, newest, notes, origin, parts, worktable

MOST_COMPARED = 4
_MOST_ROWS = 5000
_TABLE_HEIGHT = 500
_ROW_HEIGHT = 58
"""Room for two lines of a title."""


def answer(filters: Filters) -> None:
    """Say in one sentence how the works of the view did, and where the newest stands."""
    listed, meant = _listed(filters)
    if len(listed):
        said = _summary(listed, meant) + newest.answer(filters) + t("answer.end")
        st.subheader(said, anchor=False)


def draw(filters: Filters) -> None:
    """Draw the table of works; a click on a row names the work in the address."""
    listed, meant = _listed(filters)
    if listed.empty:
        _why_empty()
        return
    if meant != filters:
        filters = meant
        st.info(t("empty.gains"), icon=":material/info:")
    shown = worktable.worded(listed.head(_MOST_ROWS), filters)
    if filters.basis is Basis.HAPPENED:
        parts.nothing("gains_only")
    if len(listed) > _MOST_ROWS:
        parts.nothing("first_rows", n=f"{_MOST_ROWS:,}")
    ids = list(shown["video"])
    chosen = [ids.index(video) for video in address.videos() if video in ids]
    key = f"works_{hash((data.stamp(), filters, _sort_key()))}"
    st.dataframe(
        worktable.styled(shown),
        key=key,
        column_order=[column.key for column in worktable.columns(shown)],
        column_config=worktable.config(shown),
        hide_index=True,
        height=min(_TABLE_HEIGHT, 38 + _ROW_HEIGHT * len(shown)),
        row_height=_ROW_HEIGHT,
        on_select=lambda: _pick(key, ids),
        selection_mode="multi-row",
        selection_default={"selection": {"rows": chosen[:MOST_COMPARED]}},
        placeholder="—",
        alt=t("works.alt"),
    )
    parts.nothing("pick", n=MOST_COMPARED)
    with st.container(horizontal=True, vertical_alignment="center"):
        parts.downloads(worktable.sheet(shown, filters), "works")
        keys = [column.key for column in worktable.columns(shown) if column.key in METRICS]
        origin.menu("works", {label(key): (key, filters) for key in keys})


def _listed(filters: Filters) -> tuple[pd.DataFrame, Filters]:
    """Return the works of a view; by publish day where nothing is known of their gains."""
    listed = data.ask(works.listing, filters)
    if listed.empty and filters.basis is Basis.HAPPENED and not _gains_known(filters):
        published = replace(filters, basis=Basis.PUBLISHED)
        listed = data.ask(works.listing, published)
        filters = published if len(listed) else filters
    return _sorted(listed), filters


def _gains_known(filters: Filters) -> bool:
    """Whether anything is known of what works gained there, whichever works are looked for."""
    whole = Filters(filters.since, filters.until, filters.accounts, basis=filters.basis)
    return bool(len(data.ask(works.listing, whole)))


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


def _summary(listed: pd.DataFrame, filters: Filters) -> str:
    views = listed["views"].dropna().sum() if listed["views"].notna().any() else None
    total = short(None if views is None else float(views), Unit.COUNT)
    return t(f"works.summary_{filters.basis}", n=f"{len(listed):,}", views=total)


def _why_empty() -> None:
    if data.ask(works.choices).accounts:
        parts.nothing("no_works")
    else:
        parts.empty("videos")


def highlights(filters: Filters) -> None:
    """Draw the best and the weakest work of the view as cards."""
    if filters.basis is Basis.HAPPENED and data.ask(coverage.missing_exports, filters):
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
        notes.line(one.video)
        st.page_link(
            frame.page("videos"), label=t("highlights.open"), query_params={"video": one.video}
        )


def place_text(one: works.Work, place: works.Standing) -> str:
    """Say where a work stands; beside a median of nothing there is no "times"."""
    found = t(
        "work.place",
        account=literal(one.account),
        genre=literal(i18n.named("genre", one.genre or "")),
        rank=place.rank,
        n=place.n,
    )
    if place.times_median is None:
        return found
    median = short(place.median, Unit.COUNT)
    return found + t("work.place_times", times=times(place.times_median), median=median)
