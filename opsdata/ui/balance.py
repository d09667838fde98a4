"""Works against official daily totals, week by week, with what stays unexplained."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import theme
from opsdata.analysis.reconcile import KEYS, TOLERATED, Week, balance, reconcile
from opsdata.charts.balance import balance as figure
from opsdata.filters import Filters
from opsdata.format import label, short
from opsdata.i18n import t
from opsdata.metrics import METRICS, Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import address, data, parts

_WEEKS = 26
"""So many of the newest weeks are drawn; the download holds all."""


def draw(filters: Filters) -> None:
    """Draw the sum of the works' gains beside the official total of each week."""
    st.markdown(f"### {t('balance.title')}")
    st.caption(t("balance.help"))
    chosen = st.segmented_control(
        t("balance.metric"),
        KEYS,
        format_func=label,
        key=address.show("metric", address.single("metric", KEYS, KEYS[0])),
        required=True,
        label_visibility="collapsed",
        on_change=address.take,
        args=("metric", KEYS[0]),
    )
    key = str(chosen)
    weeks = data.ask(reconcile, key, filters)
    if not weeks:
        parts.nothing("balance")
        return
    st.markdown(_sentence(weeks))
    by_week = _by_week([week for week in weeks if week.rest is not None]).tail(_WEEKS)
    if len(by_week):
        st.plotly_chart(
            figure(by_week, METRICS[key]),
            theme=None,
            config=theme.CONFIG,
            key="balance",
            alt=_sentence(weeks),
        )
    parts.downloads(_sheet(weeks, key), "balance")


def _sentence(weeks: list[Week]) -> str:
    """Say how much stays unexplained, and in which weeks it is worth a look."""
    whole = balance(weeks)
    if whole.share is None:
        return t("balance.none", n=len(weeks))
    said = t(
        "balance.answer",
        n=whole.weeks,
        official=short(whole.official, Unit.COUNT),
        works=short(whole.works, Unit.COUNT),
        share=f"{whole.share:.1%}",
    )
    loud = sum(week.alarming for week in weeks)
    limit = f"{TOLERATED:.0%}"
    return said + (
        t("balance.loud", n=loud, limit=limit) if loud else t("balance.quiet", limit=limit)
    )


def _by_week(weeks: list[Week]) -> pd.DataFrame:
    rows = [(week.monday, week.official, week.works) for week in weeks]
    made = pd.DataFrame(rows, columns=["monday", "official", "works"])
    return made.groupby("monday", as_index=False).sum().sort_values("monday")


def _sheet(weeks: list[Week], key: str) -> Sheet:
    frame = pd.DataFrame(
        {
            "account": [week.account for week in weeks],
            "monday": [week.monday.isoformat() for week in weeks],
            "official": [week.official for week in weeks],
            "works": [week.works if week.reason is None else None for week in weeks],
            "rest": [week.rest for week in weeks],
            "share": [week.share for week in weeks],
            "note": [t(f"balance.{week.reason}") if week.reason else "" for week in weeks],
        }
    )
    columns = (
        Column("account", t("dimension.account")),
        Column("monday", t("dimension.week")),
        Column("official", t("balance.official"), Unit.COUNT),
        Column("works", t("balance.works"), Unit.COUNT),
        Column("rest", t("balance.rest"), Unit.COUNT),
        Column("share", t("balance.share"), Unit.SHARE),
        Column("note", t("balance.note")),
    )
    return Sheet(t("balance.sheet"), frame, columns, parts.about([key]), t("facts.sheet"))
