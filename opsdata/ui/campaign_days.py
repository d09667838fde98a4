"""The days around a campaign as a picture, in a sentence, and as a table."""

from __future__ import annotations

import streamlit as st

from opsdata import i18n, theme
from opsdata.analysis.campaign import Result
from opsdata.analysis.campaign_days import Days
from opsdata.analysis.placebo import Verdict
from opsdata.charts.campaign import campaign as picture
from opsdata.filters import Filters
from opsdata.format import label, short
from opsdata.i18n import t
from opsdata.metrics import METRICS, Basis
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import notes, parts


def draw(found: Result) -> None:
    """Draw the days around a campaign against what was to be expected of them."""
    one, days = found.campaign, found.days
    name = label(found.metric)
    st.markdown(f"### {t('campaigns.line_title', metric=name)}")
    if days is None:
        st.caption(t("campaigns.line_none"))
        return
    if days.actual is not None:
        st.markdown(_said(days, found.metric))
    st.caption(t("campaigns.line_help"))
    first, last = days.frame["day"].iloc[0].date(), days.frame["day"].iloc[-1].date()
    noted = notes.in_view(Filters(accounts=one.accounts), first, last)
    st.plotly_chart(
        picture(
            days.frame, METRICS[found.metric], (one.since, min(one.until, last)), one.name,
            notes.day_flags(noted),
        ),
        theme=None, config=theme.CONFIG, key="campaign_line",
        alt=t("campaigns.line_alt", name=one.name, metric=name),
    )  # fmt: skip
    parts.downloads(_sheet(found, days), "campaign_line")


def _said(days: Days, metric: str) -> str:
    unit = METRICS[metric].unit
    effect = days.effect
    values = {
        "actual": short(days.actual, unit),
        "low": short(days.extra_low, unit),
        "high": short(days.extra_high, unit),
    }
    if effect.verdict in (Verdict.HIGHER, Verdict.LOWER):
        return t("campaigns.line_extra", extra=short(days.extra, unit), **values)
    return t("campaigns.line_unclear", **values) if effect.effect is not None else ""


def _sheet(found: Result, days: Days) -> Sheet:
    unit = METRICS[found.metric].unit
    columns = (
        Column("day", t("campaigns.day")),
        Column("value", f"{label(found.metric)} {t('campaigns.actual')}", unit),
        Column("expected", t("campaigns.expected"), unit),
        Column("low", t("campaigns.low"), unit),
        Column("high", t("campaigns.high"), unit),
    )
    facts = parts.about(
        [found.metric],
        (t("campaigns.choose"), found.campaign.name),
        (t("facts.basis"), t(f"basis.{Basis.HAPPENED}")),
        (t("facts.until"), i18n.day(found.until, year=True) if found.until else "—"),
        (t("campaigns.method"), t("campaigns.line_help")),
    )
    return Sheet(t("campaigns.line_sheet"), days.frame, columns, facts, t("facts.sheet"))
