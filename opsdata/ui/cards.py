"""The answer in one sentence, and the KPI cards; each card opens the works behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from opsdata import i18n, queries, works
from opsdata.analysis import comparison, coverage
from opsdata.analysis.changes import dependence
from opsdata.analysis.comparison import Comparison
from opsdata.filters import Filters
from opsdata.format import change, exact, label, literal, reason, short, short_title, spoken
from opsdata.i18n import known, t
from opsdata.metrics import METRICS, Basis, Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import colours, data, frame, origin, pacing, parts, year

_SHOWN = {
    Basis.HAPPENED: (
        "views", "net_followers", "followers", "posts", "engagement_rate", "completion_rate",
        "likes", "comments", "shares", "favorites", "profile_visits", "unfollows", "cover_ctr",
    ),
    Basis.PUBLISHED: (
        "views", "completion_rate", "engagement_rate", "follower_gain", "posts",
        "likes", "comments", "shares", "favorites", "profile_visits",
    ),
}  # fmt: skip
"""The KPIs of a basis, the most important first; those without data step back."""

_MOST = 10

PHOTO = "图文"


def draw(filters: Filters) -> None:
    """Draw the cards of the KPIs that have data, and name those that have none."""
    if not data.ask(works.choices).accounts:
        parts.empty("overview")
        return
    made = data.ask(comparison.compare, _SHOWN[filters.basis], filters)
    known = [one for one in made if one.now is not None][:_MOST]
    keys = tuple(one.key for one in known)
    days = data.ask(queries.measure, keys, filters, ("day",))
    years = data.ask(comparison.compare_year, keys, filters)
    shared = year.common(years)
    with st.grid(5, min_column_width=160, gap="small"):
        for one, ago in zip(known, years, strict=True):
            _card(one, None if shared else ago, days[one.key], filters)
    year.notes(filters, years)
    _left_out(filters)
    parts.downloads(_sheet(known, years, filters), "cards")
    missing = [one for one in made if one.now is None]
    if missing:
        names = t("list.comma").join(label(one.key) for one in missing)
        st.caption(t("cards.missing", names=names, why=literal(reason(missing[0]) or "")))


def _left_out(filters: Filters) -> None:
    """Name the accounts that nobody exports any more: no sum on the cards holds them."""
    gone = data.ask(coverage.left_out, filters)
    if gone:
        each = (
            t("cards.gone", account=literal(name), day=_dated(day, filters)) for name, day in gone
        )
        st.caption(t("cards.left_out", list=t("list.comma").join(each)))


def _dated(day: date, filters: Filters) -> str:
    return i18n.day(day, year=filters.until is not None and day.year != filters.until.year)


def _card(one: Comparison, ago: Comparison | None, days: pd.Series, filters: Filters) -> None:
    metric = METRICS[one.key]
    line = [float(value) for value in days.dropna()]
    with st.container(border=True, key=f"card_{one.key}", gap=None, height="stretch"):
        st.metric(
            label(metric),
            short(one.now, metric.unit),
            change(one),
            delta_color=colours.of_change(one.key, one.direction),
            help=_help(one, ago, filters),
            chart_data=line if len(line) > 2 and not metric.by_kind else None,
            chart_type="line",
        )
        if one.reason not in (None, "open_period"):
            st.caption(literal(reason(one) or ""))
        if ago is not None:
            year.line(ago)
        pacing.line(one.key, filters)
        if metric.by_kind:
            _by_kind(one.key, filters)
        origin.button("card", one.key, filters)
        st.page_link(
            frame.page("videos"),
            label=t("cards.open", name=label(metric)),
            icon="",
            query_params={"sort": one.key},
        )


def _sheet(known: list[Comparison], years: list[Comparison], filters: Filters) -> Sheet:
    """Return the cards as a table: now, before, a year ago, the changes or why there are none."""
    units = tuple(METRICS[one.key].unit for one in known)
    changes = tuple(Unit.SHARE if unit is Unit.COUNT else unit for unit in units)
    frame = pd.DataFrame(
        {
            "metric": [label(one.key) for one in known],
            "now": [one.now for one in known],
            "before": [one.before for one in known],
            "change": [one.change for one in known],
            "means": [reason(one) or t(_meaning(one)) for one in known],
            "ago": [one.before for one in years],
            "year": [one.change for one in years],
            "year_means": [year.why(one) or t(_meaning(one)) for one in years],
        }
    )
    columns = (
        Column("metric", t("dictionary.metric")),
        Column("now", t("chart.now"), row_units=units),
        Column("before", t("chart.before"), row_units=units),
        Column("change", t("cards.change"), row_units=changes),
        Column("means", t("cards.change_means")),
        Column("ago", t("year.column"), row_units=units),
        Column("year", t("year.column_change"), row_units=changes),
        Column("year_means", t("year.column_means")),
    )
    facts = parts.facts(filters, [one.key for one in known])
    return Sheet(t("page.overview"), frame, columns, facts, t("facts.sheet"))


def _meaning(one: Comparison) -> str:
    """Return the key of what a change is measured in: a share of before, or the difference."""
    counts = METRICS[one.key].unit is Unit.COUNT
    return "cards.change_share" if counts else "cards.change_difference"


def _help(one: Comparison, ago: Comparison | None, filters: Filters) -> str:
    """Return what a card says on hover: the exact values, and what they mean."""
    unit = METRICS[one.key].unit
    lines = [f"**{exact(one.now, unit)}**"]
    if one.reason is not None and known(f"reason_more.{one.reason}"):
        lines.append(literal(t(f"reason_more.{one.reason}", **spoken(one.values))))
    if one.before is not None:
        lines.append(t("cards.before", value=exact(one.before, unit)))
    if ago is not None and ago.before is not None:
        lines.append(t("year.value", value=exact(ago.before, unit)))
    if ago is not None and ago.reason is not None and known(f"reason_more.{ago.reason}"):
        lines.append(literal(t(f"reason_more.{ago.reason}", **spoken(ago.values))))
    if filters.basis is Basis.PUBLISHED and one.change is not None and one.key != "posts":
        lines.append(t("cards.same_age"))
    return "\n\n".join([*lines, parts.definition(one.key)])


def _by_kind(key: str, filters: Filters) -> None:
    """Show photo posts and videos apart: their rates do not mean the same."""
    genres = filters.genres or data.ask(works.choices).genres
    photos = tuple(genre for genre in genres if genre == PHOTO)
    videos = tuple(genre for genre in genres if genre != PHOTO)
    texts = []
    for name, chosen in (("photo", photos), ("video", videos)):
        if chosen:
            value = data.ask(queries.measure, (key,), replace(filters, genres=chosen))[key].iloc[0]
            shown = short(None if pd.isna(value) else float(value), METRICS[key].unit)
            texts.append(f"{t(f'kind.{name}')} {shown}")
    st.caption(" · ".join(texts))


def answer(filters: Filters) -> None:
    """Say in one sentence how it went, and what carried it."""
    views = data.ask(comparison.compare, ("views",), filters)[0]
    if views.now is None:
        return
    said = t(f"answer.views_{filters.basis}", views=short(views.now, METRICS["views"].unit))
    if views.change is not None:
        said += t("answer.change", change=change(views), before=_against(filters))
    elif views.reason not in (None, "open_period"):
        said += t("answer.withheld", reason=literal(reason(views) or ""))
    st.subheader(said + _carried_by(filters, views.now) + t("answer.end"), anchor=False)


def _against(filters: Filters) -> str:
    """Return the name of the period before: so many days, or which ones."""
    before = filters.before()
    assert before is not None and filters.since is not None
    assert before.since is not None and before.until is not None
    if before.until == filters.since - timedelta(days=1):
        return t("answer.days_before", n=filters.days)
    return i18n.span(before.since, before.until)


def _carried_by(filters: Filters, views: float) -> str:
    """Return the work with most plays and its share of all, if plays are known by work."""
    if filters.basis is Basis.HAPPENED and data.ask(coverage.missing_exports, filters):
        return ""
    listed = data.ask(works.listing, filters).dropna(subset=["views"])
    share = dependence(listed["views"].to_list(), 1, views)
    if share is None:
        return ""
    first = listed.iloc[0]
    name = literal(short_title(first["title"]))
    return t("answer.carried", n=f"{len(listed):,}", title=name, share=f"{share:.0%}")
