"""The people of an audience: a picture a dimension, and all of it as a table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from opsdata import i18n, theme
from opsdata.analysis.audience import FOLLOWERS, STATED, VIEWERS, WHEN, Part, Share
from opsdata.charts.shares import shares as figure
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import parts, tables
from opsdata.ui.audience import View, bucket_name, crowd_name, dimension_name, points, said_name

_MOST = 10
"""So many buckets of a dimension are drawn; the table holds all."""

_SAID = 3
"""So many changes are named."""


def draw(view: View | None) -> None:
    """Draw each dimension of people but the regions, which have a picture of their own."""
    if view is None:
        return
    shown = [part for part in view.parts if part.dimension not in (*WHEN, "region")]
    if not shown:
        return
    st.markdown(f"### {t('audience.people', crowd=crowd_name(view.crowd))}")
    st.caption(key_of(view))
    with st.grid(2, min_column_width=320, gap="medium"):
        for part in shown:
            with st.container(gap="small", key=f"part_{shown.index(part)}"):
                st.markdown(f"#### {literal(dimension_name(part.dimension))}")
                st.caption(told(part, view))
                bars(part, view)


def key_of(view: View) -> str:
    """Say what the bars and marks of the pictures are."""
    said = [t("audience.key_bar", crowd=crowd_name(view.crowd), day=i18n.day(view.day))]
    if any(part.before for part in view.parts):
        said.append(t("audience.key_before"))
    if any(part.other for part in view.parts):
        said.append(t("audience.key_other", crowd=other_name(view)))
    return " · ".join(said)


def other_name(view: View) -> str:
    """Return what the crowd beside the chosen one is called."""
    return crowd_name(VIEWERS if view.crowd == FOLLOWERS else FOLLOWERS)


def bars(part: Part, view: View) -> None:
    """Draw the bars of one dimension, its largest buckets when there are many."""
    largest = sorted(part.shares, key=lambda one: -one.share)[:_MOST]
    rows = frame_of(part, [one for one in part.shares if one in largest])
    before = i18n.day(part.before) if part.before else ""
    st.plotly_chart(
        figure(rows, before, other_name(view)),
        theme=None,
        config=theme.CONFIG,
        key=f"shares_{part.dimension}",
        alt=f"{dimension_name(part.dimension)}: {told(part, view)}",
    )


def frame_of(part: Part, shares: list[Share]) -> pd.DataFrame:
    """Return buckets as rows: bucket, name, share, tgi, before, other."""
    rows = [
        (one.bucket, bucket_name(part.dimension, one.bucket),
         one.share, one.tgi, one.before, one.other)
        for one in shares
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["bucket", "name", "share", "tgi", "before", "other"])
    return frame.astype(dict.fromkeys(("share", "tgi", "before", "other"), "float64"))


def told(part: Part, view: View) -> str:
    """Say what moved, what sets the two crowds apart, and what the file leaves out."""
    said = []
    if part.before is not None:
        moved = _named(part, part.moved, "change")
        key = "audience.moved" if moved else "audience.still"
        limit = f"{STATED * 100:.0f}"
        said.append(t(key, day=i18n.day(part.before), what=moved, points=limit))
    if apart := _named(part, part.unlike, "apart"):
        other = said_name(VIEWERS if view.crowd == FOLLOWERS else FOLLOWERS)
        said.append(t("audience.unlike", crowd=other, what=apart))
    if part.day != view.day:
        said.append(t("audience.seen_on", day=i18n.day(part.day, year=True)))
    if abs(part.total - 1) > 0.01:
        said.append(t("audience.total", share=f"{part.total:.0%}"))
    if len(part.shares) > _MOST:
        said.append(t("audience.first", n=_MOST, all=len(part.shares)))
    return t("audience.stop").join(said) or t("audience.one_day")


def _named(part: Part, shares: tuple[Share, ...], which: str) -> str:
    return t("list.comma").join(
        f"{literal(bucket_name(part.dimension, one.bucket))} {points(getattr(one, which))}"
        for one in shares[:_SAID]
    )


def table(view: View | None) -> None:
    """Draw every share as a table with its downloads."""
    if view is None:
        return
    whole = sheet(view)
    with st.expander(t("audience.table", n=f"{len(whole.frame):,}"), icon=":material/table_rows:"):
        st.dataframe(
            whole.frame,
            column_order=[column.key for column in whole.columns],
            column_config={column.key: _config(column) for column in whole.columns},
            hide_index=True,
            height=tables.height(len(whole.frame), 420),
            placeholder="—",
            alt=t("audience.sheet"),
            key="audience_table",
        )
    parts.downloads(whole, "audience")


def sheet(view: View) -> Sheet:
    """Return every share of the view as a table: what is drawn, and what lies beyond."""
    frames = [
        frame_of(part, list(part.shares)).assign(
            dimension=dimension_name(part.dimension),
            day=part.day.isoformat(),
            before_day=part.before.isoformat() if part.before else None,
            change=[one.change for one in part.shares],
            apart=[one.apart for one in part.shares],
        )
        for part in view.parts
    ]
    columns = (
        Column("dimension", t("audience.dimension")),
        Column("name", t("audience.bucket")),
        Column("day", t("audience.seen")),
        Column("share", t("audience.share"), Unit.SHARE),
        Column("tgi", "TGI", Unit.COUNT),
        Column("before_day", t("audience.against")),
        Column("before", t("audience.before"), Unit.SHARE),
        Column("change", t("audience.change"), Unit.SHARE),
        Column("other", t("audience.other", crowd=other_name(view)), Unit.SHARE),
        Column("apart", t("audience.apart"), Unit.SHARE),
    )
    whole = pd.concat(frames, ignore_index=True)
    numbers = {column.key: "float64" for column in columns if column.numeric}
    return Sheet(t("audience.sheet"), whole.astype(numbers), columns, facts(view), t("facts.sheet"))


def facts(view: View) -> tuple[tuple[str, str], ...]:
    """Return what a table of the page must say of itself."""
    return parts.about(
        (),
        (t("dimension.account"), view.whose.account),
        (t("audience.crowd"), i18n.named("crowd", view.crowd)),
        (t("audience.seen"), i18n.day(view.day, year=True)),
        (t("audience.against"), i18n.day(view.before, year=True) if view.before else "—"),
        (t("audience.share"), t("audience.no_n", points=f"{STATED * 100:.0f}")),
        ("TGI", t("audience.tgi_help")),
    )


def _config(column: Column) -> Any:
    if column.unit is Unit.SHARE:
        return st.column_config.NumberColumn(column.header, format="percent", width=90)
    if column.numeric:
        return st.column_config.NumberColumn(column.header, format="%.0f", width=70)
    return st.column_config.TextColumn(column.header)
