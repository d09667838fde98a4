"""Success cases: cards to browse, to change and to take along; and the mark on a work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

import pandas as pd
import streamlit as st

from opsdata import works
from opsdata.analysis.showcase import FIGURES, Shown, showcase, typical
from opsdata.filters import Filters
from opsdata.format import label, literal, short, short_title
from opsdata.i18n import t
from opsdata.meeting.casebook import casebook, facts_of
from opsdata.metrics import METRICS, Unit
from opsdata.reports.minutes import Minutes
from opsdata.reports.minutes_html import to_html
from opsdata.reports.minutes_pptx import to_pptx
from opsdata.reports.sheets import Column, Sheet
from opsdata.team import successes
from opsdata.team.successes import LONGEST, Success
from opsdata.ui import address, data, dialog, frame, parts, save

_MOST = 60


def draw(filters: Filters) -> None:
    """Draw the cases of a view as cards, with the way to choose by tag and to download."""
    if not data.ask(works.choices).accounts:
        parts.empty("cases")
        return
    every = data.ask(showcase, filters)
    known = data.ask(successes.successes)
    if not known:
        _none()
        return
    tags = data.ask(successes.tags)
    tag = address.single("tag", tags, "")
    found = [one for one in every if not tag or tag in one.case.tags]
    _answer(found)
    if tags:
        _tags(tags, tag)
    _take_along(found, filters)
    with st.grid(3, min_column_width=320, gap="small"):
        for one in found[:_MOST]:
            _card(one)
    if left := len(known) - len(found):
        st.caption(t("cases.elsewhere", n=left))


def _none() -> None:
    """Say how a case comes about, and lead to the works."""
    with st.container(border=True, horizontal_alignment="center", gap="small", key="cases_none"):
        st.space("small")
        st.markdown(f"#### {t('cases.none')}", text_alignment="center")
        st.markdown(t("cases.none_how"), text_alignment="center")
        st.page_link(frame.page("videos"), label=t("cases.to_works"), icon=":material/play_circle:")
        st.space("small")


def _answer(found: Sequence[Shown]) -> None:
    share = typical(list(found))
    said = t("cases.answer_place", share=f"{share:.0%}") if share is not None else ""
    missing = sum(not one.case.lesson for one in found)
    open_ = t("cases.answer_open", n=missing) if missing else ""
    head = t("cases.answer", n=len(found)) + said + open_ + t("answer.end")
    st.subheader(head, anchor=False)


def _tags(known: Sequence[str], chosen: str) -> None:
    """Draw the tags to choose by."""
    st.pills(
        t("cases.tags"), known, key=address.show("tag", chosen or None), format_func=literal,
        label_visibility="collapsed", on_change=address.take, args=("tag",),
    )  # fmt: skip


def _take_along(found: Sequence[Shown], filters: Filters) -> None:
    if not found:
        return
    stem = f"opsdata-{t('cases.book')}-{datetime.now():%Y%m%d-%H%M}"
    with st.container(horizontal=True, gap="small", key="cases_along"):
        for ending, make in (("html", to_html), ("pptx", to_pptx)):
            book = partial(_book, make, tuple(found))
            save.button(t(f"meeting.as_{ending}"), book, f"{stem}.{ending}", f"cases_{ending}")
        parts.downloads(_sheet(found, filters), "cases")


def _book(make: Callable[[Minutes], bytes], found: tuple[Shown, ...]) -> bytes:
    return make(casebook(data.store(), found, datetime.now()))


def _card(one: Shown) -> None:
    with st.container(border=True, gap="small", height="stretch", key=f"case_{one.case.video}"):
        st.markdown(f"**{literal(short_title(one.title, 60))}**")
        st.caption(literal(" · ".join(facts_of(one))))
        with st.container(horizontal=True, gap="small"):
            for key, value in one.values:
                figure = f"{label(key)} **{short(value, METRICS[key].unit)}**"
                st.markdown(figure, width="content")
        st.caption(place(one))
        lesson = literal(one.case.lesson) if one.case.lesson else f":gray[{t('cases.unwritten')}]"
        st.markdown(f":material/lightbulb: {lesson}")
        if one.case.tags:
            st.markdown(" ".join(f":gray-badge[{literal(tag)}]" for tag in one.case.tags))
        _handles(one)


def place(one: Shown) -> str:
    """Say where a work stands among those of its kind at its age."""
    if one.standing is None:
        return t("cases.no_place")
    share, age = f"{one.standing.percentile:.0%}", round(one.standing.age_days)
    return t("cases.place", share=share, n=one.standing.n, age=age)


def _handles(one: Shown) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.page_link(
            frame.page("videos"),
            label=t("highlights.open"),
            query_params={"video": one.case.video},
        )
        _edit_button(one.case, one.title)
        _drop_button(one.case)


def _edit_button(case: Success, title: str | None) -> None:
    key = f"case_edit_{case.video}"
    if st.button(t("cases.edit"), icon=":material/edit:", type="tertiary", key=key):
        _write(case, title)


def _drop_button(case: Success) -> None:
    st.button(
        t("cases.drop"), icon=":material/delete:", type="tertiary",
        key=f"case_drop_{case.video}", on_click=data.change, args=(successes.drop, case.video),
    )  # fmt: skip


def mark(one: works.Work) -> None:
    """Draw on a work whether it is a case, with the way to make it one or to change that."""
    known = {case.video: case for case in data.ask(successes.successes)}
    case = known.get(one.video)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="case_mark"):
        if case is None:
            icon = ":material/auto_stories:"
            if st.button(t("cases.mark"), icon=icon, type="tertiary", key="case_add"):
                _write(Success(one.video, marked=date.today()), one.title)
            return
        lesson = literal(case.lesson) if case.lesson else f":gray[{t('cases.unwritten')}]"
        st.markdown(f":material/auto_stories: **{t('cases.is_one')}** {lesson}", width="stretch")
        _edit_button(case, one.title)
        _drop_button(case)


def mark_all(chosen: Sequence[works.Work]) -> None:
    """Draw the way to make cases of several works at once."""
    known = {case.video for case in data.ask(successes.successes)}
    new = [one.video for one in chosen if one.video not in known]
    if not new:
        st.caption(t("cases.all_are"))
        return
    st.button(
        t("cases.mark_all", n=len(new)), icon=":material/auto_stories:", type="tertiary",
        key="cases_add", on_click=data.change, args=(successes.mark, new, date.today()),
    )  # fmt: skip


def _write(case: Success, title: str | None) -> None:
    """Ask what is to be learned of a work, and keep it."""

    @dialog.window(t("cases.is_one"))
    def ask() -> None:
        st.markdown(literal(short_title(title, 60)))
        lesson = st.text_area(
            t("cases.lesson"), case.lesson, max_chars=LONGEST, key="case_lesson",
            placeholder=t("cases.lesson_hint"),
        )  # fmt: skip
        known = list(dict.fromkeys((*case.tags, *data.ask(successes.tags))))
        tags = st.multiselect(
            t("cases.tags"), known, list(case.tags), accept_new_options=True, key="case_tags"
        )
        if st.button(t("cases.save"), type="primary", key="case_save"):
            data.change(successes.keep, Success(case.video, lesson, tuple(tags), case.marked))
            st.rerun()

    ask()


def _sheet(found: Sequence[Shown], filters: Filters) -> Sheet:
    frame_ = pd.DataFrame(
        {
            "title": one.title,
            "account": one.account,
            "published_at": one.published_at,
            **dict(one.values),
            "place": one.standing.percentile if one.standing else None,
            "n": one.standing.n if one.standing else None,
            "age": one.standing.age_days if one.standing else None,
            "lesson": one.case.lesson,
            "tags": t("list.comma").join(one.case.tags),
            "marked": one.case.marked.isoformat(),
        }
        for one in found
    )
    columns = (
        Column("title", t("dimension.video")),
        Column("account", t("dimension.account")),
        Column("published_at", t("works.published_at")),
        *(Column(key, label(key), METRICS[key].unit) for key in FIGURES),
        Column("place", t("cases.ahead"), Unit.SHARE),
        Column("n", t("cases.compared"), Unit.COUNT),
        Column("age", t("cases.age"), Unit.NUMBER),
        Column("lesson", t("cases.lesson")),
        Column("tags", t("cases.tags")),
        Column("marked", t("cases.marked")),
    )
    facts = parts.facts(filters, FIGURES)
    return Sheet(t("cases.book"), frame_, columns, facts, t("facts.sheet"))
