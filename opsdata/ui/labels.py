"""Labels: in the table of works, on many at once, and by rules; all kept over imports."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from opsdata import works
from opsdata.filters import Filters
from opsdata.format import label as metric_label
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.team import labels
from opsdata.ui import data, label_rules, language, parts, tables

_ROWS = 1000


def draw(filters: Filters) -> None:
    """Draw the labels of a view's works, where they can be changed."""
    listed = data.ask(works.listing, filters)
    if listed.empty:
        return
    known = data.ask(labels.labels)
    st.markdown(f"### {t('labels.title')}")
    st.caption(_summary(known))
    with st.expander(t("labels.edit"), icon=":material/label:", key="labels_edit"):
        _edit(listed.head(_ROWS), list(known["label"]), filters)
        if len(listed) > _ROWS:
            parts.nothing("first_rows", n=f"{_ROWS:,}")
    with st.expander(t("labels.rules"), icon=":material/rule:", key="labels_rules"):
        label_rules.draw(list(known["label"]))


def _summary(known: pd.DataFrame) -> str:
    if known.empty:
        return t("labels.none")
    shown = [f"{literal(row.label)} {row.works:,}" for row in known.head(8).itertuples()]
    return t("labels.help", n=len(known)) + " " + t("list.comma").join(shown)


@st.fragment
@language.spoken
def _edit(listed: pd.DataFrame, known: list[str], filters: Filters) -> None:
    """Draw the works with their labels; a cell changes one work, ticks and a name many.

    A tick draws only this part again.
    """
    having = data.ask(labels.labelled)
    shown = pd.DataFrame(
        {
            "chosen": False,
            "title": listed["title"].fillna(t("work.untitled")),
            "labels": [having.get(video, []) for video in listed["video"]],
            "published_at": listed["published_at"],
            "views": listed["views"].astype("float64"),
        }
    )
    key = f"labels_{hash((data.stamp(), filters))}"
    ids = list(listed["video"])
    edited = st.data_editor(
        shown,
        column_config=_config(known),
        disabled=["title", "published_at", "views"],
        hide_index=True,
        height=tables.height(len(shown), 420),
        key=key,
        on_change=_take,
        args=(key, ids),
        placeholder="—",
        alt=t("labels.title"),
    )
    chosen = [ids[at] for at in edited.index[edited["chosen"].astype(bool)]]
    _bulk(chosen, ids, known)
    parts.downloads(_sheet(shown, filters), "labels")


def _take(key: str, ids: list[str]) -> None:
    """Keep the labels that were changed in cells; ticks alone change nothing."""
    rows: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    wanted = {
        ids[int(at)]: list(cells["labels"] or []) for at, cells in rows.items() if "labels" in cells
    }
    if wanted:
        data.change(labels.assign, wanted)


def _bulk(chosen: list[str], ids: list[str], known: list[str]) -> None:
    """Draw the buttons that give or take a label for all ticked works, or for all listed."""
    every = st.checkbox(t("labels.all_listed", n=len(ids)), key="labels_all")
    target = ids if every else chosen
    said = t("labels.chosen", n=len(target)) if target else t("labels.none_chosen")
    with st.container(horizontal=True, vertical_alignment="bottom", key="labels_bulk"):
        name = st.selectbox(
            said,
            known,
            index=None,
            accept_new_options=True,
            placeholder=t("labels.placeholder"),
            key="labels_name",
            width=260,
        )
        ready = bool(target and name and labels.plain(name))
        for kind, work in (("add", labels.add), ("remove", labels.remove)):
            st.button(
                t(f"labels.{kind}"),
                disabled=not ready,
                key=f"labels_{kind}",
                on_click=data.change,
                args=(work, target, str(name)),
            )


def _config(known: list[str]) -> dict[str, Any]:
    return {
        "chosen": st.column_config.CheckboxColumn(t("labels.tick"), width=60),
        "title": st.column_config.TextColumn(t("dimension.video"), width=320),
        "labels": st.column_config.MultiselectColumn(
            t("dimension.label"), options=known, accept_new_options=True, width=240,
            help=t("labels.cell_help"),
        ),
        "published_at": st.column_config.DatetimeColumn(
            t("works.published_at"), format="YYYY-MM-DD"
        ),
        "views": st.column_config.NumberColumn(metric_label("views"), format="localized"),
    }  # fmt: skip


def _sheet(shown: pd.DataFrame, filters: Filters) -> Sheet:
    frame = shown.assign(labels=shown["labels"].map(t("list.comma").join))
    columns = (
        Column("title", t("dimension.video")),
        Column("labels", t("dimension.label")),
        Column("published_at", t("works.published_at")),
        Column("views", metric_label("views"), Unit.COUNT),
    )
    facts = parts.facts(filters, ["views"])
    return Sheet(t("labels.sheet"), frame, columns, facts, t("facts.sheet"))
