"""The plan as a board: a column for each stage, a card for each planned work."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from opsdata.analysis.plan_match import Fate, State
from opsdata.analysis.titles import Checked, checked_plan
from opsdata.i18n import t
from opsdata.team.plan import STAGES, move
from opsdata.ui import data, plan_form, plan_words

_MOST = {"done": 5}
_EACH = 12
"""So many cards stand in a column; the rest is in the table."""


def draw(found: Sequence[Fate]) -> None:
    """Draw the board."""
    checked = {one.title: one for one in data.ask(checked_plan)}
    columns = st.columns(len(STAGES), gap="small")
    for stage, column in zip(STAGES, columns, strict=True):
        mine = [one for one in found if one.stage == stage]
        with column:
            st.markdown(f"**{t(f'plan.{stage}')}** :gray[{len(mine)}]")
            shown = _ordered(mine, stage)[: _MOST.get(stage, _EACH)]
            for one in shown:
                _card(one, checked.get(one.item.title))
            if len(mine) > len(shown):
                st.caption(t("plan.more", n=len(mine) - len(shown)))
            if not mine:
                st.caption(t("plan.free"))


def _ordered(mine: list[Fate], stage: str) -> list[Fate]:
    """Return the cards of a column: ideas by votes, published ones the newest first."""
    if stage == "idea":
        return sorted(mine, key=lambda one: -len(one.item.votes))
    return mine[::-1] if stage == "done" else mine


def _card(fate: Fate, checked: Checked | None) -> None:
    one = fate.item
    with st.container(border=True, gap="xsmall", key=f"plan_card_{one.key}"):
        st.markdown(plan_words.title(one))
        facts = [plan_words.when(one.slot) if one.slot else "", plan_words.people(one)]
        st.caption("  \n".join(text for text in facts if text) or t("plan.no_time"))
        if fate.state in (State.ASK, State.MISSED):
            st.caption(f":{plan_words.COLOURS[fate.state]}[{plan_words.state(fate)}]")
        if said := plan_words.warning(checked):
            st.caption(f":orange[:material/warning: {said}]")
        with st.container(horizontal=True, gap="xsmall", key=f"plan_ways_{one.key}"):
            _ways(fate)


def _ways(fate: Fate) -> None:
    """Draw what can be done with a card: on to the next stage, vote, change."""
    one = fate.item
    if fate.stage != "done" and (following := one.next_stage):
        st.button(
            t("plan.move", stage=t(f"plan.{following}")), icon=":material/arrow_forward:",
            type="tertiary", key=f"plan_move_{one.key}", on_click=data.change,
            args=(move, one.key, following),
        )  # fmt: skip
    if one.stage == "idea" and st.button(
        t("plan.votes", n=len(one.votes)), icon=":material/thumb_up:", type="tertiary",
        key=f"plan_vote_{one.key}",
    ):  # fmt: skip
        plan_form.vote(one)
    if st.button(
        t("plan.change"), icon=":material/edit:", type="tertiary", key=f"plan_edit_{one.key}"
    ):
        plan_form.ask(one)
