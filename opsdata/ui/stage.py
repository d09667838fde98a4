"""One page of a meeting on the whole screen, and the keys that lead through it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pandas as pd
import streamlit as st

from opsdata import i18n, theme
from opsdata.charts.minutes import minutes_chart
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.meeting import build
from opsdata.reports.minutes import Minutes, Slide, Table
from opsdata.reports.minutes_html import to_html
from opsdata.reports.minutes_pptx import to_pptx
from opsdata.reports.minutes_xlsx import minutes_to_xlsx
from opsdata.team import decisions as kept
from opsdata.team import meetings
from opsdata.ui import address, data, decide, dialog, save

_WAIT = 7
_FILES = (
    ("pptx", "P", to_pptx),
    ("xlsx", "X", minutes_to_xlsx),
    ("html", "H", to_html),
)
"""The minutes to take away: the kind of file, its key, what makes it."""
_CHART_HEIGHT = 320
_LONE_CHART = 400


def go(key: int, at: int) -> None:
    """Show a page of a meeting; a callback."""
    address.put(meeting=str(key), slide=str(at))


def draw(key: int) -> None:
    """Draw the page that the address names, of a meeting as it was frozen."""
    shown = data.ask(build.load, key, i18n.current())
    if shown is None or not shown.slides:
        st.info(t("meeting.unknown"))
        st.button(t("meeting.leave"), key="stage_leave", on_click=_leave, shortcut="Q")
        return
    asked = address.text("slide")
    at = min(max(int(asked) if asked.isdecimal() else 1, 1), len(shown.slides))
    slide = shown.slides[at - 1]
    with st.container(key="stage", gap="small"):
        _head(shown, slide, at)
        with st.container(key="stage_body", gap="small"):
            _body(slide)
            if slide.key == "reviews":
                _keep_results(key)
        _foot(shown, key, at)


def _head(shown: Minutes, slide: Slide, at: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="stage_head"):
        st.markdown(f"#### {literal(slide.title)}", width="stretch")
        progress = t("meeting.progress", at=at, n=len(shown.slides), minutes=slide.minutes)
        st.markdown(f":gray[{literal(progress)}]", width="content")
        st.badge(shown.frozen, icon=":material/ac_unit:", color="blue")


def _body(slide: Slide) -> None:
    st.markdown(f"## {literal(slide.answer)}")
    if slide.figures:
        with st.grid(len(slide.figures), gap="small"):
            for one in slide.figures:
                st.metric(
                    one.name, one.cell.text, one.beside or None,
                    delta_color="off", delta_arrow="off",
                )  # fmt: skip
    if slide.chart is not None and slide.table is not None:
        left, right = st.columns([3, 2], gap="medium")
        with left:
            _chart(slide, _CHART_HEIGHT)
        with right:
            _table(slide.table)
    elif slide.chart is not None:
        _chart(slide, _LONE_CHART)
    elif slide.table is not None:
        _table(slide.table)
    if slide.remarks:
        st.caption(literal(t("meeting.stop_list").join(slide.remarks)))


def _chart(slide: Slide, height: int) -> None:
    assert slide.chart is not None
    st.plotly_chart(
        minutes_chart(slide.chart, height), theme=None, config=theme.CONFIG,
        key=f"stage_chart_{slide.key}", alt=f"{slide.chart.title}: {slide.answer}",
    )  # fmt: skip


def _table(table: Table) -> None:
    frame = pd.DataFrame(
        [[literal(cell.text) for cell in row] for row in table.rows],
        columns=[literal(name) for name in table.header],
    )
    st.table(frame.set_index(frame.columns[0]))


def _foot(shown: Minutes, key: int, at: int) -> None:
    n = len(shown.slides)
    with st.container(horizontal=True, vertical_alignment="center", key="stage_foot", gap="small"):
        st.button(t("meeting.back"), icon=":material/arrow_back:", shortcut="Left",
                  key="stage_back", disabled=at == 1, on_click=go, args=(key, at - 1))  # fmt: skip
        st.button(t("meeting.next"), icon=":material/arrow_forward:", shortcut="Right",
                  type="primary", key="stage_next", disabled=at == n,
                  on_click=go, args=(key, at + 1))  # fmt: skip
        if st.button(t("meeting.notes"), icon=":material/speaker_notes:", shortcut="N",
                     key="stage_notes", type="tertiary"):  # fmt: skip
            _notes(key, shown.slides[at - 1])
        if st.button(t("meeting.decide"), icon=":material/gavel:", shortcut="D",
                     key="stage_decide", type="tertiary"):  # fmt: skip
            decide.ask(key)
        _downloads(shown)
        st.button(t("meeting.end"), icon=":material/flag:", type="tertiary", key="stage_end",
                  shortcut="E", on_click=_end, args=(key,))  # fmt: skip
        st.button(t("meeting.leave"), icon=":material/close:", type="tertiary", key="stage_leave",
                  shortcut="Q", on_click=_leave)  # fmt: skip


def _downloads(shown: Minutes) -> None:
    """Offer the minutes as files; they are made of the frozen numbers when asked for."""
    stem = f"opsdata-{shown.name}"
    for kind, key, make in _FILES:
        save.button(
            t(f"meeting.as_{kind}"), partial(make, shown), f"{stem}.{kind}", f"minutes_{kind}",
            shortcut=key,
        )  # fmt: skip


def _leave() -> None:
    address.put(meeting="", slide="")


def _end(key: int) -> None:
    data.change(meetings.end, key, datetime.now().replace(microsecond=0))
    _leave()


def _notes(key: int, slide: Slide) -> None:
    """Show what the presenter noted on a page, and keep what is changed."""

    @dialog.window(t("meeting.notes"))
    def ask() -> None:
        spoken = st.text_area(
            t("meeting.notes"), slide.spoken, max_chars=2000, key=f"spoken_{slide.key}",
            label_visibility="collapsed",
        )  # fmt: skip
        if st.button(t("meeting.save"), type="primary", key="spoken_save"):
            data.change(build.speak, key, slide.key, spoken)
            st.rerun()

    ask()


def _keep_results(key: int) -> None:
    """Offer to keep what the reviews found, as frozen; those without a result can wait."""
    found = data.ask(build.outcomes, key)
    if not found:
        st.caption(t("meeting.results_kept"))
        return
    with st.container(horizontal=True, gap="small", key="stage_results"):
        st.button(t("meeting.keep_results"), icon=":material/done:", shortcut="K",
                  key="stage_keep", on_click=_keep, args=(found,))  # fmt: skip
        if unclear := [one for one, outcome in found if not outcome.settled]:
            st.button(t("meeting.wait_more"), icon=":material/schedule:", shortcut="W",
                      key="stage_wait", on_click=_wait, args=(unclear,))  # fmt: skip


def _keep(found: list[tuple[int, kept.Outcome]]) -> None:
    for key, outcome in found:
        data.change(kept.close, key, outcome)


def _wait(unclear: list[int]) -> None:
    """Review decisions again a week later than today's data reach."""
    known = {one.key: one for one in data.ask(kept.decisions)}
    for key in unclear:
        one = known[key]
        today = max(datetime.now().date(), one.review_on)
        days = (today + timedelta(days=_WAIT) - one.decided).days
        data.change(kept.reopen, key, days)
