"""Every metric with its meaning, generated from the registry."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import queries
from opsdata.filters import Filters
from opsdata.format import label
from opsdata.i18n import t
from opsdata.metrics import METRICS, Basis, Metric
from opsdata.reports.sheets import Column, Sheet
from opsdata.ui import origin, parts

_FIELDS = ("metric", "key", "meaning", "missing", "unit", "better", "source")


def draw() -> None:
    """Draw the dictionary: a search, one entry a metric, the whole as a download."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input(
            t("dictionary.search"),
            key="dictionary_search",
            icon=":material/search:",
            width=320,
            bind="query-params",
        )
        parts.downloads(_sheet(), "dictionary")
    for basis in Basis:
        st.caption(f"**{t(f'basis.{basis}')}** {t(f'basis_help.{basis}')}")
    shown = [one for one in METRICS.values() if _matches(one, wanted)]
    if not shown:
        parts.nothing("no_metric")
    with st.grid(2, min_column_width=420, gap="small"):
        for one in shown:
            _entry(one)


def _matches(one: Metric, wanted: str) -> bool:
    text = " ".join(_row(one).values()).lower()
    return all(word in text for word in wanted.lower().split())


def _entry(one: Metric) -> None:
    row = _row(one)
    with st.container(border=True, key=f"entry_{one.key}", gap="xsmall"):
        st.markdown(f"#### {row['metric']} :gray[:small[{one.key}]]")
        st.markdown(row["meaning"])
        st.caption(
            " · ".join(
                [
                    f"{t('dictionary.unit')} {row['unit']}",
                    row["better"],
                    f"{t('dictionary.source')} {row['source']}",
                ]
            )
        )
        st.caption(f"{t('dictionary.missing')} {row['missing']}")
        origin.button("entry", one.key, origin.everything(one.key), t("origin.all"))
        with st.expander("SQL"):
            for basis in Basis:
                for grain in one.grains(basis):
                    question = queries.build([one], grain, Filters(basis=basis), [])
                    st.caption(f"{t(f'basis.{basis}')} · {t(f'grain.{grain}')}")
                    st.code(question.sql, language="sql")


def _row(one: Metric) -> dict[str, str]:
    grains = dict.fromkeys(grain for basis in Basis for grain in one.grains(basis))
    return {
        "metric": label(one),
        "key": one.key,
        "meaning": t(f"metric_help.{one.key}"),
        "missing": t(f"metric_missing.{one.key}"),
        "unit": t(f"unit_name.{one.unit}"),
        "better": t(f"better.{one.better}"),
        "source": t("list.comma").join(t(f"grain.{grain}") for grain in grains),
    }


def _sheet() -> Sheet:
    rows = pd.DataFrame([_row(one) for one in METRICS.values()])
    columns = tuple(Column(field, t(f"dictionary.{field}")) for field in _FIELDS)
    return Sheet(t("page.dictionary"), rows, columns, parts.about(()), t("facts.sheet"))
