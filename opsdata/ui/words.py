"""The lists of words by which comments are read and titles checked, for the team to change."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.intake.comment_readings import change_words
from opsdata.reports.sheets import Column
from opsdata.team.words import COMMENT_LISTS, TITLE_LISTS, Change, changes, words
from opsdata.ui import comment_table, data, language

_LISTS = (*COMMENT_LISTS, *TITLE_LISTS)


@st.fragment
@language.spoken
def draw() -> None:
    """Draw one list with a way to add and remove words, and what the team changed so far."""
    st.markdown(f"### {t('words.title')}")
    st.caption(t("words.how"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="words"):
        name = st.selectbox(
            t("words.list"), _LISTS, format_func=lambda key: t(f"word_list.{key}"),
            key="word_list", width=240,
        )  # fmt: skip
        st.text_input(t("words.add"), key="word_new", max_chars=20, width=200)
        st.button(t("words.add_yes"), key="word_add", on_click=_add, args=(name,))
        known = sorted(data.ask(words)[name])
        st.selectbox(
            t("words.remove"), known, index=None, key="word_old",
            placeholder=t("words.n", n=len(known)), width=220,
        )  # fmt: skip
        st.button(t("words.remove_yes"), key="word_remove", on_click=_remove, args=(name,))
    _changed()


def _add(name: str) -> None:
    word = str(st.session_state["word_new"]).strip()
    if word and not any(mark.isspace() for mark in word):
        data.change(change_words, [Change(name, word, True)])
        st.session_state["word_new"] = ""


def _remove(name: str) -> None:
    word = st.session_state["word_old"]
    if word:
        data.change(change_words, [Change(name, str(word), False)])
        st.session_state["word_old"] = None


def _changed() -> None:
    made = data.ask(changes)
    if not made:
        st.caption(t("words.unchanged"))
        return
    rows = pd.DataFrame(
        {
            "list": [t(f"word_list.{one.list}") for one in made],
            "word": [one.word for one in made],
            "change": [t("words.added" if one.kept else "words.removed") for one in made],
        }
    )
    columns = (
        Column("list", t("words.list")),
        Column("word", t("words.word")),
        Column("change", t("words.change")),
    )
    sheet = comment_table.sheet(t("words.sheet"), rows, columns, Filters())
    comment_table.table(rows, columns, "words_changed", sheet)
