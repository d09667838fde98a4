"""A table about comments as it is shown, and the same as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from opsdata import i18n
from opsdata.analysis.comments import newest
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, parts

_HEIGHT = 420
_ROW = 35
_DAYS = frozenset({"day", "signs", "peak", "over", "week"})
"""Columns of days; other times have an hour."""
_TIMES = frozenset({"published_at", "since", "seen_before", "commented_at"})


def table(found: pd.DataFrame, columns: Sequence[Column], name: str, sheet: Sheet) -> None:
    """Draw a table with its downloads; ``name`` is its key."""
    st.dataframe(
        found,
        hide_index=True,
        column_order=[column.key for column in columns],
        column_config=config(columns),
        row_height=_ROW,
        height=min(_HEIGHT, _ROW * (max(len(found), 1) + 1) + 3),
        placeholder="—",
        alt=sheet.name,
        key=f"table_{name}",
    )
    parts.downloads(sheet, name)


def sheet(
    title: str,
    found: pd.DataFrame,
    columns: Sequence[Column],
    filters: Filters,
    *more: tuple[str, str],
) -> Sheet:
    """Return a table as a file, with what it must say of itself."""
    facts = parts.about(
        (),
        (t("facts.filters"), filters.describe()),
        (t("facts.until"), reach(filters)),
        (t("comments.negative"), t("comments.how_negative")),
        (t("comments.interval"), t("comments.how_interval")),
        *more,
    )
    return Sheet(title, found, tuple(columns), facts, t("facts.sheet"))


def reach(filters: Filters) -> str:
    """Say until when comments reach."""
    last = data.ask(newest, filters)
    return i18n.day(last, year=True) if last else "—"


def config(columns: Sequence[Column]) -> dict[str, Any]:
    """Return how each column looks."""
    made: dict[str, Any] = {}
    for column in columns:
        if column.unit is Unit.SHARE:
            made[column.key] = st.column_config.NumberColumn(column.header, format="percent")
        elif column.unit is not None:
            made[column.key] = st.column_config.NumberColumn(column.header, format="localized")
        elif column.key in _DAYS:
            made[column.key] = st.column_config.DateColumn(column.header, format="YYYY-MM-DD")
        elif column.key in _TIMES:
            made[column.key] = st.column_config.DatetimeColumn(
                column.header, format="YYYY-MM-DD HH:mm"
            )
        else:
            made[column.key] = st.column_config.Column(column.header)
    return made


def words(values: pd.Series, kind: str) -> pd.Series:
    """Return keys in the reader's words."""
    return values.map(lambda key: t(f"{kind}.{key}"), na_action="ignore")


def titles(values: pd.Series) -> pd.Series:
    """Return titles of works, with a word for none."""
    return values.map(lambda title: t("work.untitled") if pd.isna(title) else title)
