"""The accounts of the database, and the way to make two spellings one."""

from __future__ import annotations

import streamlit as st

from opsdata.format import literal
from opsdata.i18n import t
from opsdata.intake.accounts import Account
from opsdata.ui import data, language

_WHO = "browser"


def draw() -> None:
    """Draw the accounts with what is known of each; a button renames or merges one."""
    known = data.accounts()
    if not known:
        return
    st.markdown(f"### {t('accounts.title')}")
    st.caption(t("accounts.help"))
    for at, account in enumerate(known):
        _line(at, account, known)


def _line(at: int, account: Account, known: list[Account]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"account_{at}"):
        st.markdown(f"**{literal(account.name)}**", width=220)
        side = "own" if account.own else "competitor"
        st.badge(t(f"accounts.{side}"), color="blue" if account.own else "gray")
        counts = t("accounts.counts", works=f"{account.works:,}", days=f"{account.days:,}")
        st.markdown(f":gray[{counts}]", width="stretch")
        if st.button(t("accounts.change"), icon=":material/merge:", key=f"account_change_{at}"):
            _change(account, known)


def _change(account: Account, known: list[Account]) -> None:
    """Ask for the new name, say what will happen, and do it as a job."""

    @st.dialog(t("accounts.change_title", name=literal(account.name)))
    @language.spoken
    def ask() -> None:
        others = [one for one in known if one.platform == account.platform and one != account]
        new = st.selectbox(
            t("accounts.into"),
            [one.name for one in others],
            index=None,
            accept_new_options=True,
            placeholder=t("accounts.into_placeholder"),
            key="account_into",
        )
        kind = "merge" if new in {one.name for one in others} else "rename"
        if new:
            st.markdown(_question(kind, account, new))
        with st.container(horizontal=True):
            if st.button(
                t(f"accounts.{kind}_yes"), type="primary", disabled=not new, key="account_yes"
            ):
                data.installation().jobs.merge(account.key, str(new), _WHO)
                st.rerun()
            if st.button(t("accounts.no"), key="account_no"):
                st.rerun()

    ask()


def _question(kind: str, account: Account, new: str) -> str:
    return t(
        f"accounts.{kind}_question",
        old=literal(account.name),
        new=literal(new),
        works=f"{account.works:,}",
        days=f"{account.days:,}",
    )
