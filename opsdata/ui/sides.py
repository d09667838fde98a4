"""The feedback triangle: themes in the survey, in comments, and where viewers leave."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from opsdata import theme
from opsdata.analysis import answers
from opsdata.analysis.triangle import LEAST_WORKS, Corner, Row, triangle
from opsdata.charts.corners import Dot, corners
from opsdata.filters import Filters
from opsdata.format import literal
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.store import Store
from opsdata.ui import data, parts, surveywords
from opsdata.ui.survey import Chosen, view

_SIDES = ("survey", "comments", "works")


def rows_of(store: Store, chosen: Chosen | None, filters: Filters) -> list[Row]:
    """Return the themes from all sides: the chosen survey, and comments and works as filtered."""
    texts = answers.written(view(store, chosen)) if chosen else []
    return triangle(store, texts, filters)


def draw(chosen: Chosen | None, filters: Filters) -> None:
    """Draw every theme from three sides; those confirmed by two are named first."""
    made = data.ask(rows_of, chosen, filters)
    if not made or (chosen is None and not any(row.comments.n for row in made)):
        return
    st.markdown(f"### {t('sides.title')}")
    st.markdown(_finding(made))
    st.caption(t("sides.scope", filters=literal(filters.describe()), least=LEAST_WORKS))
    missing = [t(f"sides.no_{side}") for side in _SIDES if not any(_of(r, side).n for r in made)]
    if missing:
        st.caption(" ".join(missing))
    _picture(made)
    parts.downloads(_sheet(made, chosen, filters), "sides")


def _of(row: Row, side: str) -> Corner:
    corner: Corner = getattr(row, side)
    return corner


def _finding(made: Sequence[Row]) -> str:
    sure = [literal(surveywords.theme(row.theme)) for row in made if row.is_confirmed]
    if sure:
        return t("sides.confirmed", names=t("list.comma").join(sure))
    one = [literal(surveywords.theme(row.theme)) for row in made if row.sides == 1]
    if one:
        return t("sides.one_side", names=t("list.comma").join(one))
    return t("sides.none")


def _picture(made: Sequence[Row]) -> None:
    names = [("✓ " if row.is_confirmed else "") + surveywords.theme(row.theme) for row in made]
    shown = [
        side for side in _SIDES if any(_of(row, side).figure.value is not None for row in made)
    ]
    if not shown:
        return
    columns = [(t(f"sides.{side}"), [_dot(_of(row, side), side) for row in made]) for side in shown]
    st.plotly_chart(
        corners(names, columns),
        theme=None,
        config=theme.CONFIG,
        key="sides_chart",
        alt=_finding(made),
    )


def _dot(one: Corner, side: str) -> Dot:
    figure = one.figure
    if side == "works":
        value = "—" if figure.value is None else t("unit.points", n=f"{figure.value * 100:+.1f}")
        text = t("sides.hover_works", value=value, n=one.count)
    else:
        text = t("sides.hover", share=surveywords.share_text(figure), count=one.count, n=one.n)
    return Dot(figure.value, figure.low, figure.high, text, one.speaks)


def _sheet(made: Sequence[Row], chosen: Chosen | None, filters: Filters) -> Sheet:
    rows = pd.DataFrame([_row(row) for row in made])
    columns = [Column("theme", t("themes.theme"))]
    for side in _SIDES:
        name = t(f"sides.{side}")
        columns += [
            Column(f"{side}_value", name, Unit.SHARE),
            Column(f"{side}_low", f"{name} {t('questions.low')}", Unit.SHARE),
            Column(f"{side}_high", f"{name} {t('questions.high')}", Unit.SHARE),
            Column(f"{side}_count", f"{name} {t('themes.count')}", Unit.COUNT),
            Column(f"{side}_n", f"{name} {t('questions.n_column')}", Unit.COUNT),
            Column(f"{side}_speaks", f"{name} {t('sides.speaks')}"),
        ]
    columns.append(Column("confirmed", t("sides.confirmed_column")))
    facts = parts.about(
        (),
        (t("survey.which"), chosen.name if chosen else "—"),
        (t("facts.filters"), filters.describe()),
        (t("cross.method"), t("sides.method", least=LEAST_WORKS)),
    )
    return Sheet(t("sides.sheet"), rows, tuple(columns), facts, t("facts.sheet"))


def _row(row: Row) -> dict[str, object]:
    made: dict[str, object] = {"theme": surveywords.theme(row.theme)}
    for side in _SIDES:
        one = _of(row, side)
        made |= {
            f"{side}_value": one.figure.value,
            f"{side}_low": one.figure.low,
            f"{side}_high": one.figure.high,
            f"{side}_count": one.count,
            f"{side}_n": one.n,
            f"{side}_speaks": t("sides.yes") if one.speaks else "",
        }
    made["confirmed"] = t("sides.yes") if row.is_confirmed else ""
    return made
