"""The link for the television: made, changed and taken back, seen only by who made it."""

from __future__ import annotations

import streamlit as st

from opsdata.i18n import t
from opsdata.team import television
from opsdata.team.television import Link
from opsdata.ui import data
from opsdata.ui.screen.gate import PARAMETER

_MADE = "_tv_made"


def draw() -> None:
    """Draw how it stands with the link, and what can be done with it."""
    stands = television.link(data.installation().own)
    st.caption(t(f"tv.{stands}"))
    with st.container(horizontal=True, key="tv"):
        name = t("tv.make" if stands is Link.NONE else "tv.again")
        st.button(name, icon=":material/add_link:", key="tv_make", on_click=_make)
        if stands is Link.MADE:
            st.button(t("tv.revoke"), icon=":material/link_off:", key="tv_revoke", on_click=_revoke)
        if stands is Link.REVOKED:
            st.button(t("tv.forget"), icon=":material/lock_open:", key="tv_forget",
                      on_click=_forget)  # fmt: skip
    key = st.session_state.get(_MADE, "")
    if television.opens(data.installation().own, key):
        place = str(st.context.url or "").rpartition("/")[0]
        st.code(f"{place}/screen?{PARAMETER}={key}", language=None, wrap_lines=True)
        st.caption(t("tv.once"))


def _make() -> None:
    st.session_state[_MADE] = television.make(data.installation().own)


def _revoke() -> None:
    television.revoke(data.installation().own)


def _forget() -> None:
    television.forget(data.installation().own)
