"""What was decided: a line each with its view, and the same as a table to download."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pandas as pd
import streamlit as st

from opsdata.format import literal
from opsdata.i18n import t
from opsdata.meeting import build
from opsdata.meeting.decided import expected, state
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.team.decisions import Decision, decisions
from opsdata.ui import data, decide, frame, parts

_MOST = 20


def listed() -> None:
    """Draw the decisions, the newest first, and the way to a new one."""
    with st.container(horizontal=True, vertical_alignment="center", key="decisions_head"):
        st.markdown(f"### {t('meeting.decisions')}", width="stretch")
        if st.button(t("meeting.decide"), icon=":material/gavel:", key="decide", shortcut="D"):
            decide.ask()
    known = data.ask(decisions)
    if not known:
        st.caption(t("meeting.none_decided"))
        return
    for one in known[:_MOST]:
        _line(one)
    parts.downloads(_sheet(known), "decisions")


def _line(one: Decision) -> None:
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"decision_{one.key}"
    ):
        facts = (one.decided.isoformat(), one.who, expected(one), f"{one.chance:.0%}", state(one))
        said = f"**{literal(one.what)}** :gray[{literal(' · '.join(facts))}]"
        st.markdown(said, width="stretch")
        if one.link:
            st.page_link(
                frame.page("overview"), label=t("meeting.see_why"), icon=":material/insights:",
                query_params=dict(parse_qsl(one.link)),
            )  # fmt: skip
        st.button(
            t("meeting.drop"), icon=":material/delete:", type="tertiary",
            key=f"decision_drop_{one.key}", on_click=data.change, args=(build.drop, one.key),
        )  # fmt: skip


def _sheet(known: tuple[Decision, ...]) -> Sheet:
    outcomes = [one.outcome for one in known]
    rows = pd.DataFrame(
        {
            "decided": [one.decided.isoformat() for one in known],
            "what": [one.what for one in known],
            "who": [one.who for one in known],
            "why": [one.why for one in known],
            "expected": [expected(one) for one in known],
            "chance": [one.chance for one in known],
            "due": [one.due.isoformat() for one in known],
            "state": [state(one) for one in known],
            "effect": [None if one is None else one.effect for one in outcomes],
            "low": [None if one is None else one.low for one in outcomes],
            "high": [None if one is None else one.high for one in outcomes],
        }
    )
    names = {
        "decided": "decided", "what": "decision", "who": "who", "why": "why",
        "expected": "expected", "chance": "team_chance", "due": "by_when", "state": "state",
        "effect": "effect", "low": "effect_low", "high": "effect_high",
    }  # fmt: skip
    numbers = ("chance", "effect", "low", "high")
    columns = tuple(
        Column(key, t(f"meeting.{name}"), Unit.SHARE if key in numbers else None)
        for key, name in names.items()
    )
    facts = parts.about(["views"], (t("meeting.reviews_how"), t("meeting.brier_help")))
    return Sheet(t("meeting.decisions_sheet"), rows, columns, facts, t("facts.sheet"))
