"""Competitors' works that broke out, as cards."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import i18n
from opsdata.analysis import breakouts
from opsdata.analysis.breakouts import ENOUGH, Breakout, K
from opsdata.analysis.hashtags import Tried
from opsdata.format import literal, moment, short, short_title, times
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, parts
from opsdata.ui.benchmark import View

_SHOWN = 6


def draw(seen: View | None) -> None:
    """Draw the works that broke out, the farthest first."""
    if seen is None:
        return
    st.markdown(f"### {t('breakouts.title')}")
    st.caption(t("breakouts.help", k=f"{K:g}", n=ENOUGH))
    found = data.ask(breakouts.breakouts, seen.filters, seen.whose)
    if not found:
        parts.nothing("no_breakouts")
        return
    with st.grid(3, min_column_width=320, gap="small"):
        for at, one in enumerate(found[:_SHOWN]):
            _card(at, one)
    if len(found) > _SHOWN:
        parts.nothing("more_breakouts", n=len(found) - _SHOWN)
    parts.downloads(_sheet(found, seen), "breakouts")


def _card(at: int, one: Breakout) -> None:
    with st.container(border=True, key=f"breakout_{at}", gap="small", height="stretch"):
        st.caption(literal(one.account))
        st.markdown(f"**{literal(short_title(one.title, 60))}**")
        count = short(one.interactions, Unit.COUNT)
        st.markdown(t("breakouts.times", times=times(one.times), n=count))
        st.caption(" · ".join([_slot(one), *_kind(one)]))
        for line in _ours(one):
            st.caption(line)
        if one.link:
            st.link_button(t("breakouts.open"), one.link, icon=":material/open_in_new:")


def _slot(one: Breakout) -> str:
    weekday = t("weekday.short").split()[one.published_at.weekday()]
    return f"{moment(one.published_at)} {weekday}"


def _kind(one: Breakout) -> list[str]:
    """Return the genre and the length of a work, as far as they are known."""
    said = [literal(i18n.named("genre", one.genre))] if one.genre else []
    if one.duration_seconds:
        said.append(t("unit.seconds", n=f"{one.duration_seconds:.0f}"))
    return said


def _ours(one: Breakout) -> list[str]:
    """Return for each hashtag how ours ended, or that we never did it."""
    if not one.tags:
        return [t("breakouts.no_tags")]
    ours = {tried.tag: tried for tried in one.ours}
    return [
        tried_text(ours[tag]) if tag in ours else t("breakouts.never", tag=literal(tag))
        for tag in one.tags
    ]


def tried_text(tried: Tried) -> str:
    """Say how our works of a hashtag ended."""
    if tried.times is None:
        return t("breakouts.tried_only", tag=literal(tried.tag), n=tried.n)
    return t(
        "breakouts.tried", tag=literal(tried.tag), n=tried.n, times=times(tried.times),
        day=i18n.day(tried.last),
    )  # fmt: skip


def _sheet(found: list[Breakout], seen: View) -> Sheet:
    frame = pd.DataFrame(
        {
            "account": [one.account for one in found],
            "title": [one.title for one in found],
            "published_at": pd.to_datetime([one.published_at for one in found]),
            "interactions": [one.interactions for one in found],
            "times": [one.times for one in found],
            "score": [one.score for one in found],
            "n": [one.n for one in found],
            "genre": [i18n.named("genre", one.genre or "") for one in found],
            "seconds": [one.duration_seconds for one in found],
            "ours": [t("list.comma").join(map(_plain, _ours(one))) for one in found],
            "link": [one.link for one in found],
        }
    )
    columns = (
        Column("account", t("dimension.account")),
        Column("title", t("dimension.video")),
        Column("published_at", t("works.published_at")),
        Column("interactions", t("competitors.column_interactions"), Unit.COUNT),
        Column("times", t("breakouts.column_times"), Unit.NUMBER),
        Column("score", t("breakouts.score"), Unit.NUMBER),
        Column("n", t("breakouts.n"), Unit.COUNT),
        Column("genre", t("dimension.genre")),
        Column("seconds", t("breakouts.seconds"), Unit.SECONDS),
        Column("ours", t("breakouts.ours")),
        Column("link", t("breakouts.link")),
    )
    return Sheet(t("breakouts.title"), frame, columns, seen.facts, t("facts.sheet"))


def _plain(text: str) -> str:
    return text.replace("\\", "")
