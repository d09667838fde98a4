"""The weekly audit: forty comments, a yes or a no each, and how often the reading was right."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import i18n
from opsdata.analysis.audit import EACH, Audit, Item, audit, earlier
from opsdata.analysis.proportions import Proportion
from opsdata.filters import Filters
from opsdata.format import literal, short_title
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column
from opsdata.team.audits import Label, say, take_back
from opsdata.ui import comment_table, data, language

_LAST = "_audit_last"


@st.fragment
@language.spoken
def draw() -> None:
    """Draw how this week's audit stands, the comment to judge next, and earlier weeks."""
    found = data.ask(audit)
    if found is None or not found.items:
        st.caption(t("audit.none"))
        return
    st.markdown(f"#### {t('audit.title', day=i18n.day(found.week))}")
    _figures(found)
    done = len(found.items) - len(found.open)
    st.progress(done / len(found.items), text=t("audit.progress", done=done, n=len(found.items)))
    if found.open:
        _ask(found, found.open[0])
    else:
        st.success(t("audit.done"), icon=":material/task_alt:")
    _undo(found)
    _past()


def _figures(found: Audit) -> None:
    """Say how often flagged comments are complaints, and how many were missed."""
    with st.grid(2, min_column_width=260, gap="small"):
        for key, one in (("right", found.right), ("missed", found.missed)):
            with st.container(border=True, key=f"card_audit_{key}", height="stretch"):
                st.metric(t(f"audit.{key}"), of(one), help=t(f"audit.{key}_help", n=EACH))


def of(one: Proportion) -> str:
    """Return a share as people say it of a sample: 17/20 (64–95 %)."""
    if one.low is None or one.high is None:
        return "—"
    return f"{one.count}/{one.n} ({one.low * 100:.0f}–{one.high * 100:.0f} %)"


def _ask(found: Audit, item: Item) -> None:
    """Draw one comment with its two buttons; Y and N on the keyboard do the same."""
    with st.container(border=True, key="audit_item", gap="small"):
        if item.title:
            st.caption(literal(short_title(item.title, 60)))
        st.markdown(f"##### {literal(item.text)}")
        with st.container(horizontal=True, gap="small"):
            for key, negative, shortcut in (("yes", True, "Y"), ("no", False, "N")):
                st.button(
                    t(f"audit.{key}"),
                    key=f"audit_{key}",
                    shortcut=shortcut,
                    on_click=_say,
                    args=(_label(found, item, negative),),
                )
        st.caption(t("audit.question"))


def _label(found: Audit, item: Item, negative: bool) -> Label:
    return Label(found.week, item.account_id, item.comment, item.flagged, negative)


def _say(one: Label) -> None:
    data.change(say, one)
    st.session_state[_LAST] = one
    _is_ours()


def _undo(found: Audit) -> None:
    last: Label | None = st.session_state.get(_LAST)
    if last is not None and last.week == found.week:
        st.button(
            t("audit.undo"), key="audit_undo", type="tertiary", icon=":material/undo:",
            on_click=_take_back, args=(last,),
        )  # fmt: skip


def _take_back(one: Label) -> None:
    data.change(take_back, one)
    st.session_state.pop(_LAST, None)
    _is_ours()


def _is_ours() -> None:
    """Let the page know that it has seen this change: nothing else on it depends on it."""
    st.session_state["_seen"] = data.stamp()


def _past() -> None:
    """Draw how the audits came out, week by week."""
    weeks = data.ask(earlier)
    if not weeks:
        return
    rows = pd.DataFrame(
        {
            "week": pd.to_datetime([week for week, _, _ in weeks]),
            "right": [of(right) for _, right, _ in weeks],
            "right_share": [right.share for _, right, _ in weeks],
            "missed": [of(missed) for _, _, missed in weeks],
            "missed_share": [missed.share for _, _, missed in weeks],
        }
    )
    columns = (
        Column("week", t("dimension.week")),
        Column("right", t("audit.right")),
        Column("right_share", t("audit.right_share"), Unit.SHARE),
        Column("missed", t("audit.missed")),
        Column("missed_share", t("audit.missed_share"), Unit.SHARE),
    )
    how = (t("audit.right"), t("audit.right_help", n=EACH))
    sheet = comment_table.sheet(t("audit.sheet"), rows, columns, Filters(), how)
    comment_table.table(rows, columns, "audits", sheet)
