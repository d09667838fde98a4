"""Tables of planned works: the template, the way in, what each did, and the way back."""

from __future__ import annotations

from functools import partial

import streamlit as st

from opsdata.errors import OpsdataError
from opsdata.format import literal, moment
from opsdata.i18n import explain, t
from opsdata.intake import planfile, plans
from opsdata.intake.limits import MEGABYTE
from opsdata.reports import templates
from opsdata.sources.plan import PLAN
from opsdata.team.plan import STAGES
from opsdata.team.plan_upload import Upload, take, undo, uploads
from opsdata.ui import data, save

_MOST = 5
_LINES = 10


def draw() -> None:
    """Draw the templates, the drop zone, and the tables that were brought in."""
    st.markdown(f"### {t('plan.upload')}")
    st.caption(t("plan.upload_help"))
    with st.container(horizontal=True, gap="small", key="plan_templates"):
        name = t("source.plan")
        for kind, make in (("csv", templates.to_csv), ("xlsx", templates.to_xlsx)):
            words, key = t(f"plan.template_{kind}"), f"plan_template_{kind}"
            save.button(words, partial(make, PLAN), f"{name}.{kind}", key)
    turn = st.session_state.setdefault("_plan_turn", 0)
    most = (planfile.LIMITS.file_bytes or 0) // MEGABYTE
    st.file_uploader(
        t("plan.file"), key=f"plan_file_{turn}", on_change=_submit, args=(turn,),
        label_visibility="collapsed", max_upload_size=most,
    )  # fmt: skip
    if failed := st.session_state.get("_plan_failed"):
        st.error(failed)
    for one in data.ask(uploads)[:_MOST]:
        _receipt(one)


def _submit(turn: int) -> None:
    """Put a dropped table into the plan, once."""
    file = st.session_state.get(f"plan_file_{turn}")
    if file is None:
        return
    st.session_state["_plan_turn"] = turn + 1
    st.session_state["_plan_failed"] = None
    try:
        own = data.installation().own  # also while the sample team is shown
        take(own, *plans.opened(own, file.getvalue(), file.name))
    except OpsdataError as error:
        st.session_state["_plan_failed"] = literal(explain(error))


def _receipt(one: Upload) -> None:
    """Draw what one table did, and the way back."""
    comma = t("list.comma")
    with st.container(border=True, gap="xsmall", key=f"plan_upload_{one.key}"):
        said = t(
            "plan.receipt", file=literal(one.file), rows=one.rows, new=one.new, changed=one.changed,
            same=one.same, rejected=len(one.rejected),
        )  # fmt: skip
        st.markdown(f"~~{said}~~ {t('plan.undone')}" if one.undone else said)
        st.caption(moment(one.made))
        if one.unknown:
            st.caption(t("plan.unknown", names=literal(comma.join(one.unknown))))
        if one.missing:
            names = comma.join(t(f"plan.{name}") for name in one.missing)
            st.caption(t("plan.missing", names=names))
        for line, reason, value in one.rejected[:_LINES]:
            st.caption(t("plan.line", line=line, why=_why(reason, value)))
        if not one.undone and (one.new or one.changed):
            st.button(
                t("plan.undo"), icon=":material/undo:", type="tertiary", help=t("plan.undo_help"),
                key=f"plan_undo_{one.key}", on_click=data.change, args=(undo, one.key),
            )  # fmt: skip


def _why(reason: str, value: str) -> str:
    if reason == "no_title":
        return t("plan.no_title")
    known = t("list.comma").join(t(f"plan.{one}") for one in STAGES)
    values = {"known": known} if reason == "no_stage" else {}
    return t(f"plan.{reason}", value=literal(value), **values)
