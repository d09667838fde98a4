"""What people say: the answer, the figures, what rose, and the parts behind them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import i18n, theme
from opsdata.analysis import comments
from opsdata.analysis.bursts import Burst, bursts
from opsdata.analysis.comments import Summary
from opsdata.analysis.proportions import Proportion, difference
from opsdata.analysis.waiting import Replies, replies
from opsdata.charts import mood
from opsdata.filters import Filters
from opsdata.format import literal, short, short_title
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column
from opsdata.ui import (
    address,
    comment_parts,
    comment_queue,
    comment_table,
    crises,
    data,
    parts,
    title_check,
)
from opsdata.ui import comment_audit as audit

_MOST_ALERTS = 3
_TABS = ("topics", "works", "queue", "crises", "audit", "titles")


def draw(filters: Filters) -> None:
    """Draw the page; without comments it says what to bring, and checks titles all the same."""
    if data.ask(comments.summary, Filters()).total + data.ask(comments.summary, filters).total == 0:
        parts.empty("comments")
        title_check.draw(filters)
        return
    found = data.ask(comments.summary, filters)
    answered = data.ask(replies, filters)
    st.markdown(_answer(found, answered, filters))
    st.caption(_coverage(found, filters))
    if found.total:
        _cards(found, answered)
        _alerts(data.ask(bursts, filters))
        _days(filters)
    _tabs(filters)


def _tabs(filters: Filters) -> None:
    """Draw the parts; their names never change, so that the open one stays open."""
    labels = {name: t(f"comments.tab_{name}") for name in _TABS}
    key = address.show("tab", labels[address.single("tab", _TABS, _TABS[0])])
    topics, works, queue, past, weekly, titles = st.tabs(
        list(labels.values()), key=key, on_change=_open, args=(key, labels)
    )
    with topics:
        comment_parts.topics(filters)
    with works:
        comment_parts.works(filters)
    with queue:
        comment_queue.draw(filters)
    with past:
        crises.draw(filters)
    with weekly:
        audit.draw()
    with titles:
        title_check.draw(filters)


def _open(key: str, labels: dict[str, str]) -> None:
    """Put the part that was opened into the address, by a name that no language changes."""
    name = next(name for name, label in labels.items() if label == st.session_state[key])
    address.put(tab="" if name == _TABS[0] else name)


def share_text(one: Proportion) -> str:
    """Return a share with its interval, as 9.8% (9.0–10.7%)."""
    if one.share is None or one.low is None or one.high is None:
        return "—"
    return t(
        "comments.with_interval",
        share=short(one.share, Unit.SHARE),
        low=f"{one.low * 100:.1f}",
        high=short(one.high, Unit.SHARE),
    )


def _answer(found: Summary, answered: Replies, filters: Filters) -> str:
    if not found.total:
        return t("comments.none_here")
    said = t("comments.answer", n=f"{found.total:,}", share=share_text(found.negative))
    before = filters.before()
    if before is not None:
        said += _against(found.negative, data.ask(comments.summary, before).negative)
    return said + t("comments.answer_waiting", n=f"{answered.waiting:,}")


def _against(now: Proportion, before: Proportion) -> str:
    """Say how the share of complaints compares, and whether that is more than chance."""
    found = difference(now, before)
    if found is None:
        return t("comments.no_before")
    points = f"{found.value * 100:+.1f}"
    return t("comments.changed" if found.sure else "comments.not_changed", points=points)


def _coverage(found: Summary, filters: Filters) -> str:
    """Say what the figures rest on, and which filters count."""
    said = [t("comments.coverage")]
    last = data.ask(comments.newest, filters)
    if last is not None:
        said.append(t("comments.until", day=i18n.day(last, year=True)))
    if found.unknown:
        said.append(t("comments.unknown", n=f"{found.unknown:,}", works=f"{found.unknown_works:,}"))
    if filters.about_works:
        said.append(t("comments.only_known"))
    return " ".join(said)


def _cards(found: Summary, answered: Replies) -> None:
    minutes = answered.median_minutes
    cards = (
        ("total", short(found.total, Unit.COUNT), t("comments.total_help", n=found.textless)),
        ("share", short(found.negative.share, Unit.SHARE), _share_help(found)),
        ("waiting", short(answered.waiting, Unit.COUNT), t("comments.waiting_help")),
        ("minutes", "—" if minutes is None else duration(minutes), _minutes_help(answered)),
    )
    with st.grid(4, min_column_width=160, gap="small"):
        for key, value, tip in cards:
            with st.container(border=True, key=f"card_comments_{key}", height="stretch"):
                st.metric(t(f"comments.{key}"), value, help=tip)


def _share_help(found: Summary) -> str:
    n, total = f"{found.negative.count:,}", f"{found.total:,}"
    return t("comments.share_help", n=n, total=total, share=share_text(found.negative))


def _minutes_help(answered: Replies) -> str:
    if not answered.known:
        return t("comments.no_answers")
    tenth = answered.tenth_minutes
    return t(
        "comments.minutes_help",
        share=share_text(answered.answered),
        n=f"{answered.answered.n:,}",
        tenth="—" if tenth is None else duration(tenth),
    )


def duration(minutes: float) -> str:
    """Return a time to be read at a glance: minutes, hours, days."""
    if minutes < 120:
        return t("comments.in_minutes", n=f"{minutes:.0f}")
    if minutes < 2880:
        return t("comments.in_hours", n=f"{minutes / 60:.1f}")
    return t("comments.in_days", n=f"{minutes / 1440:.1f}")


def _alerts(found: list[Burst]) -> None:
    """Draw what rose above a work's own rate, complaints first."""
    for one in sorted(found, key=lambda b: (b.what != "negative", -b.last.toordinal()))[
        :_MOST_ALERTS
    ]:
        text = t(
            f"comments.burst_{one.what}",
            title=_named(one),
            days=i18n.span(one.first, one.last) if one.first != one.last else i18n.day(one.first),
            count=f"{one.count:,}",
            expected=f"{one.expected:.1f}",
            bound=f"{one.bound:,}",
        )
        st.warning(text, icon=":material/trending_up:")


def _named(one: Burst) -> str:
    """Return a work's title, or that it is known by its id only."""
    return literal(
        short_title(one.title, 30) if one.title else f"{t('crises.unknown_work')} {one.video}"
    )


def _days(filters: Filters) -> None:
    days = data.ask(comments.by_day, filters)
    if len(days) < 2:
        return
    with st.grid(2, min_column_width=320, gap="medium"):
        for name, chart in (("volume", mood.volume(days)), ("share", mood.share(days))):
            with st.container(gap="small"):
                st.markdown(f"**{t(f'comments.chart_{name}')}**")
                st.caption(t(f"comments.chart_{name}_unit"))
                st.plotly_chart(
                    chart,
                    theme=None,
                    config=theme.CONFIG,
                    key=f"comments_{name}",
                    alt=_days_alt(name, days),
                )
    columns = (
        Column("day", t("dimension.day")),
        Column("total", t("comments.total"), Unit.COUNT),
        Column("negative", t("comments.negative"), Unit.COUNT),
        Column("share", t("comments.share"), Unit.SHARE),
        Column("low", t("comments.low"), Unit.SHARE),
        Column("high", t("comments.high"), Unit.SHARE),
    )
    title = t("comments.sheet_days")
    parts.downloads(comment_table.sheet(title, days, columns, filters), "comment_days")


def _days_alt(name: str, days: pd.DataFrame) -> str:
    top = days.loc[days["negative"].idxmax()]
    return t(
        f"comments.alt_{name}",
        first=i18n.day(days["day"].iloc[0].date()),
        last=i18n.day(days["day"].iloc[-1].date()),
        day=i18n.day(top["day"].date()),
        n=int(top["negative"]),
    )
