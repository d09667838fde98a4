"""One work over its age: its curve in the band of its kind, and what it is expected to reach."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import theme, works
from opsdata.analysis.ages import BAND_ENOUGH, Company, ages, company
from opsdata.analysis.forecast import Expected
from opsdata.analysis.standout import ENOUGH, Feature, standout
from opsdata.charts.flags import Flag
from opsdata.charts.lives import life
from opsdata.filters import Filters
from opsdata.format import exact, label, moment, short
from opsdata.i18n import t
from opsdata.metrics import METRICS, Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, notes, parts
from opsdata.ui.newest import expected_of

_NO_BAND = pd.DataFrame(columns=["age", "low", "middle", "high", "n"], dtype=float)


def draw(one: works.Work) -> None:
    """Draw a work's life, or say what is missing for that."""
    st.markdown(f"#### {t('life.title')}")
    with st.spinner(t("ages.waiting")):
        beside = data.ask(company, one.video) or _alone(one)
    expected = expected_of(Filters(accounts=(one.account,))).get(one.video)
    _said(one, expected)
    if beside.curve.empty or (len(beside.curve) < 2 and beside.band.empty):
        st.caption(t("work.one_export", when=moment(one.captured_at)))
        return
    flags = _flags(one, beside, expected)
    reach = (30.0, expected.low, expected.mid, expected.high) if expected else None
    st.plotly_chart(
        life(beside.curve, beside.band, reach, METRICS["views"], flags),
        theme=None,
        config=theme.CONFIG,
        key=f"life_{one.video}",
        alt=_alt(beside),
    )
    st.caption(_caption(beside))
    parts.downloads(_sheet(one, beside, expected, flags), f"life_{one.video}")


def _alone(one: works.Work) -> Company:
    """Return a life without company, for a work that is not among the newest of its kind."""
    curve = data.ask(works.life, one.video).iloc[1:].rename(columns={"views": "total"})
    return Company(curve.reset_index(drop=True), _NO_BAND, 0)


def _said(one: works.Work, expected: Expected | None) -> None:
    """Say where the work stands at its age, and what it is expected to reach."""
    every = data.ask(ages, Filters(accounts=(one.account,)))
    same = next((found for found in every if found.video == one.video), None)
    if same is not None and same.percentile is not None:
        age, percent = f"{same.age_days:.0f}", f"{same.percentile:.0%}"
        st.markdown(t("ages.said", age=age, percent=percent, n=same.n))
    if expected is not None:
        low, mid, high = (
            short(value, Unit.COUNT) for value in (expected.low, expected.mid, expected.high)
        )
        st.markdown(t("forecast.said", horizon=30, low=low, mid=mid, high=high, n=expected.n))


def _alt(beside: Company) -> str:
    views = exact(float(beside.curve["total"].iloc[-1]), Unit.COUNT)
    return t("life.alt", n=len(beside.curve), views=views)


def _caption(beside: Company) -> str:
    if beside.band.empty:
        return t("life.no_band", least=BAND_ENOUGH)
    return t("life.said", n=beside.others, least=BAND_ENOUGH)


def _flags(one: works.Work, beside: Company, expected: Expected | None) -> list[Flag]:
    """Return the notes at the ages that the chart reaches."""
    ages = [*beside.curve["age"], *beside.band["age"], *([30.0] if expected else [])]
    return notes.age_flags(one, max(ages))


def _sheet(one: works.Work, beside: Company, expected: Expected | None, flags: list[Flag]) -> Sheet:
    """Return everything the chart draws: the work's exports, the band, the range."""
    own = beside.curve.rename(columns={"total": "middle"}).assign(series=t("life.kind_own"))
    frames = [own, beside.band.assign(series=t("life.kind_band"))]
    if expected is not None:
        reach = (t("life.kind_expected"), 30.0, expected.mid, expected.low, expected.high)
        names = ["series", "age", "middle", "low", "high", "n"]
        frames.append(pd.DataFrame([(*reach, expected.n)], columns=names))
    if flags:
        noted = [(t("notes.kind"), flag.at, flag.text) for flag in flags]
        frames.append(pd.DataFrame(noted, columns=["series", "age", "noted"]))
    columns: tuple[Column, ...] = (
        Column("series", t("life.series")),
        Column("age", t("work.age"), Unit.NUMBER),
        Column("middle", label("views"), Unit.COUNT),
        Column("low", t("life.low"), Unit.COUNT),
        Column("high", t("life.high"), Unit.COUNT),
        Column("n", t("life.n"), Unit.COUNT),
        *([Column("noted", t("notes.column"))] if flags else []),
    )
    rows = pd.concat([frame for frame in frames if len(frame)], ignore_index=True)
    rows = rows.reindex(columns=[column.key for column in columns])
    facts = parts.about(
        ["views"],
        (t("dimension.video"), one.title or t("work.untitled")),
        (t("work.captured_at"), f"{one.captured_at:%Y-%m-%d %H:%M}"),
        (t("ages.method"), t("ages.table_help")),
    )
    return Sheet(t("life.sheet"), rows, columns, facts, t("facts.sheet"))


def stands_out(one: works.Work) -> None:
    """Say in which metrics a work is beyond most of its kind."""
    st.markdown(f"#### {t('standout.title')}")
    found = data.ask(standout, one)
    if found.plays is None or found.plays < works.FEW_PLAYS:
        st.caption(t("standout.too_few_plays", plays=works.FEW_PLAYS))
    elif found.n < ENOUGH:
        st.caption(t("standout.few", plays=works.FEW_PLAYS, n=found.n, least=ENOUGH))
    elif not found.features:
        st.caption(t("standout.none", n=found.n))
    for feature in found.features:
        st.markdown(_feature(feature, found.n))


def _feature(feature: Feature, n: int) -> str:
    unit = METRICS[feature.key].unit
    return t(
        "standout.up" if feature.above else "standout.down",
        name=label(feature.key),
        value=short(feature.value, unit),
        share=f"{feature.share:.0%}",
        n=n,
        median=short(feature.median, unit),
    )
