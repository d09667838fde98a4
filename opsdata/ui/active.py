"""When the crowd is active, and whether works go out then."""

from __future__ import annotations

from itertools import groupby

import pandas as pd
import streamlit as st

from opsdata import i18n, theme
from opsdata.analysis.active import HOURS, Activity, by_hour
from opsdata.charts.active_hours import active_hours
from opsdata.charts.active_week import active_week
from opsdata.i18n import t
from opsdata.intake.buckets import WEEKDAYS
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import audience, parts, portrait
from opsdata.ui.audience import View, crowd_name, said_name


def draw(view: View | None) -> None:
    """Draw activity by hour against works by hour, and both over a week where it is known."""
    active = view.active if view else None
    if view is None or active is None:
        return
    st.markdown(f"### {t('audience.active', crowd=crowd_name(view.crowd))}")
    _weekdays(view)
    if active.hours:
        _hours(view, active)
    else:
        st.caption(t("audience.hours_incomplete", n=0))
    if active.cells:
        _week(view, active)


def _weekdays(view: View) -> None:
    """Draw the shares of weekdays where a file has only these."""
    for part in view.parts:
        if part.dimension == "weekday":
            portrait.bars(part, view)


def _hours(view: View, active: Activity) -> None:
    rows = _by_hour(view, active)
    st.markdown(audience.when(view) + _which(view))
    st.caption(t("audience.key_hours", crowd=crowd_name(view.crowd), n=int(rows["works"].sum())))
    st.plotly_chart(
        active_hours(rows, i18n.named("crowd", view.crowd), t("audience.works_share")),
        theme=None,
        config=theme.CONFIG,
        key="active_hours",
        alt=audience.when(view),
    )
    columns = (
        Column("hour", t("audience.at_hour"), Unit.COUNT),
        Column("activity", t("audience.activity"), Unit.SHARE),
        Column("works", t("metric.posts"), Unit.COUNT),
        Column("share", t("audience.works_share"), Unit.SHARE),
    )
    parts.downloads(_sheet(view, t("audience.hours_sheet"), rows, columns), "active_hours")


def _which(view: View) -> str:
    """Name the busy hours, and how few works they saw."""
    found = view.step
    if found is None or not found.out_of_step:
        return ""
    busy = tuple(hour for hour in range(HOURS) if hour not in found.quiet)
    return t(
        "audience.which",
        m=len(busy),
        hours=hours_text(busy),
        activity=f"{1 - found.activity:.0%}",
        works=found.n - found.works,
    )


def hours_text(hours: tuple[int, ...]) -> str:
    """Return hours as stretches: 12–14, 20–23."""
    stretches = []
    for _, run in groupby(enumerate(hours), key=lambda pair: pair[1] - pair[0]):
        found = [hour for _, hour in run]
        stretches.append(t("audience.stretch", a=found[0], b=found[-1] + 1))
    return t("list.comma").join(stretches)


def _by_hour(view: View, active: Activity) -> pd.DataFrame:
    works = by_hour(view.works)
    total = sum(works)
    return pd.DataFrame(
        {
            "hour": range(24),
            "activity": active.hours,
            "works": works,
            "share": [n / total if total else float("nan") for n in works],
        }
    )


def _week(view: View, active: Activity) -> None:
    st.markdown(f"#### {t('audience.week')}")
    st.caption(t("audience.key_week", crowd=said_name(view.crowd)))
    rows = _by_cell(view, active)
    names = [i18n.named("weekday", day) for day in WEEKDAYS]
    st.plotly_chart(
        active_week(rows, names),
        theme=None,
        config=theme.CONFIG,
        key="active_week",
        alt=t("audience.week_alt"),
    )
    shown = rows.assign(weekday=[names[day] for day in rows["weekday"]])
    columns = (
        Column("weekday", t("dimension.weekday")),
        Column("hour", t("audience.at_hour"), Unit.COUNT),
        Column("share", t("audience.activity"), Unit.SHARE),
        Column("works", t("metric.posts"), Unit.COUNT),
    )
    parts.downloads(_sheet(view, t("audience.week_sheet"), shown, columns), "active_week")


def _by_cell(view: View, active: Activity) -> pd.DataFrame:
    shares, works = dict(active.cells), view.works
    cells = sorted({*shares, *works})
    rows = [(*at, shares.get(at, float("nan")), int(works.get(at, 0))) for at in cells]
    return pd.DataFrame(rows, columns=["weekday", "hour", "share", "works"])


def _sheet(view: View, name: str, rows: pd.DataFrame, columns: tuple[Column, ...]) -> Sheet:
    works = (t("audience.works_fact"), view.filters.describe())
    method = (t("audience.method_name"), t("audience.method"))
    facts = (*portrait.facts(view), works, method)
    return Sheet(name, rows, columns, facts, t("facts.sheet"))
