"""The form in which a saying is written down or changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar, cast

import streamlit as st

from opsdata import i18n, works
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.team import beliefs
from opsdata.team.beliefs import KPIS, Belief, Conditions
from opsdata.ui import data, dialog

_LENGTHS = ("photo", "0-1min", "1-3min", "3-5min", "5min+")
Choice = TypeVar("Choice", str, int)


def ask(belief: Belief) -> None:
    """Open the form for a saying; a new one has no words yet."""
    title = t("sayings.edit") if belief.belief_id else t("sayings.add")

    @dialog.window(title, width="medium")
    def form() -> None:
        saying = st.text_input(
            t("sayings.saying"),
            belief.saying,
            placeholder=t("sayings.placeholder"),
            max_chars=200,
            key="belief_saying",
        )
        kpi, better = _outcome(belief)
        conditions = _conditions(belief)
        made = replace(belief, saying=saying, kpi=kpi, better=better, conditions=conditions)
        if made.conditions.empty:
            st.caption(t("sayings.needs_condition"))
        ready = bool(saying.strip()) and not made.conditions.empty
        if st.button(t("sayings.save"), type="primary", disabled=not ready, key="belief_save"):
            data.change(beliefs.keep, made)
            st.rerun()

    form()


def _outcome(belief: Belief) -> tuple[str, bool]:
    """Ask what the works are said to do: in which KPI, and in which direction."""
    with st.container(horizontal=True):
        kpi = st.selectbox(
            t("factors.kpi"),
            KPIS,
            KPIS.index(belief.kpi),
            format_func=lambda key: t(f"kpi.{key}"),
            key="belief_kpi",
        )
        better = st.segmented_control(
            t("sayings.direction"),
            (True, False),
            default=belief.better,
            format_func=lambda value: t("sayings.higher" if value else "sayings.lower"),
            required=True,
            key="belief_better",
        )
    return kpi, bool(better)


def _conditions(belief: Belief) -> Conditions:
    """Ask which works are meant; what is left empty does not matter."""
    choices, known = data.ask(works.choices), belief.conditions
    st.markdown(f"**{t('sayings.which')}**")
    with st.grid(2, min_column_width=220, gap="small"):
        label = _one(t("dimension.label"), choices.labels, known.label, "label")
        hashtag = _one(t("dimension.hashtag"), choices.hashtags, known.hashtag, "hashtag")
        genre = _one(t("dimension.genre"), choices.genres, known.genre, "genre")
        length = _one(t("dimension.length_band"), _LENGTHS, known.length_band, "length_band")
        title_has = st.text_input(
            t("sayings.title_has"), known.title_has or "", key="belief_title_has"
        ).strip()
        days = t("weekday.short").split()
        weekdays = st.multiselect(
            t("dimension.weekday"),
            range(1, 8),
            known.weekdays,
            format_func=lambda day: days[day - 1],
            placeholder=t("filter.any"),
            key="belief_weekdays",
        )
        hours = _hours(known)
    return Conditions(
        label, hashtag, genre, length, title_has or None, tuple(sorted(weekdays)), *hours
    )


def _hours(known: Conditions) -> tuple[int | None, int | None]:
    first = _one(t("sayings.hour_from"), tuple(range(24)), known.hour_from, "hour_from")
    last = _one(t("sayings.hour_to"), tuple(range(25)), known.hour_to, "hour_to")
    return (first, last) if first is not None and last is not None else (None, None)


def _one(name: str, options: tuple[Choice, ...], value: Choice | None, key: str) -> Choice | None:
    """Ask for one of some values, or none."""
    offered = options if value is None or value in options else (value, *options)
    chosen = st.selectbox(
        name,
        offered,
        None if value is None else offered.index(value),
        format_func=lambda one: _shown(key, one),
        placeholder=t("filter.any"),
        key=f"belief_{key}",
    )
    return cast("Choice | None", chosen)


def _shown(key: str, value: str | int) -> str:
    if key == "length_band":
        return t(f"trait.length_band.{value}")
    if isinstance(value, int):
        return f"{value}:00"
    return i18n.named(key, value) if key == "genre" else literal(value)
