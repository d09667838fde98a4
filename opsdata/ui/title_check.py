"""Titles with words to be looked at before publishing, and works that are not public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd
import streamlit as st

from opsdata import i18n
from opsdata.analysis.titles import Checked, check_lines, checked_plan, checked_works, held
from opsdata.filters import Filters
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.reports.sheets import Column
from opsdata.ui import comment_table, data, frame

_MOST_PLANNED = 12


def draw(filters: Filters) -> None:
    """Draw the check of planned titles, of the view's titles, and the works not public."""
    st.markdown(f"#### {t('titles.title')}")
    st.caption(t("titles.how"))
    _planned()
    _published(filters)
    _held(filters)


def _planned() -> None:
    text = st.text_area(
        t("titles.planned"), placeholder=t("titles.placeholder"), key="planned_titles", height=100
    )
    found = data.ask(check_lines, text) if text.strip() else []
    for one in found:
        _line(one)
    planned = data.ask(checked_plan)
    if planned:
        st.markdown(f"**{t('plan.check_title')}**")
        for one in planned[:_MOST_PLANNED]:
            _line(one)
    st.page_link(frame.page("settings"), label=t("titles.edit"), icon=":material/edit_note:")


def _line(one: Checked) -> None:
    if one.hits:
        st.markdown(f":orange[:material/warning:] {literal(one.title)} — {_why(one)}")
    else:
        st.markdown(f":green[:material/check:] {literal(one.title)} — {t('titles.fine')}")


def _why(one: Checked) -> str:
    return t("list.comma").join(
        t("titles.hit", word=literal(hit.word), why=t(f"titles.{hit.reason}")) for hit in one.hits
    )


def _published(filters: Filters) -> None:
    found = data.ask(checked_works, filters)
    if not found:
        st.caption(t("titles.none"))
        return
    st.markdown(t("titles.found", n=len(found)))
    rows = _rows(found)
    columns = (
        Column("title", t("dimension.video")),
        Column("words", t("titles.words")),
        Column("why", t("titles.why")),
        Column("published_at", t("works.published_at")),
        Column("account", t("dimension.account")),
    )
    sheet = comment_table.sheet(t("titles.sheet"), rows, columns, filters)
    comment_table.table(rows, columns, "titles", sheet)


def _rows(found: Sequence[Checked]) -> pd.DataFrame:
    comma = t("list.comma")
    return pd.DataFrame(
        {
            "title": [one.title for one in found],
            "words": [comma.join(hit.word for hit in one.hits) for one in found],
            "why": [
                comma.join(dict.fromkeys(t(f"titles.{hit.reason}") for hit in one.hits))
                for one in found
            ],
            "published_at": pd.to_datetime([one.published_at for one in found]),
            "account": [one.account for one in found],
        }
    )


def _held(filters: Filters) -> None:
    found = data.ask(held, filters)
    st.markdown(f"#### {t('held.title')}")
    if not found:
        st.caption(t("held.none"))
        return
    st.caption(t("held.how", n=len(found)))
    rows = pd.DataFrame([asdict(one) for one in found])
    rows["title"] = comment_table.titles(rows["title"])
    rows["status"] = rows["status"].map(lambda value: i18n.named("status", value))
    for name in ("published_at", "since", "seen_before"):
        rows[name] = pd.to_datetime(rows[name])
    columns = (
        Column("title", t("dimension.video")),
        Column("status", t("works.status")),
        Column("since", t("held.since")),
        Column("seen_before", t("held.before")),
        Column("published_at", t("works.published_at")),
        Column("account", t("dimension.account")),
    )
    sheet = comment_table.sheet(t("held.sheet"), rows, columns, Filters(accounts=filters.accounts))
    comment_table.table(rows, columns, "held", sheet)
