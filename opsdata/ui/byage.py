"""Works by their age as tables: what they had on certain days, what young ones will have."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pandas as pd
import streamlit as st

from opsdata import works
from opsdata.analysis.ages import DAYS, ENOUGH, at_days
from opsdata.analysis.forecast import ENOUGH as LEAST
from opsdata.analysis.forecast import Backtest, Forecast, forecast
from opsdata.analysis.growth import LEVEL
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, parts, tables

_HEIGHT = 300


def draw(filters: Filters) -> None:
    """Draw what young works are expected to have, and what all had on certain days."""
    if not data.ask(works.choices).accounts:
        return
    whose = Filters(accounts=filters.accounts, genres=filters.genres)
    _expected(whose)
    _by_days(whose)


def _expected(whose: Filters) -> None:
    with st.spinner(t("forecast.waiting")):
        found = data.ask(forecast, Filters(accounts=whose.accounts))
    st.markdown(f"#### {t('forecast.title', horizon=found.horizon)}")
    rows = _named(pd.DataFrame([asdict(one) for one in found.videos]), whose)
    if rows.empty:
        key = f"forecast.{found.reason or 'none_young'}"
        st.caption(t(key, n=found.grown, least=LEAST, horizon=found.horizon))
        return
    st.markdown(trust(found.backtest, found.horizon))
    columns = (
        Column("title", t("dimension.video")),
        Column("published_at", t("works.published_at")),
        Column("age_days", t("ages.age_column"), Unit.NUMBER),
        Column("so_far", t("forecast.so_far"), Unit.COUNT),
        Column("low", t("forecast.low"), Unit.COUNT),
        Column("mid", t("forecast.mid"), Unit.COUNT),
        Column("high", t("forecast.high"), Unit.COUNT),
        Column("n", t("forecast.n"), Unit.COUNT),
    )
    _table(rows, columns, t("forecast.title", horizon=found.horizon), "expected")
    sheet = Sheet(
        t("forecast.sheet", horizon=found.horizon),
        rows,
        columns,
        (*parts.facts(whose, ["views"]), *_about(found)),
        t("facts.sheet"),
    )
    parts.downloads(sheet, "expected")


def trust(backtest: Backtest | None, horizon: int) -> str:
    """Say how often such forecasts were right so far."""
    if backtest is None:
        return t("forecast.trust_none", horizon=horizon)
    return t(
        "forecast.trust",
        n=f"{backtest.n:,}",
        level=f"{LEVEL:.0%}",
        rate=f"{backtest.rate:.0%}",
        error=f"{backtest.error:.1%}",
        naive=f"{backtest.naive_error:.1%}",
    )


def _about(found: Forecast) -> tuple[tuple[str, str], ...]:
    method = t("forecast.method", horizon=found.horizon, least=LEAST)
    told = trust(found.backtest, found.horizon).replace("**", "")
    return (t("ages.method"), method), (t("forecast.fact"), told)


def _by_days(whose: Filters) -> None:
    """Draw the totals at each age in a table that opens when asked for."""
    with st.expander(t("ages.table", days=_days()), icon=":material/calendar_view_week:"):
        with st.spinner(t("ages.waiting")):
            rows = _named(data.ask(at_days, whose), whose)
        if rows.empty or rows[[f"day_{day}" for day in DAYS]].isna().all(axis=None):
            st.caption(t("ages.table_none", days=_days(), reason=t("ages.not_enough", n=ENOUGH)))
            return
        st.caption(t("ages.table_help"))
        columns = [
            Column("title", t("dimension.video")),
            Column("published_at", t("works.published_at")),
        ]
        for day in DAYS:
            columns.append(Column(f"day_{day}", t("ages.day", day=day), Unit.COUNT))
            columns.append(Column(f"place_{day}", t("ages.day_place", day=day), Unit.SHARE))
        _table(rows, tuple(columns), t("ages.table", days=_days()), "by_days")
        counts = [Column(f"n_{day}", t("ages.day_n", day=day), Unit.COUNT) for day in DAYS]
        facts = (*parts.facts(whose, ["views"]), (t("ages.method"), t("ages.table_help")))
        sheet = Sheet(t("ages.sheet"), rows, (*columns, *counts), facts, t("facts.sheet"))
        parts.downloads(sheet, "by_days")


def _days() -> str:
    return t("list.comma").join(str(day) for day in DAYS)


def _named(rows: pd.DataFrame, whose: Filters) -> pd.DataFrame:
    """Return rows of works with their titles, the newest first; only of the chosen genres."""
    if rows.empty:
        return rows
    facts = data.ask(works.names, whose, tuple(rows["video"]))
    known = rows.drop(columns=["published_at"], errors="ignore").merge(facts, on="video")
    known["title"] = known["title"].fillna(t("work.untitled"))
    return known.sort_values("published_at", ascending=False, ignore_index=True)


def _table(rows: pd.DataFrame, columns: tuple[Column, ...], alt: str, key: str) -> None:
    st.dataframe(
        rows,
        column_order=[column.key for column in columns],
        column_config={column.key: _config(column) for column in columns},
        hide_index=True,
        height=tables.height(len(rows), _HEIGHT),
        placeholder="—",
        alt=alt,
        key=key,
    )


def _config(column: Column) -> Any:
    if column.unit is Unit.SHARE:
        return st.column_config.NumberColumn(column.header, format="percent", width=90)
    if column.unit is Unit.NUMBER:
        return st.column_config.NumberColumn(column.header, format="%.1f", width=100)
    if column.unit is Unit.COUNT:
        return st.column_config.NumberColumn(column.header, format="localized", width=90)
    if column.key == "published_at":
        return st.column_config.DatetimeColumn(column.header, format="YYYY-MM-DD HH:mm", width=140)
    return st.column_config.TextColumn(column.header, width=270)
