"""Notes of the team beside figures: flags for charts, words for tables, and a way to write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import streamlit as st

from opsdata import i18n, queries, works
from opsdata.charts.flags import Flag
from opsdata.filters import Filters
from opsdata.format import literal, noted, short_title
from opsdata.i18n import t
from opsdata.metrics import Basis
from opsdata.team import notes
from opsdata.team.notes import LONGEST, Note
from opsdata.ui import data, dialog, whose


def in_view(filters: Filters, since: date | None, until: date | None) -> tuple[Note, ...]:
    """Return the notes that belong to some days of a view."""
    return data.ask(notes.within, since, until, filters.accounts)


def day_flags(found: Iterable[Note]) -> list[Flag]:
    """Return notes as flags on days."""
    return [Flag(one.day, noted(one)) for one in found]


def age_flags(one: works.Work, oldest: float, mark: str = "") -> list[Flag]:
    """Return what was noted on a work, and on the days of its life so far, by its age."""
    found = [note for note in data.ask(notes.notes) if _concerns(note, one)]
    ages = [(_age(note.day, one.published_at), note) for note in found]
    return [
        Flag(age, mark + noted(note, about=not note.video))
        for age, note in ages
        if 0 <= age <= oldest
    ]


def _concerns(note: Note, one: works.Work) -> bool:
    if note.video:
        return note.video == one.video
    return note.account in ("", one.account)


def _age(day: date, published: datetime) -> float:
    """Return how old a work was on a day; a day says nothing of the hour."""
    return float((day - published.date()).days)


def of_days(found: Iterable[Note]) -> Mapping[date, str]:
    """Return what was noted on each day, in one text."""
    days: dict[date, list[str]] = {}
    for one in found:
        days.setdefault(one.day, []).append(noted(one))
    return {day: t("notes.join").join(texts) for day, texts in days.items()}


def of_works() -> Mapping[str, str]:
    """Return what was noted on each work, in one text."""
    found: dict[str, list[str]] = {}
    for one in data.ask(notes.notes):
        if one.video:
            found.setdefault(one.video, []).append(one.text)
    return {video: t("notes.join").join(texts) for video, texts in found.items()}


def by_title() -> Mapping[str, str]:
    """Return what was noted on works by their titles, where charts know only these."""
    known = of_works()
    return {
        one.title: known[one.video]
        for one in data.ask(notes.notes)
        if one.video and one.title is not None
    }


def of_titles(titles: Iterable[str]) -> None:
    """Draw what was noted on the works that a chart names, a line each."""
    known = by_title()
    for title in titles:
        if title in known:
            name = t("notes.work", title=short_title(title))
            said = t("notes.about", whose=name, text=known[title])
            st.caption(f":material/flag_2: {literal(said)}")


def line(video: str) -> None:
    """Draw what was noted on a work in a line, if anything was."""
    if known := of_works().get(video):
        st.caption(f":material/flag_2: {literal(known)}")


def draw(filters: Filters, since: date, until: date) -> None:
    """Draw the notes of some days as lines, and the way to a new one."""
    _list(in_view(filters, since, until), "day")
    account = filters.accounts[0] if len(filters.accounts) == 1 else ""
    newest = data.ask(queries.newest, Basis.HAPPENED, filters.accounts) or until
    _new(Note(min(newest, until), "", account), "day")


def draw_work(one: works.Work) -> None:
    """Draw the notes on a work as lines, and the way to a new one."""
    _list(data.ask(notes.of_work, one.video), "work")
    _new(Note(one.captured_at.date(), "", one.account, one.video, one.title), "work")


def _new(start: Note, key: str) -> None:
    if st.button(t("notes.add"), icon=":material/flag_2:", type="tertiary", key=f"note_add_{key}"):
        _write(start)


def _list(found: Sequence[Note], key: str) -> None:
    for one in reversed(found):
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"note_{key}_{one.key}"
        ):
            day = f"**{i18n.day(one.day)}**"
            said = literal(noted(one, about=key == "day"))
            st.markdown(f":material/flag_2: {day} {said}", width="stretch")
            if st.button(
                t("notes.edit"), icon=":material/edit:", type="tertiary",
                key=f"note_edit_{key}_{one.key}",
            ):  # fmt: skip
                _write(one)
            st.button(
                t("notes.remove"), icon=":material/delete:", type="tertiary",
                key=f"note_drop_{key}_{one.key}",
                on_click=data.change, args=(notes.drop, one.key),
            )  # fmt: skip


def _write(start: Note) -> None:
    """Ask for the words of a note and keep it."""

    @dialog.window(t("notes.edit_title") if start.key else t("notes.add"))
    def ask() -> None:
        if start.video:
            st.markdown(literal(t("notes.work", title=short_title(start.title, 60))))
        day = st.date_input(t("notes.day"), start.day, key="note_day", format="YYYY-MM-DD")
        account = start.account
        if not start.video:
            account = whose.choose(t("notes.account"), t("notes.all"), account, "note_account")
        words = st.text_area(t("notes.text"), start.text, max_chars=LONGEST, key="note_text")
        if st.button(t("notes.save"), type="primary", key="note_save"):
            if not words.strip():
                st.error(t("error.empty_note"))
                return
            assert isinstance(day, date)
            data.change(notes.keep, Note(day, words, account, start.video, None, start.key))
            st.rerun()

    ask()
