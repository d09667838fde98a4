"""The forms of the plan: a planned work, and the votes for an idea."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import streamlit as st

from opsdata.errors import OpsdataError
from opsdata.format import literal
from opsdata.i18n import explain, t
from opsdata.team import plan
from opsdata.team.campaigns import campaigns
from opsdata.team.plan import STAGES, Item
from opsdata.ui import data, dialog, plan_words, whose

_EVENING = time(19, 0)


def ask(start: Item | None) -> None:
    """Ask for a new planned work, or for changes of one, and keep it."""
    one = start or Item("")

    @dialog.window(t("plan.edit_title") if start else t("plan.add"), width="large")
    def form() -> None:
        left, right = st.columns(2)
        with left:
            title = st.text_input(
                t("plan.title"), one.title, max_chars=200, key="plan_title",
                placeholder=t("plan.title_hint"),
            )  # fmt: skip
            stage = st.selectbox(
                t("plan.stage"), STAGES, STAGES.index(one.stage),
                format_func=lambda key: t(f"plan.{key}"), key="plan_stage",
            )  # fmt: skip
            slot = _slot(one)
            account = whose.choose(t("plan.account"), t("plan.any"), one.account, "plan_account")
        with right:
            proposer = st.text_input(t("plan.proposer"), one.proposer, key="plan_proposer")
            owner = st.text_input(t("plan.owner"), one.owner, key="plan_owner")
            campaign = _campaign(one)
            note = st.text_area(t("plan.note"), one.note, max_chars=500, key="plan_note")
        made = replace(
            one, title=title, stage=str(stage), slot=slot, account=account, proposer=proposer,
            owner=owner, note=note, campaign=campaign,
        )  # fmt: skip
        _ways(start, made)

    form()


def _ways(start: Item | None, made: Item) -> None:
    with st.container(horizontal=True, key="plan_form_ways"):
        if st.button(t("plan.save"), type="primary", key="plan_save"):
            try:
                data.change(plan.keep, made)
            except OpsdataError as error:
                st.error(literal(explain(error)))
                return
            st.rerun()
        if start is not None and st.button(
            t("plan.remove"), icon=":material/delete:", type="tertiary", key="plan_remove"
        ):
            data.change(plan.drop, start.key)
            st.rerun()


def _slot(one: Item) -> datetime | None:
    """Ask for the time of a planned work, which may stay open."""
    day = st.date_input(
        t("plan.day"), one.slot.date() if one.slot else None, key="plan_day", format="YYYY-MM-DD"
    )
    clock = st.time_input(
        t("plan.clock"), one.slot.time() if one.slot else _EVENING, key="plan_clock", step=1800
    )
    if day is None:
        return None
    assert isinstance(day, date)
    return datetime.combine(day, clock or _EVENING)


def _campaign(one: Item) -> int:
    names = {0: t("plan.no_campaign"), **{each.key: each.name for each in data.ask(campaigns)}}
    keys = list(names)
    return int(
        st.selectbox(
            t("plan.campaign"), keys, keys.index(one.campaign) if one.campaign in keys else 0,
            format_func=names.__getitem__, key="plan_campaign",
        )
    )  # fmt: skip


def vote(one: Item) -> None:
    """Ask who wants an idea, and keep it."""

    @dialog.window(t("plan.vote"))
    def form() -> None:
        st.markdown(plan_words.title(one))
        st.caption(t("plan.vote_help"))
        every = data.ask(plan.plan)
        known = {name for each in every for name in (*each.votes, each.owner, each.proposer)}
        chosen = st.pills(
            t("plan.voters"), sorted(known - {""}), selection_mode="multi",
            default=list(one.votes), key="plan_voters",
        )  # fmt: skip
        more = st.text_input(t("plan.another"), max_chars=40, key="plan_voter")
        if st.button(t("plan.save"), type="primary", key="plan_vote_save"):
            data.change(plan.vote, one.key, (*chosen, more))
            st.rerun()

    form()
