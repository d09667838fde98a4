"""What became of planned works: those to be told, those missed, and all of them as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pandas as pd
import streamlit as st

from opsdata.analysis.plan_match import Candidate, Fate, State
from opsdata.format import literal, moment, short_title
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.team.plan import became, became_none
from opsdata.ui import data, parts, plan_form, plan_words
from opsdata.ui.today import today

DAYS = 28
_MOST_MISSED = 8
_ROW = 35
_TITLE = 46


def recent(found: Sequence[Fate]) -> list[Fate]:
    """Return the planned works of the last four weeks whose outcome is known or asked for."""
    first = today() - timedelta(days=DAYS)
    return [
        one
        for one in found
        if one.item.slot and one.item.slot.date() >= first and one.state is not State.AHEAD
    ]


def draw(found: Sequence[Fate]) -> None:
    """Draw what is to be told, what was missed, and planned against published."""
    if not found:
        return
    asked = [one for one in found if one.state is State.ASK]
    if asked:
        st.markdown(f"### {t('plan.ask_title')}")
        for one in asked:
            _question(one)
    past = recent(found)
    st.markdown(f"### {t('plan.against')}")
    st.caption(t("plan.against_help"))
    if not past:
        st.caption(t("plan.against_none"))
        return
    _missed([one for one in past if one.state is State.MISSED])
    _table(past)


def _question(fate: Fate) -> None:
    one = fate.item
    assert one.slot is not None
    key = "ask_line" if one.title else "ask_untitled"
    title = {"title": literal(one.title)} if one.title else {}
    with st.container(border=True, gap="xsmall", key=f"plan_ask_{one.key}"):
        st.markdown(t(f"plan.{key}", when=plan_words.when(one.slot), **title))
        for at, each in enumerate(fate.candidates):
            st.button(
                f"{literal(short_title(each.title, _TITLE))} · {moment(each.published_at)}",
                icon=":material/check:", key=f"plan_is_{one.key}_{at}", on_click=data.change,
                args=(became, one.key, each.video),
            )  # fmt: skip
        st.button(
            t("plan.none_of"), icon=":material/close:", type="tertiary",
            key=f"plan_none_{one.key}", on_click=data.change,
            args=(became_none, one.key, tuple(each.video for each in fate.candidates)),
        )  # fmt: skip


def _missed(missed: list[Fate]) -> None:
    """Draw the planned works that did not go out, each with the way to a new time."""
    if not missed:
        return
    st.markdown(f"#### {t('plan.missed_title')}")
    for fate in missed[:_MOST_MISSED]:
        one = fate.item
        assert one.slot is not None
        with st.container(
            horizontal=True, vertical_alignment="center", gap="small", key=f"plan_missed_{one.key}"
        ):
            said = t(
                "plan.missed_line", title=plan_words.title(one), when=plan_words.when(one.slot)
            )
            st.markdown(f":red[:material/event_busy:] {said}", width="stretch")
            if st.button(
                t("plan.again"), icon=":material/edit_calendar:", type="tertiary",
                key=f"plan_again_{one.key}",
            ):  # fmt: skip
                plan_form.ask(one)


def _table(past: list[Fate]) -> None:
    rows = pd.DataFrame([_line(one) for one in past])
    rows["views"] = pd.to_numeric(rows["views"]).astype("float64")
    rows["late"] = pd.to_numeric(rows["late"]).astype("float64")
    columns = (
        Column("title", t("plan.title")),
        Column("slot", t("plan.slot")),
        Column("result", t("plan.result")),
        Column("work", t("plan.work")),
        Column("published_at", t("plan.published_at")),
        Column("late", t("plan.late"), Unit.NUMBER),
        Column("views", t("plan.views"), Unit.COUNT),
    )
    configs = {
        column.key: st.column_config.DatetimeColumn(column.header, format="YYYY-MM-DD HH:mm")
        if column.key in ("slot", "published_at")
        else st.column_config.NumberColumn(column.header, format="%.1f")
        if column.key == "late"
        else st.column_config.NumberColumn(column.header, format="localized")
        if column.key == "views"
        else st.column_config.Column(column.header)
        for column in columns
    }
    picked = st.dataframe(
        rows, hide_index=True, column_order=[column.key for column in columns],
        column_config=configs, row_height=_ROW, height=_ROW * (min(len(rows), 10) + 1) + 3,
        placeholder="—", alt=t("plan.against"), key="table_plan_against",
        on_select="rerun", selection_mode="single-row",
    )  # fmt: skip
    _wrong([past[at] for at in picked["selection"]["rows"] if at < len(past)])
    facts = parts.about(["views"], (t("plan.against"), t("plan.against_help")))
    sheet = Sheet(t("plan.against_sheet"), rows, columns, facts, t("facts.sheet"))
    parts.downloads(sheet, "plan_against")


def _wrong(chosen: list[Fate]) -> None:
    """Offer to take back the match of a chosen row."""
    for one in chosen:
        if one.work is not None:
            st.button(
                t("plan.not_this"), icon=":material/link_off:", key="plan_wrong",
                on_click=data.change, args=(became_none, one.item.key, (one.work.video,)),
            )  # fmt: skip


def _line(fate: Fate) -> dict[str, object]:
    work: Candidate | None = fate.work
    return {
        "title": fate.item.title or t("plan.untitled"),
        "slot": pd.Timestamp(fate.item.slot),
        "result": plan_words.state(fate),
        "work": work.title if work else None,
        "published_at": pd.Timestamp(work.published_at) if work else pd.NaT,
        "late": round(work.hours, 1) if work else None,
        "views": work.views if work else None,
    }
