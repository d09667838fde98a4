"""Rules that label works by their title or a hashtag, those to come as well."""

from __future__ import annotations

import streamlit as st

from opsdata import i18n
from opsdata.format import literal, short_title
from opsdata.i18n import t
from opsdata.team import labels
from opsdata.team.labels import FIELDS, Rule
from opsdata.ui import data, language

_SHOWN = 5


@st.fragment
@language.spoken
def draw(known: list[str]) -> None:
    """Draw the rules there are, and the form for another that shows what it would label."""
    st.caption(t("labels.rules_help"))
    for rule in data.ask(labels.rules):
        _line(rule)
    wanted = _ask(known)
    if not (wanted.text.strip() and labels.plain(wanted.label)):
        return
    _preview(wanted)
    name = t("labels.rule_save")
    st.button(name, type="primary", key="rule_save", on_click=_keep, args=(wanted,))


def _keep(rule: Rule) -> None:
    """Keep a rule and clear the form for the next one."""
    data.change(labels.add_rule, rule)
    st.session_state["rule_text"] = ""


def _line(rule: Rule) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"rule_{rule.rule_id}"):
        n = len(data.ask(labels.matches, rule))
        said = t(f"labels.rule_{rule.field}", text=literal(rule.text), label=literal(rule.label))
        st.markdown(f"{said} :gray[{t('labels.rule_works', n=n)}]", width="stretch")
        st.button(
            t("labels.rule_drop"),
            icon=":material/delete:",
            key=f"rule_drop_{rule.rule_id}",
            type="tertiary",
            on_click=data.change,
            args=(labels.drop_rule, rule.rule_id),
        )


def _ask(known: list[str]) -> Rule:
    with st.container(horizontal=True, vertical_alignment="bottom", key="rule_form"):
        field = st.selectbox(
            t("labels.rule_when"),
            FIELDS,
            format_func=lambda one: t(f"labels.field_{one}"),
            key="rule_field",
            width=160,
        )
        text = st.text_input(t("labels.rule_text"), key="rule_text", width=200)
        name = st.selectbox(
            t("labels.rule_gives"),
            known,
            index=None,
            accept_new_options=True,
            placeholder=t("labels.placeholder"),
            key="rule_label",
            width=200,
        )
    return Rule(str(name or ""), field, text)


def _preview(rule: Rule) -> None:
    """Say how many works a rule would label, and name the newest of them."""
    found = data.ask(labels.matches, rule)
    st.markdown(t("labels.preview", n=len(found), label=literal(labels.plain(rule.label))))
    for row in found.head(_SHOWN).itertuples():
        day = i18n.day(row.published_at.date(), year=True)
        st.caption(f"{day} · {literal(short_title(row.title, 60))}")
