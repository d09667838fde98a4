"""What others do and we do not: hashtags of competitors, and topics that rise."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import i18n
from opsdata.analysis import hashtags, rising
from opsdata.analysis.hashtags import Gap, Tried
from opsdata.analysis.rising import Topic
from opsdata.format import short, times
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, parts, tables
from opsdata.ui.benchmark import View

_LEAST = 2
"""A hashtag used once is nobody's habit."""


def draw(seen: View | None) -> None:
    """Draw hashtags that only competitors used, and rising topics nobody of us did."""
    if seen is None:
        return
    st.markdown(f"### {t('untried.hashtags')}")
    found = [
        gap for gap in data.ask(hashtags.gaps, seen.filters, seen.whose) if gap.works >= _LEAST
    ]
    if found:
        st.caption(t("untried.hashtags_help", n=hashtags.ENOUGH))
        tables.draw(_hashtags(found, seen), "untried_hashtags", t("untried.hashtags"))
    else:
        parts.nothing("no_gaps")
    _rising(seen)


def _hashtags(found: list[Gap], seen: View) -> Sheet:
    comma = t("list.comma")
    frame = pd.DataFrame(
        {
            "tag": [f"#{gap.tag}" for gap in found],
            "accounts": [comma.join(gap.accounts) for gap in found],
            "works": [gap.works for gap in found],
            "times": [gap.times for gap in found],
            "ours": [_tried(gap.ours) or t("untried.never") for gap in found],
            "alike": [_tried(gap.alike) for gap in found],
        }
    )
    columns = (
        Column("tag", t("dimension.hashtag")),
        Column("accounts", t("untried.accounts")),
        Column("works", t("untried.works"), Unit.COUNT),
        Column("times", t("untried.times"), Unit.NUMBER),
        Column("ours", t("untried.ours")),
        Column("alike", t("untried.alike")),
    )
    return Sheet(t("untried.hashtags"), frame, columns, seen.facts, t("facts.sheet"))


def _tried(one: Tried | None) -> str | None:
    """Say in a cell how our works of a hashtag ended."""
    if one is None:
        return None
    if one.times is None:
        return t("untried.tried_only", tag=one.tag, n=one.n)
    return t("untried.tried", tag=one.tag, n=one.n, times=times(one.times))


def _rising(seen: View) -> None:
    st.markdown(f"### {t('untried.rising')}")
    found = data.ask(rising.rising, seen.whose, seen.filters.until)
    if not found:
        parts.nothing("no_rising")
        return
    days = {"now": i18n.day(found[0].day), "before": i18n.day(found[0].before)}
    st.caption(t("untried.rising_help", **days))
    tables.draw(_topics(found, seen), "rising", t("untried.rising"))


def _topics(found: list[Topic], seen: View) -> Sheet:
    frame = pd.DataFrame(
        {
            "topic": [f"#{one.topic}" for one in found],
            "list": [one.list or None for one in found],
            "rank": [one.rank for one in found],
            "heat": [one.heat for one in found],
            "heat_range": [_range(one) for one in found],
            "change": [one.change for one in found],
            "climbed": [one.climbed for one in found],
            "note": [t("untried.new") if one.new else None for one in found],
            "alike": [_tried(one.alike) for one in found],
        }
    )
    columns = [
        Column("topic", t("untried.topic")),
        Column("list", t("untried.list")),
        Column("rank", t("untried.rank"), Unit.COUNT),
        Column("heat", t("untried.heat"), Unit.COUNT),
        Column("heat_range", t("untried.heat_range")),
        Column("change", t("untried.change"), Unit.SHARE),
        Column("climbed", t("untried.climbed"), Unit.COUNT),
        Column("note", t("untried.note")),
        Column("alike", t("untried.alike")),
    ]
    shown = tuple(one for one in columns if frame[one.key].notna().any())
    return Sheet(t("untried.rising"), frame, shown, seen.facts, t("facts.sheet"))


def _range(one: Topic) -> str | None:
    """Return a heat that is told as a range: 200.0万+, or with both ends."""
    if one.heat is not None or one.low is None:
        return None
    low = short(one.low, Unit.COUNT)
    return f"{low}+" if one.high is None else f"{low}~{short(one.high, Unit.COUNT)}"
