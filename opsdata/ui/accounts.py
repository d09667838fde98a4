"""The accounts of the database: whose they are, two spellings made one, and that undone."""

from __future__ import annotations

import streamlit as st

from opsdata.format import literal, moment
from opsdata.i18n import t
from opsdata.intake.accounts import Account
from opsdata.intake.alike import Alike
from opsdata.intake.job import BUSY_STATES
from opsdata.intake.receipt import Status
from opsdata.ui import data, dialog, language

_WHO = "browser"


def draw() -> None:
    """Draw the accounts with what is known of each; buttons rename, merge, or change a side."""
    known = data.accounts()
    if not known:
        return
    st.markdown(f"### {t('accounts.title')}")
    st.caption(t("accounts.help"))
    _done()
    for at, account in enumerate(known):
        _line(at, account, known)
    for at, pair in enumerate(data.alike()):
        _suggestion(at, pair, known)
    merged()


@st.fragment(run_every=1)
@language.spoken
def _done() -> None:
    """Say how the last thing done to an account ended."""
    last = next((job for job in data.installation().jobs.all() if job.chore), None)
    if last is None:
        return
    if last.state in BUSY_STATES:
        st.caption(t(f"state.{last.state}", name=literal(last.name)))
    for receipt in last.receipts:
        done = receipt.status is Status.DONE
        text = literal(receipt.why() or "")
        if text:
            (st.success if done else st.error)(text)


def _suggestion(at: int, pair: Alike, known: list[Account]) -> None:
    """Suggest a merge of two accounts that look like one."""
    names = {"lesser": literal(pair.lesser.name), "greater": literal(pair.greater.name)}
    said = t("accounts.alike_shared", n=pair.shared, **names) if pair.shared else None
    with st.container(horizontal=True, vertical_alignment="center", key=f"alike_{at}"):
        st.markdown(
            f":orange[:material/lightbulb:] {said or t('accounts.alike', **names)}", width="stretch"
        )
        label = t("accounts.alike_merge", name=names["greater"])
        if st.button(label, icon=":material/merge:", key=f"alike_merge_{at}"):
            _change(pair.lesser, known, pair.greater)


def merged() -> None:
    """Draw the merges and renamings, each with a way back."""
    made = data.merges()
    if not made:
        return
    st.markdown(f"#### {t('accounts.merges')}")
    for one in made:
        kind = "merged" if one.was_there else "renamed"
        names = {"old": literal(one.old_name), "new": literal(one.new_name)}
        line = t(f"accounts.{kind}_line", when=moment(one.made), **names)
        with st.container(horizontal=True, vertical_alignment="center", key=f"merge_{one.number}"):
            st.markdown(f"~~{line}~~ · {t('status.undone')}" if one.undone else line)
            help_ = t("accounts.undo_help", new=names["new"])
            key = f"unmerge_{one.number}"
            if not one.undone and st.button(
                t("accounts.undo"), icon=":material/undo:", help=help_, key=key
            ):
                data.installation().jobs.unmerge(one.number, _WHO)


def _line(at: int, account: Account, known: list[Account]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"account_{at}"):
        st.markdown(f"**{literal(account.name)}**", width=220)
        side = "own" if account.own else "competitor"
        st.badge(t(f"accounts.{side}"), color="blue" if account.own else "gray")
        counts = t("accounts.counts", works=f"{account.works:,}", days=f"{account.days:,}")
        st.markdown(f":gray[{counts}]", width="stretch")
        other = "competitor" if account.own else "own"
        if st.button(t(f"accounts.{other}_yes"), type="tertiary", key=f"account_side_{at}"):
            data.installation().jobs.choose_side(account.key, not account.own, _WHO)
        if st.button(t("accounts.change"), icon=":material/merge:", key=f"account_change_{at}"):
            _change(account, known)


def _change(account: Account, known: list[Account], into: Account | None = None) -> None:
    """Ask for the new name, say what will happen, and do it as a job."""

    @dialog.window(t("accounts.change_title", name=literal(account.name)))
    def ask() -> None:
        others = [one for one in known if one.platform == account.platform and one != account]
        new = st.selectbox(
            t("accounts.into"),
            [one.name for one in others],
            index=others.index(into) if into else None,
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
