"""The holidays of a year, as the official notice has them or as the team writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from opsdata import queries
from opsdata.holidays import Holiday, notice, official
from opsdata.i18n import t
from opsdata.metrics import Basis
from opsdata.team import holidays as kept
from opsdata.ui import data


def draw() -> None:
    """Draw the holidays of one year in a table to edit, and what they rest on."""
    st.markdown(f"### {t('holidays.title')}")
    st.caption(t("holidays.help"))
    newest = data.ask(queries.newest, Basis.HAPPENED) or date.today()
    own = data.ask(kept.own_years)
    years = sorted({*official().years, *own, newest.year, newest.year + 1}, reverse=True)
    year = st.segmented_control(
        t("holidays.year"),
        years,
        default=newest.year,
        format_func=str,
        required=True,
        label_visibility="collapsed",
        key="holiday_year",
        bind="query-params",
    )
    _standing(year, year in own)
    known = data.ask(kept.calendar).years.get(year, ())
    edited = st.data_editor(
        as_table(known),
        column_config={
            "name": st.column_config.TextColumn(t("holidays.name"), required=True),
            "since": st.column_config.DateColumn(t("holidays.since"), format="YYYY-MM-DD"),
            "until": st.column_config.DateColumn(t("holidays.until"), format="YYYY-MM-DD"),
            "work": st.column_config.TextColumn(
                t("holidays.work"), help=t("holidays.work_help"), width="medium"
            ),
        },
        num_rows="dynamic",
        hide_index=True,
        key=f"holidays_{year}_{data.stamp().version}",
    )
    _buttons(year, edited, year in own and year in official().years)


def _standing(year: int, own: bool) -> None:
    if own:
        st.caption(t("holidays.own"))
    elif notice(year):
        st.caption(t("holidays.official", year=year))
    else:
        st.caption(f":orange[{t('holidays.unknown', year=year)}]")


def _buttons(year: int, edited: pd.DataFrame, restorable: bool) -> None:
    with st.container(horizontal=True, key="holiday_buttons"):
        if st.button(t("holidays.save"), key="holiday_save"):
            made, bad = read_table(edited)
            if bad:
                st.error(t("holidays.bad", n=bad))
            else:
                data.change(kept.keep_year, year, made)
                st.toast(t("holidays.kept"))
                st.rerun()
        if restorable:
            st.button(
                t("holidays.restore"),
                type="tertiary",
                key="holiday_restore",
                on_click=data.change,
                args=(kept.keep_year, year, ()),
            )


def as_table(holidays: Sequence[Holiday]) -> pd.DataFrame:
    """Return holidays as the table to edit."""
    rows = [
        (one.name, one.since, one.until, " ".join(day.isoformat() for day in one.work))
        for one in holidays
    ]
    frame = pd.DataFrame(rows, columns=["name", "since", "until", "work"])
    for name in ("since", "until"):
        frame[name] = pd.to_datetime(frame[name])
    return frame.astype({"name": "string", "work": "string"})


def read_table(edited: pd.DataFrame) -> tuple[list[Holiday], int]:
    """Return the holidays of the edited table, and the first row that cannot be read or 0."""
    made: list[Holiday] = []
    for at, row in enumerate(edited.to_dict("records"), start=1):
        try:
            since, until = (pd.Timestamp(row[name]).date() for name in ("since", "until"))
            text = "" if pd.isna(row["work"]) else str(row["work"])
            work = tuple(date.fromisoformat(day) for day in text.replace(",", " ").split())
        except (ValueError, TypeError):
            return [], at
        nameless = pd.isna(row["name"]) or not str(row["name"]).strip()
        if nameless or pd.isna(since) or pd.isna(until) or since > until:
            return [], at
        made.append(Holiday(str(row["name"]).strip(), since, until, work))
    return made, 0
