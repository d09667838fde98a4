"""What the export of a single work tells of its inside: parts, sources, follows by day."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from opsdata import i18n, works
from opsdata.format import label, literal
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.sources import SOURCES
from opsdata.sources.model import Kind
from opsdata.ui import data, parts

_UNITS = {Kind.SHARE: Unit.SHARE, Kind.COUNT: Unit.COUNT, Kind.SECONDS: Unit.SECONDS}
_FORMATS = {Unit.SHARE: "percent", Unit.COUNT: "localized", Unit.SECONDS: "%.1f"}
_COLUMNS = {
    column.field: column
    for source in SOURCES.values()
    if source.topic.startswith("work")
    for column in source.columns
}
"""Every measure of the inside of a work, in the order of the exports."""


def draw(one: works.Work) -> None:
    """Draw one table a sheet, all behind one line; nothing where no such export was linked."""
    found = data.ask(works.inside, one.video)
    if found.empty:
        return
    sheets = list(found.groupby(["topic", "sheet"], sort=False))
    with (
        st.expander(t("inside.title", n=len(sheets)), icon=":material/search_insights:"),
        st.grid(2, min_column_width=420, gap="medium"),
    ):
        for at, ((topic, name), rows) in enumerate(sheets):
            with st.container(gap="small"):
                _table(one, sheet(one, str(topic), str(name), rows), f"inside_{one.video}_{at}")


def sheet(one: works.Work, topic: str, name: str, rows: pd.DataFrame) -> Sheet:
    """Return one sheet with a row a part, a source or a day, and a column a measure."""
    first = {"work": "day", "work_day": "day"}.get(topic, "label")
    wide = rows.pivot_table(index=first, columns="measure", values="value", sort=True)
    measures = [key for key in _COLUMNS if key in wide.columns]
    frame = wide[measures].reset_index().rename_axis(columns=None)
    columns = (
        Column(first, t(f"inside.by_{topic}")),
        *(Column(key, measure(key), _UNITS.get(_COLUMNS[key].kind)) for key in measures),
    )
    title = t(f"inside.{topic}")
    seen = i18n.day(rows["day"].max(), year=True)
    about = parts.about(
        (),
        (t("dimension.video"), f"{one.title or t('work.untitled')} · {one.account}"),
        (t("inside.sheet"), name or "—"),
        (t("facts.until"), seen),
    )
    return Sheet(f"{title} · {name}" if name else title, frame, columns, about, t("facts.sheet"))


def measure(key: str) -> str:
    """Return what a measure is called."""
    return t(f"inside.{key}") if i18n.known(f"inside.{key}") else label(key)


def _table(one: works.Work, found: Sheet, key: str) -> None:
    st.markdown(f"**{literal(found.name)}**")
    st.dataframe(
        found.frame,
        column_config={column.key: _config(column) for column in found.columns},
        hide_index=True,
        placeholder="—",
        alt=f"{found.name} · {one.title or t('work.untitled')}",
        key=key,
    )
    parts.downloads(found, key)


def _config(column: Column) -> Any:
    if column.key == "day":
        return st.column_config.DateColumn(column.header, format="YYYY-MM-DD")
    if column.unit is None:
        return st.column_config.TextColumn(column.header)
    return st.column_config.NumberColumn(column.header, format=_FORMATS[column.unit])
