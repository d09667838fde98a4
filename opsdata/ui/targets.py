"""The targets of the team: a line each, and a form for a new one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import streamlit as st

from opsdata import i18n, queries, works
from opsdata.analysis.outlook import PACED, outlook
from opsdata.format import exact, label, literal, short
from opsdata.i18n import t
from opsdata.metrics import METRICS, Basis
from opsdata.team import targets
from opsdata.team.targets import Target
from opsdata.ui import data, dialog

_SHOWN = 24


def draw() -> None:
    """Draw the targets, the newest first, and the way to a new one."""
    with st.container(horizontal=True, vertical_alignment="center", key="targets_head"):
        st.markdown(f"### {t('targets.title')}", width="stretch")
        if st.button(t("targets.add"), icon=":material/flag:", key="target_add"):
            _add()
    st.caption(t("targets.help"))
    known = data.ask(targets.targets)
    if not known:
        st.caption(t("targets.none"))
    for at, one in enumerate(known[:_SHOWN]):
        _line(at, one)


def _line(at: int, one: Target) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"target_{at}"):
        account = literal(one.account) if one.account else t("targets.all")
        name = t("targets.line", name=f"**{label(one.metric)}**", account=account)
        st.markdown(name, width=260)
        st.markdown(f":gray[{period(one.since, one.until)}]", width=170)
        value = exact(one.value, METRICS[one.metric].unit)
        st.markdown(value, width="stretch")
        st.button(
            t("targets.remove"),
            icon=":material/delete:",
            type="tertiary",
            key=f"target_drop_{at}",
            on_click=data.change,
            args=(targets.drop, one),
        )


def period(since: date, until: date, year: bool = True) -> str:
    """Return some days as people say them: a whole month by its name."""
    whole = since.day == 1 and until == since.replace(day=monthrange(since.year, since.month)[1])
    if whole:
        months = t("date.months").split()
        month = months[since.month - 1]
        return (
            t("targets.month", y=since.year, month=month)
            if year
            else (t("targets.month_short", month=month))
        )
    return i18n.span(since, until)


def _add() -> None:
    """Ask for a new target and keep it."""

    @dialog.window(t("targets.add"))
    def ask() -> None:
        names = data.ask(works.choices).accounts
        key = st.selectbox(t("targets.metric"), PACED, format_func=label, key="target_metric")
        account = st.selectbox(
            t("targets.account"),
            ["", *names],
            format_func=lambda name: name or t("targets.all"),
            key="target_account",
        )
        days = _days()
        _hint(key, account, days)
        value = st.number_input(
            t("targets.value"), 0, step=1, value=None, help=t("targets.value_help"),
            key="target_value",
        )  # fmt: skip
        if st.button(t("targets.save"), type="primary", disabled=not value, key="target_save"):
            if days is None or not value:
                st.error(t("targets.bad"))
                return
            data.change(targets.keep, Target(key, account, *days, float(value)))
            st.rerun()

    ask()


def _days() -> tuple[date, date] | None:
    """Ask for a month or for days of one's own; None while the second day is open."""
    newest = data.ask(queries.newest, Basis.HAPPENED) or date.today()
    first = newest.replace(day=1)
    months: list[date | None] = [_months_on(first, i) for i in range(-1, 4)]
    chosen = st.selectbox(
        t("targets.period"),
        [*months, None],
        index=1,
        format_func=lambda day: period(day, _month_end(day)) if day else t("targets.custom"),
        key="target_month",
    )
    if chosen is not None:
        return chosen, _month_end(chosen)
    picked = st.date_input(t("targets.days"), (first, _month_end(first)), key="target_days")
    chosen_days = picked if isinstance(picked, tuple) else (picked,)
    return (chosen_days[0], chosen_days[-1]) if len(chosen_days) == 2 else None


def _months_on(first: date, n: int) -> date:
    at = first.year * 12 + first.month - 1 + n
    return date(at // 12, at % 12 + 1, 1)


def _month_end(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _hint(key: str, account: str, days: tuple[date, date] | None) -> None:
    """Say what the days would bring anyway, so that the target is neither idle nor absurd."""
    if days is None:
        return
    found = data.ask(outlook, key, (account,) if account else (), *days)
    if found is not None and found.pace.mid is not None:
        st.caption(t("targets.hint", mid=short(found.pace.mid, METRICS[key].unit)))
