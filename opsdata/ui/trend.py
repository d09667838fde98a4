"""The daily trend of one KPI, with the period before behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from opsdata import i18n, queries, theme, trends, works
from opsdata.alerts.unusual import told
from opsdata.charts import trend as charts
from opsdata.filters import Filters
from opsdata.format import exact, holiday, label
from opsdata.i18n import t
from opsdata.metrics import METRICS, Basis
from opsdata.reports.sheets import Column, Sheet
from opsdata.team import holidays as kept
from opsdata.ui import address, alerts, data, industry, notes, origin, parts


def draw(filters: Filters) -> None:
    """Draw the chart of the KPI named in the address, its table, and its downloads."""
    keys = data.ask(queries.answerable, filters, ("day",))
    if not keys or not data.ask(works.choices).accounts:
        return
    totals = data.ask(queries.measure, tuple(keys), filters)
    keys = [key for key in keys if totals[key].notna().any()] or keys[:1]
    key = address.single("metric", keys, keys[0])
    with st.container(horizontal=True, vertical_alignment="center", key="trend_head"):
        st.markdown(f"### {t('trend.title', name=label(key))}", width="stretch")
        st.selectbox(
            t("trend.choose"),
            keys,
            format_func=label,
            key=address.show("metric", key),
            width=180,
            label_visibility="collapsed",
            on_change=address.take,
            args=("metric", keys[0]),
        )
    now = data.ask(trends.trend, key, filters)
    if now["value"].notna().sum() == 0:
        parts.nothing("no_days")
        return
    before = _before(key, filters)
    unit = t(f"unit_name.{METRICS[key].unit}")
    said = [unit, t(f"basis.{filters.basis}"), t("trend.smooth"), t("origin.click")]
    st.caption(" · ".join(said))
    unusual = alerts.found(key, filters)
    dots = {one.day: (one.value, told(key, one)) for one in unusual}
    bars = filters.basis is Basis.PUBLISHED or key == "posts"
    first, last = now["day"].iloc[0].date(), now["day"].iloc[-1].date()
    flags = notes.day_flags(notes.in_view(filters, first, last))
    st.plotly_chart(
        charts.trend(now, before, METRICS[key], bars, _holidays(now), dots, flags),
        theme=None,
        config=theme.CONFIG,
        key="trend",
        on_select=origin.on_pick("trend", key, filters),
        selection_mode="points",
        alt=_alt(key, now) + (t("notes.join") + t("notes.alt", n=len(flags)) if flags else ""),
    )
    origin.picked()
    notes.draw(filters, first, last)
    with st.container(horizontal=True, vertical_alignment="center"):
        parts.downloads(_sheet(key, filters, now, before), "trend")
        origin.button("trend", key, filters)
    alerts.draw(key, filters)
    industry.draw(now["day"].iloc[0].date(), now["day"].iloc[-1].date())


def _holidays(now: pd.DataFrame) -> list[tuple[date, date, str]]:
    """Return the holidays in the days drawn, cut to them, and the weekends worked for them."""
    first, last = now["day"].iloc[0].date(), now["day"].iloc[-1].date()
    calendar = data.ask(kept.calendar)
    return [
        *(
            (max(one.since, first), min(one.until, last), holiday(one.name))
            for one in calendar.within(first, last)
        ),
        *((day, day, t("calendar.work")) for day in calendar.worked(first, last)),
    ]


def _before(key: str, filters: Filters) -> pd.DataFrame | None:
    earlier = filters.before()
    if earlier is None:
        return None
    if filters.basis is Basis.PUBLISHED and key != "posts" and filters.until and earlier.until:
        earlier = replace(earlier, days_ago=(filters.until - earlier.until).days)
    return data.ask(trends.trend, key, earlier)


def _alt(key: str, now: pd.DataFrame) -> str:
    last = now.dropna(subset=["value"]).iloc[-1]
    said = t(
        "trend.alt",
        name=label(key),
        value=exact(float(last["value"]), METRICS[key].unit),
        day=i18n.day(last["day"].date()),
    )
    return said + (t("trend.running_alt") if last["running"] else "")


def _sheet(key: str, filters: Filters, now: pd.DataFrame, before: pd.DataFrame | None) -> Sheet:
    """Return the chart as a table: the days, the values, and what lies behind them."""
    unit = METRICS[key].unit
    table = now.reset_index(drop=True).copy()
    columns = [Column("day", t("dimension.day")), Column("value", _header(key, filters), unit)]
    if table["smooth"].notna().any():
        columns.append(Column("smooth", t("chart.smooth"), unit))
    if table["running"].any():
        table["running"] = table["running"].map({True: t("chart.running"), False: None})
        columns.append(Column("running", t("trend.note")))
    if before is not None and len(before):
        behind = before.reset_index(drop=True).reindex(table.index)
        table["before_day"], table["before"] = behind["day"], behind["value"]
        columns += [
            Column("before_day", t("chart.before_day")),
            Column("before", t("chart.before"), unit),
        ]
    table, columns = _with_expected(table, columns, key, filters)
    table, columns = _with_notes(table, columns, filters)
    return Sheet(
        name=label(key),
        frame=table,
        columns=tuple(columns),
        facts=parts.facts(filters, [key]),
        facts_name=t("facts.sheet"),
    )


def _header(key: str, filters: Filters) -> str:
    """Return the name of the values; figures of published works are no daily figures."""
    if filters.basis is Basis.HAPPENED:
        return label(key)
    return t("trend.of_published", name=label(key))


def _with_notes(
    table: pd.DataFrame, columns: list[Column], filters: Filters
) -> tuple[pd.DataFrame, list[Column]]:
    """Return a table with what the team noted on its days, if anything."""
    days = table["day"].dt.date
    noted = notes.of_days(notes.in_view(filters, days.min(), days.max()))
    if not noted:
        return table, columns
    return table.assign(noted=days.map(noted)), [*columns, Column("noted", t("notes.column"))]


def _with_expected(
    table: pd.DataFrame, columns: list[Column], key: str, filters: Filters
) -> tuple[pd.DataFrame, list[Column]]:
    """Return a table with what was expected of its unusual days, if it has any."""
    unusual = alerts.found(key, filters)
    if not unusual:
        return table, columns
    days = table["day"].dt.date
    unit = METRICS[key].unit
    for name in ("expected_low", "expected_high"):
        table[name] = days.map({one.day: getattr(one, name) for one in unusual}).astype(float)
        columns = [*columns, Column(name, t(f"anomalies.{name}"), unit)]
    return table, columns
