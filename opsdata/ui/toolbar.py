"""The head of every page: its name, until when the data reach, the filters, the sentence."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import streamlit as st

from opsdata import i18n, queries, works
from opsdata.analysis import coverage
from opsdata.filters import DEFAULT_PERIOD, PERIODS, Filters, resolve
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.metrics import Basis
from opsdata.ui import address, data, health


def draw(page: str, filtered: bool, lifelong: bool = False, published: bool = False) -> Filters:
    """Draw the head of a page and return what its filters say.

    A lifelong page is about works by their publish day: all of them, unless a period is chosen.
    A ``published`` page is about works by their publish day too, the newest by default.
    """
    with st.container(horizontal=True, vertical_alignment="center", key="head"):
        st.title(t(f"page.{page}"), anchor=False, width="stretch")
        if data.is_sample():
            st.badge(t("frame.sample"), icon=":material/science:", color="orange")
        health.draw()
    if not filtered:
        st.caption(t(f"question.{page}"))
        return Filters()
    choices = data.ask(works.choices)
    with st.container(horizontal=True, vertical_alignment="center", key="toolbar"):
        period = _period("all" if lifelong else DEFAULT_PERIOD)
        basis = Basis.PUBLISHED if lifelong or published else _basis()
        accounts = _accounts(choices)
        _more(choices)
        st.button(
            t("filter.reset"),
            icon=":material/restart_alt:",
            type="tertiary",
            on_click=address.reset,
        )
    chosen = _filters(period, basis, accounts, choices)
    _sentence(chosen)
    return chosen


def _period(default: str) -> str:
    chosen = address.single("period", PERIODS, default)
    st.segmented_control(
        t("filter.period"),
        PERIODS,
        format_func=lambda key: t(f"period.{key}"),
        key=address.show("period", chosen),
        required=True,
        label_visibility="collapsed",
        on_change=address.take,
        args=("period", default),
    )
    return chosen


def _basis() -> Basis:
    default = default_basis()
    chosen = Basis(address.single("basis", [str(basis) for basis in Basis], str(default)))
    st.segmented_control(
        t("filter.basis"),
        [str(basis) for basis in Basis],
        format_func=lambda key: t(f"basis.{key}"),
        key=address.show("basis", str(chosen)),
        required=True,
        label_visibility="collapsed",
        help=t("filter.basis_help"),
        on_change=address.take,
        args=("basis", str(default)),
    )
    return chosen


def default_basis() -> Basis:
    """Return the basis pages start with: what happened, once there are daily files."""
    return Basis.HAPPENED if data.has_days() else Basis.PUBLISHED


def _accounts(choices: works.Choices) -> tuple[str, ...]:
    chosen = address.several("account", choices.accounts)
    if len(choices.accounts) > 1:
        st.multiselect(
            t("filter.account"),
            choices.accounts,
            key=address.show("account", list(chosen)),
            placeholder=t("filter.all_accounts"),
            label_visibility="collapsed",
            width=260,
            on_change=address.take,
            args=("account",),
        )
    return chosen


def _more(choices: works.Choices) -> None:
    """Draw the filters by what a work is, behind one button that says how many are set."""
    set_ = sum(
        bool(value)
        for value in (
            address.several("genre", choices.genres),
            address.several("hashtag", choices.hashtags),
            address.several("label", choices.labels),
            address.text("q"),
            address.text("public"),
        )
    )
    name = t("filter.more") if not set_ else t("filter.more_set", n=set_)
    with st.popover(name, icon=":material/tune:"):
        st.text_input(
            t("filter.q"),
            key=address.show("q", address.text("q")),
            icon=":material/search:",
            on_change=address.take,
            args=("q",),
        )
        several = {"genre": choices.genres, "hashtag": choices.hashtags, "label": choices.labels}
        for parameter, options in several.items():
            if parameter == "label" and not options:
                continue
            st.multiselect(
                t(f"filter.{parameter}"),
                options,
                format_func=partial(i18n.named, parameter),
                key=address.show(parameter, list(address.several(parameter, options))),
                placeholder=t("filter.any"),
                on_change=address.take,
                args=(parameter,),
            )
        st.checkbox(
            t("filter.public"),
            key=address.show("public", address.text("public") == "true"),
            on_change=address.take,
            args=("public",),
        )


def _filters(
    period: str, basis: Basis, accounts: tuple[str, ...], choices: works.Choices
) -> Filters:
    newest = data.ask(queries.newest, basis, accounts) or date.today()
    since, until = day(address.text("from")), day(address.text("to"))
    if period == "custom":
        since, until = _ask_days(since or newest - timedelta(days=29), until or newest)
    first, last = resolve(period, newest, since, until)
    chosen = Filters(
        since=first,
        until=last,
        accounts=accounts,
        genres=address.several("genre", choices.genres),
        hashtags=address.several("hashtag", choices.hashtags),
        labels=address.several("label", choices.labels),
        search=address.text("q"),
        public_only=address.text("public") == "true",
        basis=basis,
        period=period,
    )
    return data.ask(coverage.fair, chosen)


def day(text: str) -> date | None:
    """Return a day as it stands in an address, None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _ask_days(since: date, until: date) -> tuple[date, date]:
    """Draw the two days of a period of one's own."""
    with st.container(horizontal=True, key="days"):
        for name, value in (("from", since), ("to", until)):
            st.date_input(
                t(f"filter.{name}"),
                key=address.show(name, value),
                format="YYYY-MM-DD",
                width=160,
                on_change=address.take,
                args=(name,),
            )
    return since, until


def _sentence(chosen: Filters) -> None:
    """Say in one sentence what is shown, and what of the link was not understood."""
    st.caption(f"{t(f'basis.{chosen.basis}')} · {literal(chosen.describe())}")
    unknown = [
        name
        for name, allowed in (
            ("period", PERIODS),
            ("basis", [str(b) for b in Basis]),
            ("lang", i18n.LANGUAGES),
        )
        if address.text(name) and address.text(name) not in allowed
    ]
    if unknown:
        st.caption(f":orange[{t('filter.not_understood', names=', '.join(unknown))}]")
