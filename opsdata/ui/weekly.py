"""The weekly reports: one to be written now, and those that are written, to download."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from opsdata import i18n
from opsdata.errors import OpsdataError
from opsdata.format import literal
from opsdata.i18n import explain, t
from opsdata.meeting import weekly
from opsdata.meeting.weekly import WRITERS, Week, Written
from opsdata.ui import data, language, save

_MOST = 12


def draw() -> None:
    """Draw the way to a new report, and the reports that are written."""
    st.markdown(f"### {t('weekly.title')}")
    st.caption(t("weekly.help"))
    weeks = data.ask(weekly.weeks)
    if weeks:
        _new(weeks)
    else:
        st.caption(t("weekly.no_weeks"))
    known = weekly.written(data.installation().space.reports)
    if weeks and not known:
        st.caption(t("weekly.none"))
    for one in known[:_MOST]:
        _line(one)


def _new(weeks: tuple[Week, ...]) -> None:
    ended = data.ask(weekly.last)
    with st.container(horizontal=True, vertical_alignment="bottom", key="weekly_new"):
        st.selectbox(
            t("weekly.choose"),
            [one.name for one in weeks],
            weeks.index(ended) if ended in weeks else 0,
            format_func=_option,
            key="weekly_week",
            width=300,
        )
        st.button(
            t("weekly.write"), icon=":material/description:", key="weekly_write", on_click=_write
        )
    if done := st.session_state.pop("_weekly_done", None):
        st.success(done)
    if failed := st.session_state.pop("_weekly_failed", None):
        st.error(failed)


def _option(name: str) -> str:
    one = Week.named(name)
    return t("weekly.option", week=one.name, days=i18n.span(one.since, one.until))


@language.spoken
def _write() -> None:
    one, state = Week.named(st.session_state["weekly_week"]), st.session_state
    folder = data.installation().space.reports
    try:
        with st.spinner(t("weekly.writing")):
            data.change(weekly.write, one, folder, i18n.current(), datetime.now())
    except OpsdataError as error:
        state["_weekly_failed"] = literal(explain(error))
    else:
        state["_weekly_done"] = t("weekly.done", week=one.name)


def _line(one: Written) -> None:
    with st.container(
        horizontal=True,
        vertical_alignment="center",
        gap="small",
        key=f"report_{one.week}_{one.lang}",
    ):
        st.markdown(f"**{one.week}** :gray[{t(f'weekly.lang_{one.lang}')}]", width=180)
        for ending in filter(one.files.__contains__, WRITERS):
            path = one.files[ending]
            words, key = t(f"meeting.as_{ending}"), f"report_{one.week}_{one.lang}_{ending}"
            save.button(words, path.read_bytes, path.name, key)
