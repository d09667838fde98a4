"""When the accounts publish, what kind of works, and how their followers grow."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import i18n, theme
from opsdata.analysis import followers, habits, interactions
from opsdata.charts import habits as charts
from opsdata.charts.indexed import indexed
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, parts
from opsdata.ui.benchmark import View


def draw(seen: View | None) -> None:
    """Draw the habits of all accounts compared."""
    if seen is None:
        return
    works = data.ask(interactions.works, seen.filters, seen.whose)
    if len(works):
        order = [line.account for line in seen.found.lines]
        st.markdown(f"### {t('habits.hours')}")
        st.caption(t("habits.hours_help", n=f"{len(works):,}"))
        shares = _ordered(habits.hours(works), order)
        _chart(charts.hours(shares), shares, "hours", seen)
        with st.grid(2, min_column_width=420, gap="small"):
            for column, kind in (("genre", "genre"), ("length_band", "length_band")):
                _mix(works, column, kind, order, seen)
    _followers(seen)


def _ordered(shares: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    return shares.reindex([name for name in order if name in shares.index])


def _mix(works: pd.DataFrame, column: str, kind: str, order: list[str], seen: View) -> None:
    with st.container(key=f"mix_{kind}"):
        st.markdown(f"### {t(f'habits.{kind}')}")
        shares = _ordered(habits.mix(works, column), order)
        if list(shares.columns) == [""]:
            parts.nothing(f"no_{kind}")
            return
        names = [_name(kind, c) for c in shares.columns]
        st.caption(t(f"habits.{kind}_help"))
        _chart(charts.mix(shares, names), shares.set_axis(names, axis=1), kind, seen)


def _name(kind: str, value: str) -> str:
    """Return the reader's word for a genre or a length."""
    if not value:
        return t("habits.unknown")
    return t(f"trait.{kind}.{value}") if kind == "length_band" else i18n.named(kind, value)


def _chart(figure: object, shares: pd.DataFrame, key: str, seen: View) -> None:
    """Draw a chart of shares, and the same shares to take away."""
    title = t(f"habits.{key}")
    st.plotly_chart(figure, theme=None, config=theme.CONFIG, key=f"habits_{key}", alt=title)
    table = shares.set_axis([str(name) for name in shares.columns], axis=1)
    columns = (
        Column("account", t("dimension.account")),
        *(Column(name, f"{name}:00" if key == "hours" else name, Unit.SHARE) for name in table),
    )
    sheet = Sheet(title, table.reset_index(), columns, seen.facts, t("facts.sheet"))
    parts.downloads(sheet, f"habits_{key}")


def _followers(seen: View) -> None:
    """Draw the followers of all accounts as an index."""
    known = data.ask(followers.followers, seen.whose)
    frame = followers.indexed(known, seen.filters.since, seen.filters.until)
    st.markdown(f"### {t('habits.followers')}")
    if frame.empty:
        parts.nothing("no_index")
        return
    st.caption(t("habits.followers_help", day=i18n.day(frame["day"].min().date())))
    title = t("habits.followers")
    st.plotly_chart(
        indexed(frame), theme=None, config=theme.CONFIG, key="followers_index", alt=title
    )
    columns = (
        Column("account", t("dimension.account")),
        Column("day", t("dimension.day")),
        Column("index", t("industry.index"), Unit.NUMBER),
        Column("value", t("metric.followers"), Unit.COUNT),
    )
    sheet = Sheet(title, frame, columns, seen.facts, t("facts.sheet"))
    parts.downloads(sheet, "followers_index")
