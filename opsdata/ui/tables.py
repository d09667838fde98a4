"""A sheet as a table on the page, with its downloads below: what is seen is what is saved."""

from __future__ import annotations

from typing import Any

import streamlit as st

from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import parts

_MOST = 420


def draw(sheet: Sheet, key: str, alt: str, links: tuple[str, ...] = ()) -> None:
    """Draw a table and its downloads; ``links`` are columns that hold addresses."""
    st.dataframe(
        sheet.frame,
        column_order=[column.key for column in sheet.columns],
        column_config={c.key: _config(c, c.key in links) for c in sheet.columns},
        hide_index=True,
        height=min(_MOST, 38 + 35 * max(len(sheet.frame), 1)),
        placeholder="—",
        alt=alt,
        key=key,
    )
    parts.downloads(sheet, key)


def _config(column: Column, is_link: bool) -> Any:
    if is_link:
        return st.column_config.LinkColumn(column.header, width=120)
    if column.unit is Unit.SHARE:
        return st.column_config.NumberColumn(column.header, format="percent")
    if column.unit is Unit.NUMBER:
        return st.column_config.NumberColumn(column.header, format="localized")
    if column.unit is Unit.SECONDS:
        return st.column_config.NumberColumn(column.header, format="%.1f")
    if column.unit is Unit.COUNT:
        return st.column_config.NumberColumn(column.header, format="localized")
    return st.column_config.Column(column.header)
