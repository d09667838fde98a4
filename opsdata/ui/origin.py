"""Where a figure comes from: in words, as formula and SQL, and row by row to file and line.

A small button beside each figure opens it; the first tab holds the rows, the second the
formula and the statement that was asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from opsdata import i18n
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.format import exact, label, literal, short
from opsdata.i18n import t
from opsdata.metrics import METRICS, Basis, Grain, Unit
from opsdata.provenance import Trace, trace
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, dialog, parts, tables

_SHOWN = 500
_HEIGHT = 380


def button(place: str, key: str, filters: Filters, text: str | None = None) -> None:
    """Draw the button that opens the way back of a metric's figure under some filters."""
    help_ = t("origin.help", name=label(key))
    if st.button(
        text or t("origin.button"),
        type="tertiary",
        help=help_,
        key=f"origin_{place}_{key}",
    ):
        show(key, filters)


def menu(place: str, figures: dict[str, tuple[str, Filters]]) -> None:
    """Draw one button that opens a list of figures: what each is called, metric and filters."""
    with st.popover(t("origin.button"), type="tertiary", key=f"origin_menu_{place}"):
        for at, (name, (key, filters)) in enumerate(figures.items()):
            button(f"{place}_{at}", key, filters, name)


def on_pick(place: str, key: str, filters: Filters) -> Callable[[], None]:
    """Return what a click on a day of a chart does: it remembers the day for ``picked``."""

    def pick() -> None:
        points = st.session_state[place]["selection"]["points"]
        if points:
            st.session_state["_day"] = pd.Timestamp(points[0]["x"]).date()
        day = st.session_state.get("_day")  # a second click on a day takes its mark away
        if day is not None:
            st.session_state["_origin"] = (key, replace(filters, since=day, until=day))

    return pick


def picked() -> None:
    """Open the day that was clicked in a chart, once."""
    found: tuple[str, Filters] | None = st.session_state.pop("_origin", None)
    if found is not None:
        show(*found)


def show(key: str, filters: Filters) -> None:
    """Open the way back of a figure over the page."""

    @dialog.window(t("origin.title", name=label(key)), width="large")
    def open_() -> None:
        try:
            found = data.ask(trace, key, filters)
        except Unanswerable as error:
            st.caption(literal(i18n.explain(error)))
            return
        _draw(found)

    open_()


def _draw(found: Trace) -> None:
    st.markdown(sentence(found))
    st.caption(literal(found.filters.describe()))
    rows, made = st.tabs([t("origin.rows", n=f"{len(found.rows):,}"), t("origin.made")])
    with rows:
        _rows(found)
    with made:
        _made(found)


def sentence(found: Trace) -> str:
    """Return in words how a figure is made: of what, how many of them, from how many files."""
    one = found.metric
    name, value = label(one), short(found.value, one.unit)
    if found.value is None or found.rows.empty:
        return t("origin.said_none", name=name, missing=t(f"metric_missing.{one.key}"))
    counts = {
        "n": f"{_things(found):,}",
        "accounts": found.rows["account"].nunique(),
        "files": found.files,
    }
    if one.whole:
        part, whole = (exact(found.sum(total), Unit.COUNT) for total in found.totals)
        names = {"part_name": total_name(one.part), "whole_name": total_name(one.whole)}
        said = t(f"origin.rate_{found.grain}", **counts)
        return t(
            "origin.said_rate", name=name, value=value, part=part, whole=whole, said=said, **names
        )
    kind = "level" if one.stock else "posts" if one.key == "posts" else str(found.grain)
    return t(f"origin.said_{kind}", name=name, value=value, **counts)


def _things(found: Trace) -> int:
    """Return how many things make the figure: works, days, or accounts for a level."""
    if found.grain is Grain.DAY:
        return int(found.rows["account" if found.metric.stock else "day"].nunique())
    return int(found.rows["video"].nunique())


def total_name(name: str) -> str:
    """Return what a total of a metric is called."""
    if i18n.known(f"total.{name}"):
        return t(f"total.{name}")
    for end in ("plays", "base"):
        rate = name.removesuffix(f"_{end}")
        if rate != name:
            return t(f"total.{end}", rate=label(rate))
    return label(name)


def _rows(found: Trace) -> None:
    if found.rows.empty:
        st.caption(t("origin.no_rows"))
        return
    sheet = _sheet(found)
    st.dataframe(
        sheet.frame.head(_SHOWN),
        column_order=[column.key for column in sheet.columns],
        column_config={column.key: _config(column) for column in sheet.columns},
        hide_index=True,
        height=tables.height(len(sheet.frame), _HEIGHT),
        placeholder="—",
        alt=t("origin.title", name=label(found.metric)),
        key="origin_rows",
    )
    sums = [f"{total_name(name)} {exact(found.sum(name), Unit.COUNT)}" for name in found.totals]
    notes = [t("origin.sums", sums=t("list.comma").join(sums))]
    if len(sheet.frame) > _SHOWN:
        notes.append(t("empty.first_rows", n=_SHOWN))
    if found.grain is Grain.GAIN:
        notes.append(t("origin.spread"))
    if found.filters.days_ago:
        notes.append(t("origin.days_ago", n=found.filters.days_ago))
    st.caption(" ".join(notes))
    parts.downloads(sheet, "origin")


def _made(found: Trace) -> None:
    one = found.metric
    st.markdown(f"**{label(one)}** = {_formula(found)}")
    st.caption(parts.definition(one.key))
    basis = t(f"basis.{found.filters.basis}")
    st.caption(f"{basis} · {t('dictionary.source')} {t(f'grain.{found.grain}')}")
    st.code(found.question.sql, language="sql")
    if found.question.values:
        told = "\n".join(f"${name} = {value}" for name, value in found.question.values.items())
        st.caption(t("origin.parameters"))
        st.code(told, language=None)


def _formula(found: Trace) -> str:
    return " ÷ ".join(total_name(name) for name in found.totals)


def _sheet(found: Trace) -> Sheet:
    """Return the rows as a table: what each is, what it adds, and where that stands."""
    columns = [column for column in _columns(found) if found.rows[column.key].notna().any()]
    facts = (
        (t("origin.formula"), f"{label(found.metric)} = {_formula(found)}"),
        (label(found.metric), exact(found.value, found.metric.unit)),
        ("SQL", found.question.sql),
        *((f"${name}", str(value)) for name, value in found.question.values.items()),
        *parts.facts(found.filters, [found.metric.key]),
    )
    name = t("origin.sheet", name=label(found.metric))
    return Sheet(name, found.rows, tuple(columns), facts, t("facts.sheet"))


def _columns(found: Trace) -> list[Column]:
    heads = {
        "account": t("dimension.account"),
        "title": t("dimension.video"),
        "published_at": t("works.published_at"),
        "day": t("dimension.day"),
        "from_at": t("origin.from_at"),
        "to_at": t("origin.to_at"),
    }
    made = [Column(key, text) for key, text in heads.items() if key in found.rows]
    if found.rows["account"].nunique() == 1:
        made = [column for column in made if column.key != "account"]
    made += [Column(name, total_name(name), Unit.COUNT) for name in found.totals]
    if found.grain is Grain.GAIN:
        made += [Column(key, t(f"origin.{key}"), Unit.COUNT) for key in ("days", "step_days")]
    for source in found.sources:
        made += _source(source)
    return made


def _source(source: str) -> list[Column]:
    """Return the columns of one source: file, sheet, line, import and when it was exported."""
    end, nth = source.split("_")
    before = t(f"origin.end_{end}")
    after = "" if nth == "1" else f" {nth}"
    heads = {
        "file": t("work.file"),
        "part": t("origin.part"),
        "line": t("work.line"),
        "batch": t("origin.batch"),
        "captured_at": t("work.captured_at"),
        "imported_at": t("ledger.imported_at"),
    }
    counts = ("line", "batch")
    return [
        Column(f"{source}_{key}", f"{before}{text}{after}", Unit.COUNT if key in counts else None)
        for key, text in heads.items()
    ]


def _config(column: Column) -> Any:
    if column.unit is not None:
        return st.column_config.NumberColumn(column.header, format="localized")
    if column.key == "day":
        return st.column_config.DateColumn(column.header, format="YYYY-MM-DD")
    if column.key.endswith("_at"):
        return st.column_config.DatetimeColumn(column.header, format="YYYY-MM-DD HH:mm")
    width = 220 if column.key == "title" or column.key.endswith("_file") else None
    return st.column_config.TextColumn(column.header, width=width)


def everything(key: str) -> Filters:
    """Return the filters of all there is of a metric, in the first view of time it has."""
    published = METRICS[key].published
    return Filters(basis=Basis.PUBLISHED if published else Basis.HAPPENED, period="all")
