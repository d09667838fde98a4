"""What works: the answer, the effect of each trait as a picture, and all of them as a table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from opsdata import theme, works
from opsdata.analyse.factors import name
from opsdata.analysis.factors import LEVEL, STRONG, Answer, Factors, Group, Verdict, factors
from opsdata.analysis.outcomes import LOG
from opsdata.analysis.traits import GROWN_DAYS
from opsdata.charts.effects import Line, forest
from opsdata.filters import Filters
from opsdata.format import literal, short_title
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.team.beliefs import KPIS
from opsdata.ui import address, data, parts, tables

_DRAWN = 12
_TABLE_HEIGHT = 420


def draw(filters: Filters) -> None:
    """Draw what the works of a view that do well have in common, or what is lacking to say it."""
    if not data.ask(works.choices).accounts:
        parts.empty("content")
        return
    kpi = address.single("metric", KPIS, KPIS[0])
    with st.spinner(t("factors.working"), show_time=False):
        found = data.ask(factors, filters, kpi)
    st.subheader(said(found), anchor=False)
    _choose(kpi)
    if not found.groups:
        return
    st.markdown(f"### {t('factors.title', kpi=t(f'kpi.{kpi}'))}")
    st.caption(t("factors.basis", n=f"{found.n:,}", days=GROWN_DAYS, unit=t(f"kpi_unit.{kpi}")))
    st.plotly_chart(
        forest([_line(group, kpi) for group in _drawn(found)], kpi in LOG),
        theme=None,
        config=theme.CONFIG,
        key="factors",
        alt=said(found),
    )
    _table(found, filters)


def _choose(kpi: str) -> None:
    st.segmented_control(
        t("factors.kpi"),
        KPIS,
        format_func=lambda key: t(f"kpi.{key}"),
        key=address.show("metric", kpi),
        required=True,
        label_visibility="collapsed",
        on_change=address.take,
        args=("metric", KPIS[0]),
    )


def said(found: Factors) -> str:
    """Return what can be said of all traits in one sentence."""
    strong = amount(STRONG[found.kpi in LOG], found.kpi)
    if found.verdict is Answer.BEST:
        claimed = [group for group in found.groups if group.verdict is not Verdict.NOT_ENOUGH]
        up = [group for group in claimed if group.verdict is Verdict.SUPPORTS][:2]
        down = [group for group in reversed(claimed) if group.verdict is Verdict.CONTRADICTS]
        named = [told(group, found.kpi) for group in up + down[: 3 - len(up)]]
        rest = len(found.groups) - len(claimed)
        return t("factors.best", told=t("factors.and").join(named), rest=rest)
    if found.verdict is Answer.NO_DIFFERENCE:
        return t(
            "factors.no_difference",
            n=f"{found.n:,}",
            traits=len(found.groups),
            kpi=t(f"kpi_typical.{found.kpi}"),
            strong=strong,
        )
    more = max(found.needed - found.n, 1)
    return t(
        "factors.not_enough",
        n=f"{found.n:,}",
        days=GROWN_DAYS,
        more=f"{more:,}",
        strong=strong,
    )


def told(group: Group, kpi: str) -> str:
    """Return what one trait does, with its interval and number of works."""
    key = "factors.higher" if group.effect > 0 else "factors.lower"
    ends = sorted((abs(group.low), abs(group.high)))
    return t(
        key,
        name=literal(name(group.trait)),
        kpi=t(f"kpi_typical.{kpi}"),
        effect=amount(abs(group.effect), kpi, signed=False),
        low=amount(ends[0], kpi, signed=False),
        high=amount(ends[1], kpi, signed=False),
        n=f"{group.n:,}",
    )


def amount(effect: float, kpi: str, signed: bool = True) -> str:
    """Return an effect as it is read: percent, or places among a hundred."""
    sign = "+" if signed else ""
    if kpi in LOG:
        return f"{effect * 100:{sign}.0f}%"
    return t("factors.places", n=f"{effect * 100:{sign}.0f}")


def _drawn(found: Factors) -> list[Group]:
    """Return the traits worth a line: claimed ones, then the largest; in order of effect."""
    first = sorted(
        _once(found.groups), key=lambda one: (one.verdict is Verdict.NOT_ENOUGH, -abs(one.effect))
    )[:_DRAWN]
    return [group for group in found.groups if group in first]


def _once(groups: tuple[Group, ...]) -> list[Group]:
    """Return traits of different works only: a label given by a hashtag is drawn once."""
    return list({(group.n, group.effect): group for group in reversed(groups)}.values())[::-1]


def _line(group: Group, kpi: str) -> Line:
    said = t("factors.beside", effect=amount(group.effect, kpi), n=f"{group.n:,}")
    if group.verdict is not Verdict.NOT_ENOUGH:
        said += f" {t(f'verdict.{group.verdict}')}"
    return Line(
        short_title(name(group.trait), 14),
        group.effect,
        group.low,
        group.high,
        said,
        str(group.verdict),
    )


def _table(found: Factors, filters: Filters) -> None:
    sheet = _sheet(found, filters)
    with st.expander(t("factors.all", n=len(found.groups)), icon=":material/table_rows:"):
        st.dataframe(
            sheet.frame,
            column_config=_config(sheet, found.kpi),
            hide_index=True,
            height=tables.height(len(sheet.frame), _TABLE_HEIGHT),
            key="factors_table",
            alt=t("factors.sheet"),
        )
        st.caption(t("factors.method", level=f"{LEVEL:.0%}"))
    parts.downloads(sheet, "factors")


def _sheet(found: Factors, filters: Filters) -> Sheet:
    frame = pd.DataFrame(
        {
            "dimension": [t(f"factor.{group.trait.dimension}") for group in found.groups],
            "name": [name(group.trait) for group in found.groups],
            "n": [group.n for group in found.groups],
            "effect": [group.effect for group in found.groups],
            "low": [group.low for group in found.groups],
            "high": [group.high for group in found.groups],
            "verdict": [t(f"verdict.{group.verdict}") for group in found.groups],
        }
    )
    columns = (
        Column("dimension", t("factors.dimension")),
        Column("name", t("factors.trait")),
        Column("n", t("factors.n"), Unit.COUNT),
        Column("effect", t("factors.effect"), Unit.SHARE),
        Column("low", t("factors.low"), Unit.SHARE),
        Column("high", t("factors.high"), Unit.SHARE),
        Column("verdict", t("factors.verdict")),
    )
    method = (t("factors.method_name"), t("factors.method", level=f"{LEVEL:.0%}"))
    about = (t("factors.effect"), t(f"kpi_unit.{found.kpi}"))
    facts = (*parts.facts(filters, []), about, method)
    return Sheet(t("factors.sheet"), frame, columns, facts, t("facts.sheet"))


def _config(sheet: Sheet, kpi: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for column in sheet.columns:
        if column.unit is Unit.SHARE:
            made[column.key] = st.column_config.NumberColumn(
                column.header, format="percent", help=t(f"kpi_unit.{kpi}")
            )
        elif column.unit is Unit.COUNT:
            made[column.key] = st.column_config.NumberColumn(column.header, format="localized")
        else:
            made[column.key] = st.column_config.TextColumn(column.header)
    return made
