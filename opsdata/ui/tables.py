"""A sheet as a table on the page, with its downloads below: what is seen is what is saved."""

from __future__ import annotations

from typing import Any, Literal

import pandas as pd
import streamlit as st
from pandas.api.types import is_datetime64_any_dtype

from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import parts

_MOST = 420
_ROW = 35
"""Pixels of a row, and a little more."""


def draw(sheet: Sheet, key: str, alt: str, links: tuple[str, ...] = ()) -> None:
    """Draw a table and its downloads; ``links`` are columns that hold addresses."""
    st.dataframe(
        sheet.frame,
        column_order=[column.key for column in sheet.columns],
        column_config={
            c.key: _config(c, sheet.frame[c.key], c.key in links) for c in sheet.columns
        },
        hide_index=True,
        height=height(len(sheet.frame), _MOST),
        placeholder="—",
        alt=alt,
        key=key,
    )
    parts.downloads(sheet, key)


def height(rows: int, most: int) -> int | Literal["content"]:
    """Return the height of a table: as high as its rows, but for those that have to scroll."""
    return "content" if rows < most // _ROW else most


def _are_days(values: pd.Series) -> bool:
    """Return whether a column holds moments that are all midnight, so days."""
    known = values.dropna()
    return is_datetime64_any_dtype(known) and bool((known == known.dt.normalize()).all())


def _config(column: Column, values: pd.Series, is_link: bool) -> Any:
    if is_link:
        return st.column_config.LinkColumn(column.header, width=120)
    if _are_days(values):
        return st.column_config.DateColumn(column.header, format="YYYY-MM-DD", width=110)
    if column.unit is Unit.SHARE:
        return st.column_config.NumberColumn(column.header, format="percent")
    if column.unit is Unit.NUMBER:
        large = bool((values.astype(float).abs() >= 1000).any())
        return st.column_config.NumberColumn(column.header, format="localized" if large else "%.2f")
    if column.unit is Unit.SECONDS:
        return st.column_config.NumberColumn(column.header, format="%.1f")
    if column.unit is Unit.COUNT:
        return st.column_config.NumberColumn(column.header, format="localized")
    return st.column_config.Column(column.header)
