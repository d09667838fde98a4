"""The script time of the overview over a year of three accounts, against an empty page."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

from opsdata import sample
from opsdata.ui import data
from tests.bench.timing import Measured, measured

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path) -> Iterator[Measured]:
    sample.build(folder / "sample.duckdb")
    os.environ["OPSDATA_DB"] = str(folder / "ops.duckdb")

    def overview() -> None:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
        assert not app.exception
        assert app.metric

    def cold() -> None:
        st.cache_data.clear()
        overview()

    def empty() -> None:
        AppTest.from_string("import streamlit as st\nst.title('-')").run()

    overview()
    yield measured("overview, new answers (after an import)", cold, empty, rounds=7)
    yield measured("overview, known answers (a click)", overview, empty, rounds=7)
    data.installation().close()
