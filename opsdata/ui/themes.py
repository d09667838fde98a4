"""What open answers and interviews are about, with masked quotes; the themes' words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from opsdata import i18n, theme
from opsdata.analysis import answers
from opsdata.analysis.themes import Mention, Note, coded, mentions, notes, uncoded
from opsdata.charts.answers import shares
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.intake.interviews import note_down, strike_out
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.team.themes import Theme, themes, write_themes
from opsdata.ui import data, parts, surveywords, tables
from opsdata.ui.survey import Chosen, view

_QUOTED = 8
"""So many of the texts without a theme are shown."""


def draw(chosen: Chosen | None) -> None:
    """Draw the themes of the open answers, then those of the interviews."""
    if chosen is None and not data.ask(notes):
        return
    with st.container(horizontal=True, vertical_alignment="center", key="themes_head"):
        st.markdown(f"### {t('themes.title')}", width="stretch")
        _words()
    known = data.ask(themes)
    if chosen is not None:
        _answers(chosen, known)
    _interviews(known)


def _answers(chosen: Chosen, known: Sequence[Theme]) -> None:
    texts = answers.written(data.ask(view, chosen))
    if not texts:
        parts.nothing("no_open")
        return
    found = mentions(texts, known)
    rest = uncoded(texts, known)
    st.caption(t("themes.help", n=f"{len(texts):,}"))
    left, right = st.columns([2, 3], gap="large")
    with left:
        _picture(found)
    with right:
        for one in found[:_QUOTED]:
            st.markdown(f"**{literal(surveywords.theme(one.theme))}** {_quotes(one.quotes)}")
        if rest:
            count = sum(text in set(rest) for text in texts)
            st.caption(t("themes.rest", n=f"{count:,}", quotes=_quotes(rest[:_QUOTED])))
    parts.downloads(_sheet(found, chosen.name, len(texts)), "themes")


def _quotes(texts: Sequence[str]) -> str:
    return "".join(t("themes.quote", text=literal(text[:80])) for text in texts)


def _picture(found: Sequence[Mention]) -> None:
    if not found:
        parts.nothing("no_themes")
        return
    names = [surveywords.theme(one.theme) for one in found]
    said = [surveywords.share_text(one.share) for one in found]
    st.plotly_chart(
        shares(
            names,
            [one.share.value for one in found],
            [(one.share.low, one.share.high) for one in found],
            said,
        ),
        theme=None,
        config=theme.CONFIG,
        key="themes_chart",
        alt=t("list.comma").join(map(" ".join, zip(names, said, strict=True))),
    )


def _sheet(found: Sequence[Mention], name: str, n: int) -> Sheet:
    rows = [
        (surveywords.theme(one.theme), one.count, n, one.share.value, one.share.low,
         one.share.high, "\n".join(one.quotes))
        for one in found
    ]  # fmt: skip
    columns = (
        Column("theme", t("themes.theme")),
        Column("count", t("themes.count"), Unit.COUNT),
        Column("n", t("questions.n_column"), Unit.COUNT),
        Column("share", t("questions.share"), Unit.SHARE),
        Column("low", t("questions.low"), Unit.SHARE),
        Column("high", t("questions.high"), Unit.SHARE),
        Column("quotes", t("themes.quotes")),
    )
    frame = pd.DataFrame(rows, columns=[column.key for column in columns])
    facts = parts.about((), (t("survey.which"), name), (t("cross.method"), t("themes.method")))
    return Sheet(t("themes.sheet"), frame, columns, facts, t("facts.sheet"))


def _interviews(known: Sequence[Theme]) -> None:
    """Draw what was said in interviews with its themes; anything can be typed in."""
    said = data.ask(notes)
    with st.container(horizontal=True, vertical_alignment="center", key="notes_head"):
        st.markdown(f"#### {t('interviews.title')}", width="stretch")
        _type_in(said)
    if not said:
        parts.nothing("no_notes")
        return
    found = mentions([one.said for one in said], known)
    top = t("list.comma").join(
        t("interviews.count", theme=literal(surveywords.theme(one.theme)), n=one.count)
        for one in found[:5]
    )
    st.caption(t("interviews.help", n=f"{len(said):,}", themes=top))
    _notes(said, known)


def _notes(said: Sequence[Note], known: Sequence[Theme]) -> None:
    rows = pd.DataFrame([_note(one, known) for one in said])
    rows["day"] = pd.to_datetime(rows["day"])
    columns = (
        Column("said", t("interviews.said")),
        Column("themes", t("themes.theme")),
        Column("asked", t("interviews.asked")),
        Column("day", t("interviews.day")),
        Column("where", t("interviews.where")),
    )
    st.dataframe(
        rows,
        column_order=[column.key for column in columns],
        column_config={
            "said": st.column_config.TextColumn(t("interviews.said"), width=420),
            "themes": st.column_config.TextColumn(t("themes.theme"), width=140),
            "asked": st.column_config.TextColumn(t("interviews.asked"), width=260),
            "day": st.column_config.DateColumn(t("interviews.day"), format="YYYY-MM-DD"),
            "where": st.column_config.TextColumn(t("interviews.where")),
        },
        hide_index=True,
        height=tables.height(len(rows), 360),
        placeholder="—",
        alt=t("interviews.title"),
        key="notes",
    )
    facts = parts.about((), (t("cross.method"), t("interviews.method")))
    parts.downloads(Sheet(t("interviews.sheet"), rows, columns, facts, t("facts.sheet")), "notes")


def _note(one: Note, known: Sequence[Theme]) -> dict[str, object]:
    names = [surveywords.theme(key) for key in coded(one.said, known)]
    return {
        "said": one.said,
        "themes": t("list.comma").join(names),
        "asked": one.asked,
        "day": one.day,
        "where": one.where or t("interviews.typed"),
    }


def _type_in(said: Sequence[Note]) -> None:
    """Draw where notes are typed in, one a line, and where one is taken out again."""
    with st.popover(t("interviews.add"), icon=":material/edit_note:", type="tertiary"):
        with st.form("note_form", border=False, clear_on_submit=True):
            day = st.date_input(t("interviews.day"), value=date.today(), format="YYYY-MM-DD")
            text = st.text_area(t("interviews.lines"), placeholder=t("interviews.placeholder"))
            st.caption(t("interviews.masked"))
            if st.form_submit_button(t("interviews.save"), type="primary") and text.strip():
                data.change(note_down, day, tuple(text.splitlines()))
                st.rerun()
        typed = {one.note: one.said for one in said if one.note is not None}
        if typed:
            gone = st.selectbox(
                t("interviews.typed"), list(typed),
                index=None, format_func=lambda note: typed[note],
                placeholder=t("interviews.choose"), key="note_gone",
            )  # fmt: skip
            if st.button(t("interviews.remove"), disabled=gone is None, key="note_remove"):
                data.change(strike_out, int(gone or 0))
                st.rerun()


def _words() -> None:
    """Let the team change what each theme is known by."""
    with st.popover(t("themes.edit"), icon=":material/tune:", type="tertiary", width="content"):
        st.caption(t("themes.edit_help"))
        known = data.ask(themes)
        names = {surveywords.theme(one.key): one.key for one in known}
        rows = pd.DataFrame(
            {"theme": list(names), "words": ["，".join(one.words) for one in known]}, dtype="str"
        )
        edited = st.data_editor(
            rows,
            num_rows="dynamic",
            hide_index=True,
            column_config={
                "theme": st.column_config.TextColumn(t("themes.theme"), width=110),
                "words": st.column_config.TextColumn(t("themes.words"), width=420),
            },
            key=f"theme_words_{i18n.current()}",
        )
        if st.button(t("themes.save"), type="primary", key="themes_save"):
            data.change(write_themes, tuple(_edited(edited, names)))
            st.rerun()


def _edited(rows: pd.DataFrame, names: dict[str, str]) -> list[Theme]:
    """Return the themes of the table as it was left; a known name keeps its key."""
    pairs = rows.dropna(subset=["theme"]).fillna("").astype(str).itertuples(index=False)
    return [
        Theme(names.get(name.strip(), name.strip()), tuple(_split(words))) for name, words in pairs
    ]


def _split(words: str) -> list[str]:
    for mark in ("，", "、", ";", "；", "\n"):
        words = words.replace(mark, ",")
    return [word.strip() for word in words.split(",") if word.strip()]
