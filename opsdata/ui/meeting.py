"""The meeting: before it the agenda, in it one page after the other, on frozen numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

import streamlit as st

from opsdata import works
from opsdata.errors import OpsdataError
from opsdata.format import literal, moment
from opsdata.i18n import explain, t
from opsdata.meeting import build
from opsdata.meeting.decided import due
from opsdata.team import meetings
from opsdata.team.meetings import Item, Meeting
from opsdata.ui import address, data, decisions, parts, stage, weekly

_MOST_HELD = 12


def draw() -> None:
    """Draw the meeting that the address names, else the way to the next one."""
    asked = address.text("meeting")
    if asked:
        stage.draw(int(asked) if asked.isdecimal() else 0)
        return
    if not data.ask(works.choices).accounts:
        parts.empty("meeting")
        return
    held = data.ask(meetings.meetings)
    _lobby(held)
    _agenda(data.ask(build.agenda))
    decisions.listed()
    _held(held)
    weekly.draw()


def _lobby(held: tuple[Meeting, ...]) -> None:
    """Say what the next meeting is about, and start it."""
    items = [one for one in data.ask(build.agenda) if one.on]
    waiting = len(data.ask(due))
    said = "lobby_due" if waiting else "lobby_said"
    minutes = sum(one.minutes for one in items)
    st.subheader(t(f"meeting.{said}", n=len(items), minutes=minutes, due=waiting), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", key="meeting_start_row"):
        st.button(
            t("meeting.start"), icon=":material/play_arrow:", type="primary", shortcut="S",
            key="meeting_start", on_click=_start, disabled=not items,
        )  # fmt: skip
        running = next((one for one in held if one.ended is None), None)
        if running is not None:
            st.button(
                t("meeting.goes_on", when=moment(running.started)), key="meeting_go_on",
                icon=":material/resume:", on_click=stage.go, args=(running.key, 1), shortcut="G",
            )  # fmt: skip
        st.caption(t("meeting.start_help"), width="stretch")
    if failed := st.session_state.pop("_meeting_failed", None):
        st.error(failed)


def _start() -> None:
    try:
        with st.spinner(t("meeting.starting")):
            key = data.change(build.start, datetime.now().replace(microsecond=0))
    except OpsdataError as error:
        st.session_state["_meeting_failed"] = literal(explain(error))
        return
    stage.go(key, 1)


def _agenda(items: tuple[Item, ...]) -> None:
    """Draw the points with what can be changed of them: order, on or off, minutes."""
    st.markdown(f"### {t('meeting.agenda')}")
    st.caption(t("meeting.agenda_help"))
    for at, one in enumerate(items):
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"item_{one.key}"
        ):
            st.toggle(
                t(f"meeting.item_{one.key}"), key=_show(one, "on"), width=260,
                on_change=_switch, args=(one.key, "on"),
            )  # fmt: skip
            st.number_input(
                t("meeting.minutes"), 1, 90, key=_show(one, "minutes"), width=150,
                on_change=_switch, args=(one.key, "minutes"),
            )  # fmt: skip
            for step, word in ((-1, "up"), (1, "down")):
                st.button(
                    t(f"meeting.{word}"), icon=f":material/arrow_{word}ward:", type="tertiary",
                    key=f"item_{word}_{one.key}", on_click=_move, args=(one.key, step),
                    disabled=not 0 <= at + step < len(items),
                )  # fmt: skip


def _show(one: Item, field: str) -> str:
    """Give the widget of a field what is kept, as others may have changed it; return its key."""
    key = f"item_{field}_{one.key}"
    st.session_state[key] = getattr(one, field)
    return key


def _switch(key: str, field: str) -> None:
    """Keep what was changed, and nothing else of what this visit saw."""
    value = st.session_state[f"item_{field}_{key}"]
    items = [
        replace(one, **{field: value}) if one.key == key else one for one in data.ask(build.agenda)
    ]
    data.change(meetings.keep_agenda, items)


def _move(key: str, step: int) -> None:
    items = list(data.ask(build.agenda))
    at = [one.key for one in items].index(key)
    if 0 <= at + step < len(items):
        items[at], items[at + step] = items[at + step], items[at]
        data.change(meetings.keep_agenda, items)


def _held(held: tuple[Meeting, ...]) -> None:
    """Draw the meetings that were held; each opens its minutes."""
    st.markdown(f"### {t('meeting.held')}")
    if not held:
        st.caption(t("meeting.none_held"))
    for one in held[:_MOST_HELD]:
        name = t("meeting.frozen", when=moment(one.started), version=one.version)
        st.button(
            name, icon=":material/description:", type="tertiary", key=f"held_{one.key}",
            on_click=partial(stage.go, one.key, 1),
        )  # fmt: skip
