"""The wall without its server: the last figures stay, their age is said, it comes back alone."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.outages import away, outage
from tests.browser.server import Server
from tests.browser.wall import wall_at


@pytest.mark.slow
def test_the_server_goes_and_comes_back(
    browser: Browser, tmp_path: Path, sample_file: Path
) -> None:
    shutil.copy(sample_file, tmp_path)
    server = Server(tmp_path / "ops.duckdb")
    server.start()
    try:
        page = wall_at(browser, f"{server.address}/screen?lang=zh&slides=headline")
        for seconds in (5, 40):
            outage(page, server, seconds)
        page.context.close()
    finally:
        server.stop()


@pytest.mark.slow
def test_the_network_goes_and_comes_back(browser: Browser, sample_address: str) -> None:
    page = wall_at(browser, f"{sample_address}/screen?lang=zh&slides=headline")
    offline = page.context.set_offline
    away(page, 20, partial(offline, True), partial(offline, False))
    page.context.close()
