"""Small things that several pages show: empty states, downloads, facts of a view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from opsdata import i18n, queries
from opsdata.filters import Filters
from opsdata.format import label
from opsdata.i18n import t
from opsdata.metrics import METRICS
from opsdata.reports.sheets import Sheet, to_csv, to_xlsx
from opsdata.ui import data, frame, save


def empty(key: str) -> None:
    """Say what is missing, which export to bring, and where to find it; one button."""
    with st.container(border=True, horizontal_alignment="center", gap="small", key=f"empty_{key}"):
        st.space("small")
        st.markdown(f"#### {t(f'empty.{key}')}", text_alignment="center")
        st.markdown(t(f"empty.{key}_how"), text_alignment="center")
        st.page_link(frame.page("intake"), label=t("empty.button"), icon=":material/upload_file:")
        st.space("small")


def nothing(key: str, **values: object) -> None:
    """Say in one line why nothing is shown here."""
    st.caption(t(f"empty.{key}", **values))


def beside() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return two places side by side where both have room, else one below the other."""
    with st.grid(2, min_column_width=560, gap="large"):
        return st.container(), st.container()


def downloads(sheet: Sheet, key: str) -> None:
    """Offer a table as CSV and XLSX; the files are made when they are asked for."""
    stem = f"opsdata-{sheet.name}-{datetime.now():%Y%m%d-%H%M}"
    with st.container(horizontal=True, gap="small", key=f"downloads_{key}", width="content"):
        for kind, make in (("csv", to_csv), ("xlsx", to_xlsx)):
            words = t(f"download.{kind}")
            save.button(words, partial(make, sheet), f"{stem}.{kind}", f"{key}_{kind}")


def facts(filters: Filters, metrics: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what the table of a view must say of itself: filters, data time, definitions."""
    until = data.ask(queries.newest, filters.basis, filters.accounts)
    return about(
        metrics,
        (t("facts.filters"), filters.describe()),
        (t("facts.basis"), f"{t(f'basis.{filters.basis}')}: {t(f'basis_help.{filters.basis}')}"),
        (t("facts.until"), i18n.day(until, year=True) if until else "—"),
    )


def about(metrics: Sequence[str], *own: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    """Return its own facts of a table, when it was downloaded, and its definitions."""
    sample = [(t("frame.sample"), t("frame.sample_help"))] if data.is_sample() else []
    made = (t("facts.made"), f"{datetime.now():%Y-%m-%d %H:%M}")
    return (*sample, *own, made, *((label(key), definition(key)) for key in metrics))


def definition(key: str) -> str:
    """Return the definition of a metric as plain text."""
    return f"{t(f'metric_help.{key}')} {t(f'better.{METRICS[key].better}')}"
