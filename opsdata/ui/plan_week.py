"""The plan as a week: what is planned for each day, and what went out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import streamlit as st

from opsdata import i18n, works
from opsdata.analysis.plan_match import Fate, State
from opsdata.filters import Filters
from opsdata.format import literal, short_title
from opsdata.i18n import t
from opsdata.ui import address, data, plan_form, plan_words
from opsdata.ui.today import today

_SHORT = 40


def draw(found: Sequence[Fate]) -> None:
    """Draw the week that the address names, else this one."""
    monday = _choose()
    sunday = monday + timedelta(days=6)
    taken = {one.work.video for one in found if one.work is not None}
    out = data.ask(works.listing, Filters(monday, sunday, _whose()))
    more = out[~out["video"].isin(taken)].sort_values("published_at")
    for at, column in enumerate(st.columns(7, gap="small")):
        day = monday + timedelta(days=at)
        with column:
            mark = ":blue[●] " if day == today() else ""
            st.markdown(f"{mark}**{t(f'timing.day_{at + 1}')}** :gray[{i18n.day(day)}]")
            planned = [one for one in found if one.item.slot and one.item.slot.date() == day]
            for one in planned:
                _card(one)
            others = more[more["published_at"].dt.date == day]
            for title, moment in zip(others["title"], others["published_at"], strict=True):
                _unplanned(title, moment)
            if not planned and others.empty:
                st.caption(t("plan.free"))


def _whose() -> tuple[str, ...]:
    """Return the account that the address names, none for all own ones."""
    whose = address.text("plan_of")
    return (whose,) if whose in data.ask(works.choices).accounts else ()


def _choose() -> date:
    """Draw the way to the weeks before and after; return the Monday of the one shown."""
    now = today() - timedelta(days=today().weekday())
    monday = _monday(address.text("monday")) or now
    with st.container(horizontal=True, vertical_alignment="center", key="plan_weeks"):
        for key, to, icon in (
            ("week_before", monday - timedelta(days=7), ":material/chevron_left:"),
            ("week_now", now, None),
            ("week_after", monday + timedelta(days=7), ":material/chevron_right:"),
        ):
            st.button(
                t(f"plan.{key}"), icon=icon, type="tertiary", key=f"plan_{key}",
                on_click=address.put, kwargs={"monday": "" if to == now else to.isoformat()},
            )  # fmt: skip
        st.markdown(f"**{i18n.span(monday, monday + timedelta(days=6))}**", width="content")
    return monday


def _monday(text: str) -> date | None:
    """Return the Monday of the week of a day in the address, None when it is no day."""
    try:
        day = date.fromisoformat(text)
        return day - timedelta(days=day.weekday())
    except (ValueError, OverflowError):
        return None


def _card(fate: Fate) -> None:
    one = fate.item
    assert one.slot is not None
    with st.container(border=True, gap="xsmall", key=f"plan_day_{one.key}"):
        st.markdown(f"**{one.slot:%H:%M}** {plan_words.title(one)}")
        colour = plan_words.COLOURS[fate.state]
        said = plan_words.state(fate) if fate.state is not State.AHEAD else t(f"plan.{one.stage}")
        owner = plan_words.people(one)
        st.caption(f":{colour}[{said}]" + (f" · {owner}" if owner else ""))
        if st.button(
            t("plan.change"), icon=":material/edit:", type="tertiary", key=f"plan_at_{one.key}"
        ):
            plan_form.ask(one)


def _unplanned(title: object, moment: datetime) -> None:
    """Draw a work that went out without having been planned."""
    st.caption(
        f":material/check: {moment:%H:%M} {literal(short_title(title, _SHORT))} "
        f":gray[{t('plan.unplanned')}]"
    )
