"""The page of campaigns: the verdict on one, its figures, and what it rests on."""

from __future__ import annotations

import streamlit as st

from opsdata import i18n, works
from opsdata.analysis.campaign import Result, result
from opsdata.analysis.placebo import Effect, Verdict
from opsdata.charts.slots import percent
from opsdata.format import MISSING, label, literal, short
from opsdata.i18n import t
from opsdata.metrics import METRICS, Unit
from opsdata.team.campaigns import Campaign, campaigns, drop
from opsdata.team.plan import plan
from opsdata.ui import address, campaign_days, campaign_form, campaign_tables, data, frame, parts


def draw() -> None:
    """Draw the campaign that the address names, else the latest, and all of them below."""
    if not data.ask(works.choices).accounts:
        parts.empty("campaigns")
        return
    known = data.ask(campaigns)
    if not known:
        st.subheader(t("campaigns.none"), anchor=False)
        _add()
        return
    found = data.ask(result, _chosen(known).key)
    if found is None:
        return
    st.subheader(answer(found), anchor=False)
    _head(known, found.campaign)
    _cards(found)
    _ahead(found.campaign)
    campaign_days.draw(found)
    campaign_tables.stretches(found)
    campaign_tables.listed(found)
    campaign_tables.every()


def answer(found: Result) -> str:
    """Return what can be said of a campaign, in a sentence or two."""
    one, effect = found.campaign, found.effect
    name = literal(one.name)
    if effect.verdict is Verdict.NOT_ENOUGH:
        said = t("campaigns.not_enough", name=name, reason=reason(effect))
    else:
        size = percent(effect.effect or 0.0).lstrip("+-")
        said = t(f"campaigns.{effect.verdict}", name=name, n=effect.n, **ends(effect), **(
            {} if effect.verdict is Verdict.UNCLEAR else {"effect": size}
        ))  # fmt: skip
    share = found.goal.share
    return said if share is None else said + t("campaigns.goal_said", share=f"{share:.0%}")


def ends(effect: Effect) -> dict[str, str]:
    """Return the ends of an interval as they are said."""
    return {"low": percent(effect.low or 0.0), "high": percent(effect.high or 0.0)}


def reason(effect: Effect) -> str:
    """Return why there is not enough to say anything."""
    return t(f"campaigns.{effect.reason}", n=effect.n, needed=effect.needed)


def _chosen(known: tuple[Campaign, ...]) -> Campaign:
    key = address.single("campaign", [str(one.key) for one in known], str(known[0].key))
    return next(one for one in known if str(one.key) == key)


def _head(known: tuple[Campaign, ...], one: Campaign) -> None:
    """Draw the choice of a campaign, what it is, and the ways to change it."""
    names = {str(each.key): each.name for each in known}
    with st.container(horizontal=True, vertical_alignment="center", key="campaign_head"):
        st.selectbox(
            t("campaigns.choose"), list(names), format_func=names.__getitem__, width=260,
            key=address.show("campaign", str(one.key)), label_visibility="collapsed",
            on_change=address.take, args=("campaign", str(known[0].key)),
        )  # fmt: skip
        if st.button(t("campaigns.edit"), icon=":material/edit:", type="tertiary",
                     key="campaign_edit"):  # fmt: skip
            campaign_form.ask(one)
        st.button(
            t("campaigns.remove"), icon=":material/delete:", type="tertiary",
            key="campaign_drop", on_click=data.change, args=(drop, one.key),
        )  # fmt: skip
        _add()
    st.caption(literal(facts(one)))


def facts(one: Campaign) -> str:
    """Return what a campaign is, in a line."""
    tags = " ".join(f"#{tag}" for tag in one.hashtags) or t("campaigns.every_work")
    return t(
        "campaigns.facts_line", kind=t(f"campaigns.{one.kind}"), tags=tags,
        days=i18n.span(one.since, one.until), account=one.account or t("campaigns.all"),
    )  # fmt: skip


def _add() -> None:
    if st.button(t("campaigns.add"), icon=":material/add:", key="campaign_add"):
        campaign_form.ask(None)


def _cards(found: Result) -> None:
    """Draw the figures of a campaign: its works, the time after, its days, goal and cost."""
    with st.grid(5, min_column_width=160, gap="small"):
        _effect("during", found.during.effect, "card_works")
        _effect("after", found.after.effect, "card_works")
        if found.days is not None:
            _effect("days", found.days.effect, "card_range_days")
        _goal(found)
    effect = found.effect
    if effect.p is not None:
        st.caption(
            t("campaigns.placebo", p=f"{effect.p:.0%}", n=effect.placebos),
            help=t("campaigns.placebo_help"),
        )


def _effect(name: str, effect: Effect, line: str) -> None:
    with st.container(border=True, height="stretch", key=f"campaign_card_{name}"):
        known = effect.effect is not None
        value = percent(effect.effect or 0.0) if known else MISSING
        st.metric(t(f"campaigns.card_{name}"), value)
        st.caption(t(f"campaigns.{line}", **ends(effect), n=effect.n) if known else reason(effect))


def _goal(found: Result) -> None:
    """Draw how far the goal is reached, and what each one reached costs."""
    goal = found.goal
    unit = METRICS[goal.metric].unit
    so_far = short(goal.so_far, unit)
    with st.container(border=True, height="stretch", key="campaign_card_goal"):
        if goal.share is None:
            st.metric(t("campaigns.card_so_far", metric=label(goal.metric)), so_far)
            st.caption(t("campaigns.no_goal"))
        else:
            st.metric(t("campaigns.card_goal"), f"{goal.share:.0%}")
            of = t("campaigns.card_goal_of", so_far=so_far, goal=short(goal.goal, unit))
            st.caption(f"{label(goal.metric)} {of}")
    with st.container(border=True, height="stretch", key="campaign_card_cost"):
        st.metric(t("campaigns.card_cost", metric=label(goal.metric)), money(goal.cost))
        budget = goal.budget
        st.caption(
            t("campaigns.no_budget")
            if budget is None
            else t("campaigns.card_budget", budget=short(budget, Unit.COUNT))
        )


def money(value: float | None) -> str:
    """Return an amount of money, a dash where it is not known."""
    if value is None:
        return MISSING
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _ahead(one: Campaign) -> None:
    """Say how many works are planned for a campaign that are not out yet."""
    n = sum(each.campaign == one.key and each.stage != "done" for each in data.ask(plan))
    if n:
        st.page_link(
            frame.page("plan"), label=t("campaigns.planned", n=n), icon=":material/view_kanban:"
        )
