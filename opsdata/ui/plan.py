"""The page of the plan: what goes out next, as board, week or table, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

import streamlit as st

from opsdata import i18n, works
from opsdata.analysis.plan_match import Fate, State, fates
from opsdata.i18n import t
from opsdata.ui import (
    address,
    data,
    plan_board,
    plan_fates,
    plan_form,
    plan_table,
    plan_upload,
    plan_week,
    save,
)
from opsdata.ui.plan_calendar import calendar
from opsdata.ui.today import today

VIEWS = {"board": plan_board.draw, "week": plan_week.draw, "table": plan_table.draw}


def draw() -> None:
    """Draw the plan in the view that the address names, then what became of planned works."""
    every = data.ask(fates)
    st.subheader(answer(every), anchor=False)
    found, view = _choose(every)
    VIEWS[view](found)
    plan_fates.draw(found)
    plan_upload.draw()


def answer(found: Sequence[Fate]) -> str:
    """Return what lies ahead and what became of the last weeks, in a few sentences."""
    if not found:
        return t("plan.nothing")
    first = today()
    last = first + timedelta(days=7)
    ahead = sum(
        one.item.slot is not None and first <= one.item.slot.date() < last and one.stage != "done"
        for one in found
    )
    said = t("plan.said", n=ahead) if ahead else t("plan.said_none")
    past = plan_fates.recent(found)
    states = [one.state for one in past]
    done, missed = states.count(State.PUBLISHED), states.count(State.MISSED)
    if past:
        key = "said_missed" if missed else "said_kept"
        said += t(f"plan.{key}", all=len(past), done=done, **({"missed": missed} if missed else {}))
    asked = sum(one.state is State.ASK for one in found)
    return said + t("plan.said_ask", n=asked) if asked else said


def _choose(every: tuple[Fate, ...]) -> tuple[tuple[Fate, ...], str]:
    """Draw the view, the filters and the ways on; return what is left of the plan."""
    view = address.single("view", list(VIEWS), "board")
    names = list(data.ask(works.choices).accounts)
    whose = address.single("plan_of", names, "")
    people = sorted({one.item.owner for one in every if one.item.owner})
    doer = address.single("doer", people, "")
    with st.container(horizontal=True, vertical_alignment="center", key="plan_head"):
        st.segmented_control(
            t("plan.view"), list(VIEWS), format_func=lambda key: t(f"plan.view_{key}"),
            key=address.show("view", view), required=True, label_visibility="collapsed",
            on_change=address.take, args=("view", "board"),
        )  # fmt: skip
        _pick("plan_of", whose, names, "every")
        _pick("doer", doer, people, "anybody")
        if st.button(t("plan.add"), icon=":material/add:", type="primary", key="plan_add"):
            plan_form.ask(None)
        _calendar(every)
    found = (one for one in every if not whose or one.item.account in ("", whose))
    return tuple(one for one in found if not doer or one.item.owner == doer), view


def _pick(name: str, chosen: str, options: list[str], every: str) -> None:
    st.selectbox(
        t(f"plan.{'account' if name == 'plan_of' else name}"), ["", *options],
        format_func=lambda one: one or t(f"plan.{every}"), width=170,
        key=address.show(name, chosen), label_visibility="collapsed",
        on_change=address.take, args=(name,),
    )  # fmt: skip


def _calendar(every: Sequence[Fate]) -> None:
    """Offer what is planned and not out yet as a calendar."""
    ahead = [one.item for one in every if one.item.slot and one.state is State.AHEAD]
    if ahead:
        save.button(
            t("plan.ics"), partial(calendar, ahead, i18n.current()),
            f"opsdata-plan-{datetime.now():%Y%m%d}.ics", "plan_ics",
            icon=":material/calendar_add_on:",
        )  # fmt: skip
