"""Every import of one work, with what it changed: old and new value, file and line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from opsdata import i18n, works
from opsdata.format import exact, label
from opsdata.i18n import t
from opsdata.metrics import METRICS, Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.touches import Touch, touches
from opsdata.ui import data, parts


def draw(one: works.Work) -> None:
    """Draw the imports of a work, the newest first, a row for each value that changed."""
    found = data.ask(touches, one.video)
    with st.expander(t("touched.title", n=len(found)), icon=":material/history:"):
        sheet = _sheet(one, found)
        times = ("captured_at", "imported_at")
        config = {
            column.key: st.column_config.DatetimeColumn(column.header, format="YYYY-MM-DD HH:mm")
            if column.key in times
            else st.column_config.NumberColumn(column.header)
            if column.numeric
            else st.column_config.TextColumn(column.header)
            for column in sheet.columns
        }
        st.dataframe(
            sheet.frame,
            column_order=[column.key for column in sheet.columns],
            column_config=config,
            hide_index=True,
            placeholder="—",
            key=f"touched_{one.video}",
            alt=t("touched.title", n=len(found)),
        )
        parts.downloads(sheet, f"touched_{one.video}")


def _sheet(one: works.Work, found: list[Touch]) -> Sheet:
    frame = pd.DataFrame([row for touch in reversed(found) for row in _rows(touch)])
    columns = (
        Column("captured_at", t("work.captured_at")),
        Column("field", t("touched.field")),
        Column("old", t("touched.old")),
        Column("new", t("touched.new")),
        Column("file", t("work.file")),
        Column("line", t("work.line"), Unit.COUNT),
        Column("batch", t("origin.batch"), Unit.COUNT),
        Column("imported_at", t("ledger.imported_at")),
        Column("who", t("touched.who")),
    )
    about = parts.about((), (t("dimension.video"), one.title or t("work.untitled")))
    return Sheet(t("touched.sheet"), frame, columns, about, t("facts.sheet"))


def _rows(touch: Touch) -> Iterator[dict[str, Any]]:
    """Yield a row for each changed value; one that says so when nothing changed."""
    file = touch.file if touch.part is None else f"{touch.file} · {touch.part}"
    told: dict[str, Any] = {
        "captured_at": pd.Timestamp(touch.captured_at),
        "file": file,
        "line": touch.line,
        "batch": touch.batch,
        "imported_at": pd.Timestamp(touch.imported_at),
        "who": touch.who,
    }
    for change in touch.changes:
        name = change.field
        old, new = text(name, change.old), text(name, change.new)
        yield {**told, "field": field_name(name), "old": old, "new": new}
    if not touch.changes:
        yield {**told, "field": t("touched.nothing"), "old": None, "new": None}


def field_name(name: str) -> str:
    """Return what a field of a work is called."""
    return t(f"field.{name}") if i18n.known(f"field.{name}") else label(name)


def text(name: str, value: Any) -> str | None:
    """Return a value of a field as a person reads it, exactly; None when it is unknown."""
    if value is None:
        return None
    if name in METRICS:
        return exact(value, METRICS[name].unit)
    if name == "duration_seconds":
        return exact(value, Unit.SECONDS)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return i18n.named(name, str(value)) if name in ("genre", "status") else str(value)
