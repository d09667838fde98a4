"""How much the largest works carry: the sentence, the curve, and the curve as a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import theme
from opsdata.analysis.concentration import FEWEST, Concentration, concentration
from opsdata.charts.concentration import concentration as picture
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, parts


def draw(filters: Filters) -> None:
    """Draw which share of plays the top tenth and fifth of a view's works carry."""
    found = data.ask(concentration, filters)
    if not found.n:
        return
    st.markdown(f"### {t('concentration.title')}")
    if not found.tops:
        st.caption(t("concentration.too_few", n=found.n, least=FEWEST))
        return
    st.markdown(_said(found))
    st.caption(t("concentration.basis"))
    st.plotly_chart(
        picture(found.curve, _points(found)),
        theme=None,
        config=theme.CONFIG,
        key="concentration",
        alt=_said(found),
    )
    parts.downloads(_sheet(found, filters), "concentration")


def _said(found: Concentration) -> str:
    (tenth, share), (fifth, more), _ = found.tops
    return t(
        "concentration.said",
        n=f"{found.n:,}",
        tenth=f"{tenth:,}",
        tenth_is=f"{tenth / found.n:.0%}",
        share=f"{share:.0%}",
        fifth=f"{fifth:,}",
        fifth_is=f"{fifth / found.n:.0%}",
        more=f"{more:.0%}",
        half=f"{found.half:,}",
    )


def _points(found: Concentration) -> list[tuple[float, float, str]]:
    """Return the places to name on the curve, with what they say."""
    return [
        (count / found.n, share, t("concentration.point", count=f"{count:,}", share=f"{share:.0%}"))
        for count, share in found.tops
    ]


def _sheet(found: Concentration, filters: Filters) -> Sheet:
    frame = pd.DataFrame(found.curve, columns=["works", "plays"])
    columns = (
        Column("works", t("concentration.works"), Unit.SHARE),
        Column("plays", t("concentration.plays"), Unit.SHARE),
    )
    facts = parts.facts(filters, ["views"])
    return Sheet(t("concentration.sheet"), frame, columns, facts, t("facts.sheet"))
