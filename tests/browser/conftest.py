from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.browser.chromium import launched
from tests.browser.server import serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as found:
        if found is None:
            why = "no Chromium, Chrome or Edge here: run `playwright install chromium`"
            (pytest.fail if os.environ.get("OPSDATA_REQUIRE_BROWSER") else pytest.skip)(why)
        yield found


Serve = Callable[[Path | None], str]


@pytest.fixture
def serve(tmp_path: Path, browser: Browser) -> Iterator[Serve]:
    """Start the app over a copy of a database, or over none; gives its address."""
    with ExitStack() as stack:

        def start(database: Path | None) -> str:
            if database is not None:
                shutil.copy(database, tmp_path / database.name)
            return stack.enter_context(serving(tmp_path / "ops.duckdb"))

        yield start


@pytest.fixture(scope="session")
def sample_address(
    browser: Browser, whole_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The app over the sample team, shared by tests that only look."""
    folder = tmp_path_factory.mktemp("looked")
    shutil.copy(whole_file, folder)
    with serving(folder / "ops.duckdb") as address:
        yield address


Look = Callable[..., Page]


@pytest.fixture
def look(browser: Browser) -> Iterator[Look]:
    """Open a tab of a reader's own; it must not reach for the network nor complain."""
    with ExitStack() as stack:
        strange: list[str] = []

        # Streamlit looks for its own health address under deeper paths first: those 404s are its.
        def watch(page: Page) -> None:
            def request(made: Request) -> None:
                if not made.url.startswith(("http://localhost:", "data:", "blob:")):
                    strange.append(made.url)

            def console(message: ConsoleMessage) -> None:
                probing = "/_stcore/" in str(message.location.get("url"))
                if message.type == "error" and not probing:
                    strange.append(message.text)

            page.on("request", request)
            page.on("console", console)
            page.on("pageerror", lambda error: strange.append(str(error)))

        def tab(locale: str = "zh-CN", width: int = 1440, height: int = 900) -> Page:
            context = browser.new_context(
                locale=locale,
                timezone_id="Asia/Shanghai",
                viewport={"width": width, "height": height},
                accept_downloads=True,
            )
            stack.callback(context.close)
            page = context.new_page()
            watch(page)
            return page

        yield tab
    assert not strange
