"""What people talk of, where they are, and under which works they complain."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import streamlit as st

from opsdata import i18n, theme
from opsdata.analysis import comments
from opsdata.analysis.terms import NewTerms, new_terms
from opsdata.charts.ranked import ranked
from opsdata.filters import Filters
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column
from opsdata.ui import comment_table, data, parts

_MOST_REGIONS = 12
_MOST_NAMED = 3


def topics(filters: Filters) -> None:
    """Draw the new words of the week, the kinds of comments, and the regions."""
    _terms(data.ask(new_terms, filters), filters)
    with st.grid(2, min_column_width=320, gap="medium"):
        with st.container(gap="small"):
            _kinds(filters)
        with st.container(gap="small"):
            _regions(filters)


def _terms(found: NewTerms, filters: Filters) -> None:
    st.markdown(f"#### {t('comments.terms_title')}")
    if found.since is None or found.until is None or found.reason:
        st.caption(t(f"comments.terms_{found.reason}"))
        return
    week = i18n.span(found.since, found.until)
    if not found.terms:
        st.caption(t("comments.terms_nothing", week=week, n=f"{found.comments:,}"))
        return
    names = t("list.comma").join(literal(one.term) for one in found.terms[:_MOST_NAMED])
    st.markdown(t("comments.terms_said", week=week, names=names))
    rows = pd.DataFrame([asdict(one) for one in found.terms])
    columns = (
        Column("term", t("comments.term")),
        Column("count", t("comments.term_count"), Unit.COUNT),
        Column("before", t("comments.term_before"), Unit.COUNT),
        Column("negative", t("comments.negative"), Unit.COUNT),
        Column("change", t("comments.term_change"), Unit.NUMBER),
        Column("z", t("comments.term_z"), Unit.NUMBER),
    )
    how = (t("comments.term_change"), t("comments.how_terms"))
    sheet = comment_table.sheet(t("comments.sheet_terms"), rows.round(2), columns, filters, how)
    comment_table.table(rows.round(2), columns, "comment_terms", sheet)
    st.caption(t("comments.how_terms"))


def _kinds(filters: Filters) -> None:
    found = data.ask(comments.by_kind, filters).sort_values("total", ascending=False)
    found["kind"] = comment_table.words(found["kind"], "comment_kind")
    st.markdown(f"#### {t('comments.kinds_title')}")
    st.caption(t("comments.kinds_unit"))
    if found["share"].isna().all():
        st.caption(t("comments.none_here"))
        return
    chart = ranked(list(found["kind"]), found["share"], Unit.SHARE, (found["low"], found["high"]))
    top = found.iloc[0]
    st.plotly_chart(
        chart,
        theme=None,
        config=theme.CONFIG,
        key="comment_kinds_chart",
        alt=t("comments.kinds_alt", kind=top["kind"], n=int(top["total"])),
    )
    columns = (
        Column("kind", t("comments.kind")),
        Column("total", t("comments.total"), Unit.COUNT),
        Column("share", t("comments.of_all"), Unit.SHARE),
        Column("low", t("comments.low"), Unit.SHARE),
        Column("high", t("comments.high"), Unit.SHARE),
    )
    how = (t("comments.kind"), t("comments.how_kinds"))
    sheet = comment_table.sheet(t("comments.sheet_kinds"), found, columns, filters, how)
    parts.downloads(sheet, "comment_kinds")


def _regions(filters: Filters) -> None:
    found = data.ask(comments.by_region, filters)
    st.markdown(f"#### {t('comments.regions_title')}")
    if found.empty:
        st.caption(t("comments.regions_none"))
        return
    st.caption(t("comments.regions_unit", n=min(len(found), _MOST_REGIONS)))
    top = found.head(_MOST_REGIONS)
    st.plotly_chart(
        ranked(list(top["region"]), top["total"].astype(float), Unit.COUNT),
        theme=None,
        config=theme.CONFIG,
        key="comment_regions_chart",
        alt=t("comments.regions_alt", region=top["region"].iloc[0], n=int(top["total"].iloc[0])),
    )
    columns = (
        Column("region", t("comments.region")),
        Column("total", t("comments.total"), Unit.COUNT),
        Column("negative", t("comments.negative"), Unit.COUNT),
        Column("share", t("comments.share"), Unit.SHARE),
        Column("low", t("comments.low"), Unit.SHARE),
        Column("high", t("comments.high"), Unit.SHARE),
    )
    sheet = comment_table.sheet(t("comments.sheet_regions"), top, columns, filters)
    parts.downloads(sheet, "comment_regions")


def works(filters: Filters) -> None:
    """Draw the works that are commented on, those with most complaints first."""
    found = data.ask(comments.by_work, filters)
    if found.empty:
        st.caption(t("comments.works_none"))
        return
    st.caption(t("comments.works_unit", n=f"{len(found):,}"))
    shown = found.assign(title=comment_table.titles(found["title"]))
    columns = (
        Column("title", t("dimension.video")),
        Column("account", t("dimension.account")),
        Column("published_at", t("works.published_at")),
        Column("total", t("comments.total"), Unit.COUNT),
        Column("negative", t("comments.negative"), Unit.COUNT),
        Column("share", t("comments.share"), Unit.SHARE),
        Column("low", t("comments.low"), Unit.SHARE),
        Column("high", t("comments.high"), Unit.SHARE),
    )
    sheet = comment_table.sheet(t("comments.sheet_works"), shown, columns, filters)
    comment_table.table(shown, columns, "comment_works", sheet)
