"""The newest works, each ranked among the last ten of its kind at the same age."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import i18n, works
from opsdata.analysis.ages import ENOUGH, Newcomer, newcomers
from opsdata.analysis.forecast import Expected, forecast
from opsdata.filters import Filters
from opsdata.format import literal, short, short_title
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import address, data, frame, notes, parts


def draw(filters: Filters) -> None:
    """Draw the newest works as cards, or what is missing to rank them; none beside one work."""
    found = [] if address.videos() else _newest(filters)
    if not found:
        return
    st.markdown(f"#### {t('ages.newest')}")
    if all(one.rank is None for one in found):
        st.caption(_missing(found[0]))
        return
    expected = expected_of(filters)
    with st.grid(4, min_column_width=230, gap="small"):
        for one in found:
            _card(one, expected.get(one.video))
    parts.downloads(_sheet(found, expected, filters), "newest")


def _newest(filters: Filters) -> list[Newcomer]:
    with st.spinner(t("ages.waiting")):
        return data.ask(newcomers, _whose(filters))


def _whose(filters: Filters) -> Filters:
    """Return the part of filters that says whose works; the newest are new in any period."""
    return Filters(accounts=filters.accounts, genres=filters.genres)


def expected_of(filters: Filters) -> dict[str, Expected]:
    """Return what is expected of each young work of some accounts."""
    with st.spinner(t("forecast.waiting")):
        found = data.ask(forecast, Filters(accounts=filters.accounts))
    return {one.video: one for one in found.videos}


def answer(filters: Filters) -> str:
    """Return where the newest work stands as a sentence, empty when that is not known."""
    found = _newest(filters)
    if not found or found[0].rank is None:
        return ""
    one = data.ask(works.work, found[0].video)
    assert one is not None
    return t(
        "ages.answer",
        title=literal(short_title(one.title)),
        n=found[0].n,
        genre=literal(i18n.named("genre", one.genre or "")),
        rank=found[0].rank,
    )


def _card(one: Newcomer, expected: Expected | None) -> None:
    known = data.ask(works.work, one.video)
    assert known is not None
    with st.container(border=True, key=f"card_new_{one.video}", gap=None, height="stretch"):
        st.markdown(f"**{literal(short_title(known.title, 20))}**")
        if one.rank is None:
            st.caption(age_text(one.age_days))
            st.caption(_missing(one))
        else:
            st.metric(
                age_text(one.age_days),
                t("ages.rank", rank=one.rank, n=one.n),
                help=t("ages.rank_help", n=one.n, age=f"{one.age_days:.1f}"),
            )
        lines = [t("ages.so_far", views=short(one.so_far, Unit.COUNT))]
        if expected is not None:
            lines.append(t("forecast.card", horizon=30, range=range_text(expected), n=expected.n))
        st.caption("  \n".join(lines))
        notes.line(one.video)
        st.space(8)
        st.page_link(frame.page("videos"), label=t("ages.open"), query_params={"video": one.video})


def range_text(expected: Expected) -> str:
    """Return an expected range to be read at a glance."""
    low, high = (short(value, Unit.COUNT) for value in (expected.low, expected.high))
    return t("forecast.range", low=low, high=high)


def age_text(days: float) -> str:
    """Return an age in words: hours on the first day, then days."""
    if days < 1:
        return t("ages.age_hours", age=f"{days * 24:.0f}")
    return t("ages.age", age=f"{days:.0f}")


def _missing(one: Newcomer) -> str:
    if one.exports < 2:
        return t("ages.one_export")
    return t("ages.few_peers", n=one.n - 1, least=ENOUGH)


def _sheet(found: list[Newcomer], expected: dict[str, Expected], filters: Filters) -> Sheet:
    known = [data.ask(works.work, one.video) for one in found]
    ranges = [expected.get(one.video) for one in found]
    rows = pd.DataFrame(
        {
            "title": [one.title if one else None for one in known],
            "published_at": [one.published_at if one else None for one in known],
            "age": [one.age_days for one in found],
            "rank": [one.rank for one in found],
            "ranked": [one.n for one in found],
            "so_far": [one.so_far for one in found],
            "low": [one.low if one else None for one in ranges],
            "high": [one.high if one else None for one in ranges],
        }
    )
    columns = (
        Column("title", t("dimension.video")),
        Column("published_at", t("works.published_at")),
        Column("age", t("ages.age_column"), Unit.NUMBER),
        Column("rank", t("ages.rank_column"), Unit.COUNT),
        Column("ranked", t("ages.ranked_column"), Unit.COUNT),
        Column("so_far", t("forecast.so_far"), Unit.COUNT),
        Column("low", t("forecast.low"), Unit.COUNT),
        Column("high", t("forecast.high"), Unit.COUNT),
    )
    facts = (*parts.facts(_whose(filters), ["views"]), (t("ages.method"), t("ages.table_help")))
    return Sheet(t("ages.sheet_newest"), rows, columns, facts, t("facts.sheet"))
