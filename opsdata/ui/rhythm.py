"""How often works are published and what came of it; the longest pauses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from opsdata import theme
from opsdata.analysis.rhythm import ENOUGH_PAUSES, ENOUGH_WEEKS, Rhythm, rhythm
from opsdata.analysis.timing import Effect
from opsdata.charts.slots import frequency, percent
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, parts


def draw(filters: Filters) -> None:
    """Draw weeks by how much was published, and what came after pauses."""
    found = data.ask(rhythm, filters)
    if not len(found.weeks):
        return
    st.markdown(f"### {t('rhythm.title')}")
    st.markdown(_often(found))
    st.caption(t("rhythm.dots"))
    st.plotly_chart(
        frequency(found.weeks),
        theme=None,
        config=theme.CONFIG,
        key="frequency",
        alt=t("rhythm.alt", n=len(found.weeks)),
    )
    parts.downloads(_weeks(found, filters), "frequency")
    _pauses(found, filters)


def _often(found: Rhythm) -> str:
    one = found.doubling
    if one is None:
        return t("rhythm.few", needed=ENOUGH_WEEKS, n=len(found.weeks))
    key = "same" if not one.is_sure else "more" if one.effect > 0 else "fewer"
    size = f"{abs(one.effect):.0%}"
    return t(f"rhythm.{key}", effect=size, week=f"{2 * (1 + one.effect):.1f}", **_interval(one))


def _interval(one: Effect) -> dict[str, object]:
    return {"low": percent(one.low), "high": percent(one.high), "n": one.n}


def _pauses(found: Rhythm, filters: Filters) -> None:
    st.markdown(f"### {t('rhythm.pauses')}")
    if not found.pauses:
        st.caption(t("rhythm.no_pauses"))
        return
    st.markdown(_after(found))
    sheet = _pause_sheet(found, filters)
    looks = {
        "last": st.column_config.DatetimeColumn(t("rhythm.last"), format="YYYY-MM-DD HH:mm"),
        "first": st.column_config.DatetimeColumn(t("rhythm.first"), format="YYYY-MM-DD HH:mm"),
        "days": st.column_config.NumberColumn(t("rhythm.days"), format="%.1f"),
        "times": st.column_config.NumberColumn(t("rhythm.times"), format="%.1f×"),
        "account": st.column_config.TextColumn(t("dimension.account")),
    }
    st.dataframe(
        sheet.frame, column_config=looks, hide_index=True, key="pauses", alt=t("rhythm.pauses")
    )
    parts.downloads(sheet, "pauses")


def _after(found: Rhythm) -> str:
    one = found.after_pause
    if one is None:
        return t("rhythm.after_few", n=found.long_pauses, needed=ENOUGH_PAUSES)
    key = "rhythm.after_sure" if one.is_sure else "rhythm.after_unsure"
    return t(key, effect=percent(one.effect), **_interval(one))


def _weeks(found: Rhythm, filters: Filters) -> Sheet:
    columns = (
        Column("account", t("dimension.account")),
        Column("week", t("rhythm.week_of")),
        Column("posts", t("rhythm.posts"), Unit.COUNT),
        Column("plays", t("rhythm.plays"), Unit.COUNT),
        Column("typical", t("rhythm.typical"), Unit.COUNT),
        Column("multiple", t("rhythm.multiple"), row_units=(Unit.NUMBER,) * len(found.weeks)),
    )
    frame = found.weeks.assign(multiple=np.exp(found.weeks["residual"]))
    return _sheet("rhythm.sheet", frame, columns, filters)


def _pause_sheet(found: Rhythm, filters: Filters) -> Sheet:
    frame = pd.DataFrame(
        {
            "account": [one.account for one in found.pauses],
            "last": [pd.Timestamp(one.last) for one in found.pauses],
            "first": [pd.Timestamp(one.first) for one in found.pauses],
            "days": [round(one.days, 1) for one in found.pauses],
            "times": [round(one.times_expected, 2) for one in found.pauses],
        }
    )
    columns = (
        Column("account", t("dimension.account")),
        Column("last", t("rhythm.last")),
        Column("first", t("rhythm.first")),
        Column("days", t("rhythm.days"), row_units=(Unit.NUMBER,) * len(frame)),
        Column("times", t("rhythm.times"), row_units=(Unit.NUMBER,) * len(frame)),
    )
    return _sheet("rhythm.pauses_sheet", frame, columns, filters)


def _sheet(name: str, frame: pd.DataFrame, columns: tuple[Column, ...], filters: Filters) -> Sheet:
    return Sheet(t(name), frame, columns, parts.facts(filters, ["views"]), t("facts.sheet"))
