"""The comments that wait for an answer: who takes each, and how far it is."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from opsdata.analysis.waiting import waiting
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column
from opsdata.team.cases import STATUSES, Case, settle
from opsdata.ui import comment_table, data, language, parts, tables

_MOST = 200


@st.fragment
@language.spoken
def draw(filters: Filters) -> None:
    """Draw the list; what is written into it is kept at once."""
    found = data.ask(waiting, filters)
    if found.empty:
        st.caption(t("comments.queue_none"))
        return
    st.caption(t("comments.queue_how", n=f"{len(found):,}", shown=f"{min(len(found), _MOST):,}"))
    shown = _shown(found.head(_MOST))
    columns = _columns()
    key = f"queue_{hash((data.stamp(), filters))}"
    st.data_editor(
        shown,
        key=key,
        hide_index=True,
        column_order=[column.key for column in columns],
        column_config=_config(columns),
        disabled=[column.key for column in columns if column.key not in ("status", "owner")],
        height=tables.height(len(shown), 460),
        on_change=_keep,
        args=(key, found.head(_MOST)),
        placeholder="—",
        alt=t("comments.sheet_queue"),
    )
    sheet = comment_table.sheet(t("comments.sheet_queue"), shown, columns, filters)
    parts.downloads(sheet, "comment_queue")


def _shown(found: pd.DataFrame) -> pd.DataFrame:
    return found.assign(
        why=comment_table.words(found["why"], "comments.why"),
        text=found["text"],
        title=comment_table.titles(found["title"]),
        status=comment_table.words(found["status"], "comment_status"),
    )[["why", "text", "title", "account", "commented_at", "likes", "status", "owner"]]


def _columns() -> tuple[Column, ...]:
    return (
        Column("why", t("comments.why_column")),
        Column("text", t("comments.text")),
        Column("status", t("comments.status")),
        Column("owner", t("comments.owner")),
        Column("commented_at", t("comments.when")),
        Column("likes", t("metric.likes"), Unit.COUNT),
        Column("title", t("dimension.video")),
        Column("account", t("dimension.account")),
    )


def _config(columns: tuple[Column, ...]) -> dict[str, Any]:
    made = comment_table.config(columns)
    made["text"] = st.column_config.TextColumn(t("comments.text"), width=320)
    made["status"] = st.column_config.SelectboxColumn(
        t("comments.status"),
        options=[t(f"comment_status.{status}") for status in STATUSES],
        required=True,
        width=110,
    )
    made["owner"] = st.column_config.TextColumn(
        t("comments.owner"), help=t("comments.owner_help"), max_chars=20, width=110
    )
    made["commented_at"] = st.column_config.DatetimeColumn(
        t("comments.when"), format="MM-DD HH:mm", width=110
    )
    return made


def _keep(key: str, found: pd.DataFrame) -> None:
    """Keep what was written into the rows of the list."""
    by_name = {t(f"comment_status.{status}"): status for status in STATUSES}
    edited: dict[int, dict[str, Any]] = st.session_state[key]["edited_rows"]
    cases = []
    for at, said in edited.items():
        row = found.iloc[int(at)]
        owner = said.get("owner", row["owner"])
        cases.append(
            Case(
                account_id=str(row["account_id"]),
                comment=str(row["comment"]),
                status=by_name.get(said.get("status", ""), str(row["status"])),
                owner=owner if isinstance(owner, str) else None,
            )
        )
    data.change(settle, cases)
