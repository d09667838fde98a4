"""Tables of what platforms sum up on their own, where such an export was brought."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import i18n, reported
from opsdata.filters import Filters
from opsdata.format import label as metric_label
from opsdata.format import short
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.sources.model import Kind
from opsdata.ui import data, parts, tables

_UNITS = {
    Kind.SHARE: Unit.SHARE, Kind.POINTS: Unit.SHARE, Kind.COUNT: Unit.COUNT,
    Kind.SECONDS: Unit.SECONDS, Kind.NUMBER: Unit.NUMBER,
}  # fmt: skip


def draw(topic: str, filters: Filters | None = None) -> None:
    """Draw what the exports of a topic say; nothing where there is none."""
    accounts = filters.accounts if filters else ()
    found = data.ask(reported.reported, topic, accounts)
    if found.empty:
        return
    st.markdown(f"### {t(f'reported.title_{topic}')}")
    if topic == "paid":
        st.markdown(said(reported.bought(found)))
    st.caption(t(f"reported.help_{topic}"))
    tables.draw(sheet(topic, found), f"reported_{topic}", t(f"reported.title_{topic}"))


def said(sums: reported.Bought) -> str:
    """Return in a sentence what was paid, and for what, as far as that is known."""
    parts_ = [t("reported.spent", spend=f"{sums.spend:,.0f}")]
    if sums.per_thousand is not None:
        price = f"{sums.per_thousand:,.2f}"
        parts_.append(t("reported.for_plays", plays=short(sums.plays, Unit.COUNT), price=price))
    if sums.per_follower is not None:
        price = f"{sums.per_follower:,.2f}"
        gained = short(sums.new_followers, Unit.COUNT)
        parts_.append(t("reported.for_followers", n=gained, price=price))
    return t("list.comma").join(parts_) + t("answer.end")


def sheet(topic: str, found: pd.DataFrame) -> Sheet:
    """Return the table of a topic; columns that say nothing stay out."""
    names = [key for key in ("item", "label") if found[key].ne("").any()]
    same = bool((found["since"] == found["until"]).all())
    days = ["until"] if same else ["since", "until"]
    columns = (
        *(Column(key, t(f"reported.{key}_{topic}")) for key in names),
        *(Column(key, t("dimension.day") if same else t(f"reported.{key}")) for key in days),
        *(Column(key, name(key), unit) for key, unit in _measures(topic) if key in found),
        Column("account", t("dimension.account")),
    )
    until = i18n.day(found["until"].max(), year=True)
    about = parts.about((), (t("facts.until"), until))
    return Sheet(t(f"reported.title_{topic}"), found, columns, about, t("facts.sheet"))


def _measures(topic: str) -> list[tuple[str, Unit]]:
    """Return the measures of a topic with their units: all that is a number."""
    kinds = reported.KINDS[topic]
    return [(key, _UNITS[kind]) for key, kind in kinds.items() if kind in _UNITS]


def name(key: str) -> str:
    """Return what a measure is called."""
    for group in ("reported", "inside", "field"):
        if i18n.known(f"{group}.{key}"):
            return t(f"{group}.{key}")
    return metric_label(key)
