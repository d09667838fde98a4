"""Opening pages in tests, reading what they say, and making the files of their buttons."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from opsdata.ui import data

ROOT = Path(__file__).resolve().parents[1]

Open = Callable[..., AppTest]


class Home:
    """The installation that pages are opened in; another database is another installation."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self._folders = folders
        self._database: Path | None = None

    def move(self, database: Path) -> None:
        if self._database != database:
            self.leave()
            copy = shutil.copy(database, self._folders.mktemp("home"))
            os.environ["OPSDATA_DB"] = str(Path(copy).with_name("ops.duckdb"))
            self._database = database

    def leave(self) -> None:
        if self._database is not None:
            data.installation().close()
        st.cache_data.clear()
        st.cache_resource.clear()
        self._database = None


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = Home(tmp_path_factory)
    yield made
    made.leave()
    os.environ.pop("OPSDATA_DB", None)


@pytest.fixture
def alone(home: Home) -> Iterator[None]:
    """For tests that write: an installation that no other test has seen or will see."""
    home.leave()
    yield
    home.leave()


@pytest.fixture
def visit(home: Home) -> Open:
    """Open a page of the app over a copy of a database."""

    def go(
        database: Path, page: str = "overview", lang: str = "zh", **params: str | list[str]
    ) -> AppTest:
        home.move(database)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in {"lang": lang, **params}.items():
            app.query_params[name] = value
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
        return app.run()

    return go


def said(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.title, app.subheader, app.info, app.button, app.metric)
    return "\n".join(str(getattr(e, "label", "")) + str(e.value) for kind in kinds for e in kind)


def metric(app: AppTest, name: str) -> str:
    return next(str(found.value) for found in app.metric if found.label == name)


def values(encoded: object) -> list[float]:
    """Plotly writes arrays as base64; small ones as lists."""
    if isinstance(encoded, dict):
        import base64

        import numpy as np

        raw = base64.b64decode(encoded["bdata"])
        return list(np.frombuffer(raw, dtype=encoded["dtype"]))
    return list(encoded)  # type: ignore[call-overload]


def button(app: AppTest, key: str) -> object:
    return next(b for b in app.get("download_button") if b.key == key)


def downloaded(app: AppTest, key: str) -> pd.DataFrame:
    content = deferred(app, key)
    if key.endswith("csv"):
        assert content.startswith(b"\xef\xbb\xbf")
        return pd.read_csv(io.BytesIO(content))
    return pd.read_excel(io.BytesIO(content), sheet_name=1)


def deferred(app: AppTest, key: str) -> bytes:
    """Make the file of a download button, as a click would: in a thread of its own."""
    assert button(app, key)
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(captured[key]).result()


captured: dict[str, Callable[[], bytes]] = {}


@pytest.fixture(autouse=True)
def catch_downloads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what each download button would make; AppTest does not serve files."""
    captured.clear()
    real = st.download_button

    def keep(*args: object, **kwargs: object) -> object:
        captured[str(kwargs["key"])] = kwargs["data"]  # type: ignore[assignment]
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(st, "download_button", keep)
