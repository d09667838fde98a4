"""The form of a new decision: what, who, why, what is expected of it, and what it concerns."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlencode

import streamlit as st

from opsdata import works
from opsdata.analysis.curves import COUNTABLE
from opsdata.analysis.timing import BLOCKS
from opsdata.errors import OpsdataError
from opsdata.filters import Filters
from opsdata.format import label, literal, short_title
from opsdata.i18n import explain, t
from opsdata.meeting import build
from opsdata.meeting.week import link, week
from opsdata.team.decisions import REVIEW_DAYS, Decision, Scope, keep
from opsdata.ui import data, dialog
from opsdata.ui.today import today

_MOST_WORKS = 200


def ask(meeting: int | None = None) -> None:
    """Ask for a decision and keep it, in the minutes of a meeting too."""

    @dialog.window(t("meeting.decide"), width="large")
    def form() -> None:
        left, right = st.columns(2)
        with left:
            what = st.text_input(t("meeting.what"), max_chars=120, key="decide_what")
            who = st.text_input(t("meeting.who_does"), max_chars=40, key="decide_who")
            why = st.text_input(t("meeting.why"), max_chars=200, key="decide_why")
            figure = _metric("meeting.figure", "decide_figure")
            scope, chosen = _concerned()
        with right:
            kpi = _metric("meeting.kpi", "decide_kpi")
            up = st.segmented_control(
                t("meeting.direction"), ["up", "down"], default="up", required=True,
                format_func=lambda way: t(f"meeting.dir_{way}"), key="decide_direction",
            )  # fmt: skip
            size = st.number_input(t("meeting.size"), 1, 500, 20, key="decide_size")
            sure = st.number_input(t("meeting.sure"), 1, 99, 60, key="decide_sure")
            due = st.date_input(
                t("meeting.due"), today() + timedelta(days=REVIEW_DAYS), key="decide_due",
                format="YYYY-MM-DD",
            )  # fmt: skip
            days = st.number_input(t("meeting.review_days"), 3, 120, REVIEW_DAYS, key="decide_days")
        if st.button(t("meeting.save"), type="primary", key="decide_save"):
            assert isinstance(due, date)
            one = Decision(
                what, who, today(), due, scope, chosen, why, _link(figure), kpi, up or "up",
                size / 100, sure / 100, int(days),
            )  # fmt: skip
            _keep(meeting, one)

    form()


def _keep(meeting: int | None, one: Decision) -> None:
    try:
        if meeting is None:
            data.change(keep, one)
        else:
            data.change(build.decide, meeting, one)
    except OpsdataError as error:
        st.error(literal(explain(error)))
        return
    st.rerun()


def _metric(word: str, key: str) -> str:
    return str(st.selectbox(t(word), COUNTABLE, format_func=label, key=key))


def _link(metric: str) -> str:
    filters = data.ask(week)
    return link(filters, metric) if filters else urlencode({"metric": metric})


def _concerned() -> tuple[Scope, tuple[str, ...]]:
    """Ask what a decision concerns: a kind of thing, and which of them."""
    scope = Scope(
        st.segmented_control(
            t("meeting.scope"), [str(one) for one in Scope], default="hashtags", required=True,
            format_func=lambda one: t(f"meeting.scope_name_{one}"), key="decide_scope",
        )
        or "hashtags"
    )  # fmt: skip
    names = _choices(scope)
    chosen: list[str] = st.multiselect(
        t("meeting.parts"), list(names), format_func=lambda one: names.get(one, one),
        placeholder=t("meeting.choose"), key=f"decide_parts_{scope}",
        accept_new_options=scope in (Scope.HASHTAGS, Scope.LABELS),
    )  # fmt: skip
    return scope, tuple(one.lstrip("#＃") for one in chosen)


def _choices(scope: Scope) -> dict[str, str]:
    """Return what can be chosen, and how it is called."""
    if scope is Scope.SLOTS:
        return {
            f"{days}-{hour}": t(
                "meeting.slot", days=t(f"meeting.days_{days}"), hour=hour, until=hour + 4
            )
            for days in ("all", "weekday", "weekend")
            for hour in BLOCKS
        }
    if scope is Scope.WORKS:
        listed = data.ask(works.listing, Filters()).sort_values("published_at", ascending=False)
        newest = listed.head(_MOST_WORKS)
        titles = zip(newest["video"], newest["title"], strict=True)
        return {str(video): short_title(title) for video, title in titles}
    if scope is Scope.HASHTAGS:
        return {tag: f"#{tag}" for tag in data.ask(works.choices).hashtags}
    return {name: name for name in data.ask(works.choices).labels}
