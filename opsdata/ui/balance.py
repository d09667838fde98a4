"""Works against official daily totals, week by week, with what stays unexplained."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from opsdata import theme
from opsdata.analysis.reconcile import KEYS, TOLERATED, Balance, Week, balance, reconcile
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
    whole = balance(weeks)
    st.markdown(_sentence(whole, len(weeks)))
    if whole.weeks:
        st.plotly_chart(
            figure(_frame(whole.weeks[-_WEEKS:]), METRICS[key]),
            theme=None,
            config=theme.CONFIG,
            key="balance",
            alt=_sentence(whole, len(weeks)),
        )
    parts.downloads(_sheet(weeks, key), "balance")


def _sentence(whole: Balance, known: int) -> str:
    """Say how much stays unexplained, and whether some weeks are worth a look."""
    if whole.share is None:
        return t("balance.none", n=known)
    said = t(
        "balance.answer",
        n=len(whole.weeks),
        official=short(whole.official, Unit.COUNT),
        works=short(whole.works, Unit.COUNT),
        share=f"{whole.share:.1%}",
    )
    values = {"usual": f"{whole.usual:.0%}", "limit": f"{TOLERATED * 100:.0f}"}
    if not whole.odd:
        return said + t("balance.quiet", **values)
    return said + t("balance.odd", n=len(whole.odd), **values)


def _frame(weeks: Sequence[Week]) -> pd.DataFrame:
    rows = [(week.monday, week.official, week.works) for week in weeks]
    return pd.DataFrame(rows, columns=["monday", "official", "works"])


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
