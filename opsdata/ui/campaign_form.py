"""The form of a campaign: what it is called, when it runs, whose it is, what it is to reach."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from opsdata import works
from opsdata.analysis.campaign import METRICS
from opsdata.errors import OpsdataError
from opsdata.format import label, literal
from opsdata.i18n import explain, t
from opsdata.team.campaigns import KINDS, Campaign, keep
from opsdata.ui import data, dialog, whose
from opsdata.ui.today import today


def ask(start: Campaign | None) -> None:
    """Ask for a new campaign, or for changes of one, and keep it."""
    first = today()
    one = start or Campaign("", first, first + timedelta(days=13))

    @dialog.window(t("campaigns.edit_title") if start else t("campaigns.add"), width="large")
    def form() -> None:
        left, right = st.columns(2)
        with left:
            name = st.text_input(t("campaigns.name"), one.name, max_chars=80, key="campaign_name")
            kind = st.segmented_control(
                t("campaigns.kind"), KINDS, default=one.kind, required=True,
                format_func=lambda key: t(f"campaigns.{key}"), key="campaign_kind",
            )  # fmt: skip
            since = _day("since", one.since)
            until = _day("until", one.until)
            account = whose.choose(
                t("campaigns.account"), t("campaigns.all"), one.account, "campaign_account"
            )
        with right:
            tags = _hashtags(one)
            metric, goal, budget = _aim(one)
        if st.button(t("campaigns.save"), type="primary", key="campaign_save"):
            _keep(
                Campaign(
                    name, since, until, str(kind), account, tags, metric, goal, budget, one.key
                )
            )

    form()


def _day(name: str, start: date) -> date:
    chosen = st.date_input(
        t(f"campaigns.{name}"), start, key=f"campaign_{name}", format="YYYY-MM-DD"
    )
    assert isinstance(chosen, date)
    return chosen


def _hashtags(one: Campaign) -> tuple[str, ...]:
    known = list(dict.fromkeys([*one.hashtags, *data.ask(works.choices).hashtags]))
    chosen: list[str] = st.multiselect(
        t("campaigns.hashtags"), known, default=list(one.hashtags), accept_new_options=True,
        help=t("campaigns.hashtags_help"), placeholder=t("campaigns.choose_tags"),
        key="campaign_hashtags",
    )  # fmt: skip
    return tuple(chosen)


def _aim(one: Campaign) -> tuple[str, float | None, float | None]:
    """Ask what a campaign is to reach, and with how much money; both may stay open."""
    metric = st.selectbox(
        t("campaigns.metric"), METRICS, METRICS.index(one.metric), format_func=label,
        key="campaign_metric",
    )  # fmt: skip
    goal = st.number_input(
        t("campaigns.goal"), 0.0, value=one.goal, step=1.0, format="%.0f",
        help=t("campaigns.goal_help"), key="campaign_goal",
    )  # fmt: skip
    budget = st.number_input(
        t("campaigns.budget"), 0.0, value=one.budget, step=100.0, format="%.2f",
        help=t("campaigns.budget_help"), key="campaign_budget",
    )  # fmt: skip
    return str(metric), goal, budget


def _keep(one: Campaign) -> None:
    try:
        data.change(keep, one)
    except OpsdataError as error:
        st.error(literal(explain(error)))
        return
    st.rerun()
