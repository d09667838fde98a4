"""Which competitors are looked at: all of them, or a group that the team keeps."""

from __future__ import annotations

import streamlit as st

from opsdata import i18n
from opsdata.analysis.interactions import company
from opsdata.errors import Refused
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.team import groups
from opsdata.ui import address, data, dialog


def chosen() -> tuple[str, ...]:
    """Return the competitors of the group in the address; none means all."""
    known = data.ask(groups.groups)
    return known.get(address.single("group", list(known), ""), ())


def draw() -> None:
    """Draw the choice of a group, and the way to change groups."""
    known = data.ask(groups.groups)
    name = address.single("group", list(known), "")
    with st.container(horizontal=True, vertical_alignment="center", key="rival_groups"):
        if known:
            st.selectbox(
                t("groups.choose"),
                ["", *known],
                format_func=lambda one: one or t("groups.all"),
                key=address.show("group", name),
                width=220,
                label_visibility="collapsed",
                on_change=address.take,
                args=("group",),
            )
        if st.button(t("groups.edit"), icon=":material/group_add:", key="groups_edit"):
            _edit(name)


def _edit(name: str) -> None:
    """Ask for a group's name and accounts and keep it, or drop one."""

    @dialog.window(t("groups.edit"))
    def ask() -> None:
        known = data.ask(groups.groups)
        one = st.selectbox(
            t("groups.which"),
            list(known),
            index=list(known).index(name) if name in known else None,
            accept_new_options=True,
            placeholder=t("groups.which_help"),
            key="group_name",
        )
        accounts = st.multiselect(
            t("groups.accounts"),
            data.ask(company).rivals,
            default=known.get(one or "", ()),
            key=f"group_accounts_{one}",
        )
        with st.container(horizontal=True):
            if st.button(t("groups.save"), type="primary", disabled=not one, key="group_save"):
                _keep(str(one), tuple(accounts))
            if one in known and st.button(t("groups.remove"), key="group_remove"):
                data.change(groups.drop, str(one))
                st.rerun()

    ask()


def _keep(name: str, accounts: tuple[str, ...]) -> None:
    try:
        data.change(groups.keep, name, accounts)
    except Refused as error:
        st.error(literal(i18n.explain(error)))
        return
    st.rerun()


def said() -> str:
    """Return the name of the group that is looked at, or that it is all competitors."""
    name = address.single("group", list(data.ask(groups.groups)), "")
    return literal(name) if name else t("groups.all")
