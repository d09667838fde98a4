"""When works do better than expected: the verdict, the week as a picture, every slot."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import theme, works
from opsdata.analyse.timing import slot_name
from opsdata.analysis.timing import ENOUGH_WORKS, Effect, Timing, Verdict, timing
from opsdata.charts.slots import percent, week
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import data, parts


def draw(filters: Filters) -> None:
    """Draw what can be said of times; what cannot be said is said too."""
    if not data.ask(works.choices).accounts:
        parts.empty("videos")
        return
    found = data.ask(timing, filters)
    st.subheader(said(found), anchor=False)
    if not found.slots:
        return
    st.caption(t("timing.from_works", n=f"{found.works:,}"))
    st.markdown(f"### {t('timing.title')}")
    st.caption(t("timing.how"))
    st.plotly_chart(
        week(found.cells), theme=None, config=theme.CONFIG, key="week", alt=t("timing.alt")
    )
    parts.downloads(_cells(found, filters), "week")
    _table(_slots(found, filters))


def said(found: Timing) -> str:
    """Return the verdict in one sentence."""
    if found.works < ENOUGH_WORKS:
        return t("timing.few", n=found.works, needed=ENOUGH_WORKS)
    if found.verdict is not Verdict.BEST:
        return t(f"timing.{found.verdict}")
    one = next(one for slot, one in found.slots if slot == found.best)
    assert found.best is not None
    return t("timing.best", slot=slot_name(found.best), n=one.n, **numbers(one))


def numbers(one: Effect) -> dict[str, str]:
    """Return an effect and its interval as texts."""
    return {"effect": percent(one.effect), "low": percent(one.low), "high": percent(one.high)}


def _table(sheet: Sheet) -> None:
    with st.expander(t("timing.slots")):
        looks = {
            column.key: st.column_config.NumberColumn(
                column.header, format="percent" if column.unit is Unit.SHARE else "localized"
            )
            if column.numeric
            else st.column_config.TextColumn(column.header)
            for column in sheet.columns
        }
        st.dataframe(
            sheet.frame, column_config=looks, hide_index=True, key="slots", alt=t("timing.slots")
        )
        parts.downloads(sheet, "slots")


_NUMBERS = (("n", Unit.COUNT), ("effect", Unit.SHARE), ("low", Unit.SHARE), ("high", Unit.SHARE))


def _columns(*names: str) -> tuple[Column, ...]:
    numeric = [Column(key, t(f"timing.{key}"), unit) for key, unit in _NUMBERS]
    return (*(Column(name, t(f"timing.{name}")) for name in names), *numeric)


def _slots(found: Timing, filters: Filters) -> Sheet:
    rows = [(slot_name(slot), *_row(one)) for slot, one in found.slots]
    frame = pd.DataFrame(rows, columns=["name", *(key for key, _ in _NUMBERS)])
    return _sheet("timing.sheet", frame, _columns("name"), filters)


def _cells(found: Timing, filters: Filters) -> Sheet:
    rows = [(t(f"timing.day_{day}"), f"{hour}:00", *_row(one)) for day, hour, one in found.cells]
    frame = pd.DataFrame(rows, columns=["day", "hour", *(key for key, _ in _NUMBERS)])
    return _sheet("timing.cells_sheet", frame, _columns("day", "hour"), filters)


def _row(one: Effect) -> tuple[object, ...]:
    """Return what a table says of an effect; without works there is none."""
    return (one.n, one.effect, one.low, one.high) if one.n else (0, None, None, None)


def _sheet(name: str, frame: pd.DataFrame, columns: tuple[Column, ...], filters: Filters) -> Sheet:
    meaning = (t("timing.meaning"), t("timing.meaning_help"))
    facts = (*parts.facts(filters, ["views"]), meaning)
    return Sheet(t(name), frame, columns, facts, t("facts.sheet"))
