"""What happened in a crisis, day by day: its moments, works published, what the team noted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from opsdata import i18n
from opsdata.analysis.crises import Crisis, published
from opsdata.filters import Filters
from opsdata.format import literal, short_title
from opsdata.i18n import t
from opsdata.team.notes import Note
from opsdata.ui import data, notes

_NAMED = 2
"""So many works of a day are named, the others counted."""


def moments(one: Crisis) -> list[tuple[date, str]]:
    """Return the moments of a crisis, each day once."""
    found = [(one.signs, t("crises.signs")), (one.peak, t("crises.peak"))]
    if one.first_answer is not None:
        found.append((one.first_answer, t("crises.first_answer")))
    if one.over is not None:
        found.append((one.over, t("crises.over")))
    days: dict[date, list[str]] = {}
    for day, name in found:
        days.setdefault(day, []).append(name)
    return [(day, " · ".join(names)) for day, names in sorted(days.items())]


def noted(one: Crisis) -> tuple[Note, ...]:
    """Return what the team noted on the account, its works and its days meanwhile."""
    return notes.in_view(Filters(accounts=(one.account,)), one.signs, one.over)


def course(one: Crisis) -> Mapping[date, str]:
    """Return what happened on each day that anything happened on, in one text."""
    days: dict[date, list[str]] = {}
    for day, name in moments(one):
        days.setdefault(day, []).append(name)
    works: dict[date, list[str | None]] = {}
    for day, title in data.ask(published, one):
        works.setdefault(day, []).append(title)
    for day, titles in works.items():
        days.setdefault(day, []).append(_published(titles))
    for day, text in notes.of_days(noted(one)).items():
        days.setdefault(day, []).append(t("crises.noted", text=text))
    return {day: t("crises.and").join(said) for day, said in sorted(days.items())}


def _published(titles: list[str | None]) -> str:
    named = t("list.comma").join(
        t("notes.work", title=short_title(title)) for title in titles[:_NAMED]
    )
    key = "published_more" if len(titles) > _NAMED else "published"
    return t(f"crises.{key}", n=len(titles), titles=named)


def draw(days: Mapping[date, str]) -> None:
    """Draw the course of a crisis, a line a day."""
    with st.container(border=True, gap="small", key="crisis_course"):
        for day, said in days.items():
            st.markdown(f"**{i18n.day(day)}** {literal(said)}")
