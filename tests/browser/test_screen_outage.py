"""The wall without its server: the last figures stay, their age is said, it comes back alone."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import Server
from tests.browser.wall import wall_at

FIGURE = "#wall .hero .value"


def watch(page: Page, seconds: float) -> None:
    """Look twice a second, and find the figures every time and no dialog ever."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert page.locator(FIGURE).is_visible()
        assert page.locator(FIGURE).inner_text()
        assert not page.get_by_test_id("stDialog").first.is_visible()
        page.wait_for_timeout(500)


def outage(page: Page, server: Server, seconds: float) -> None:
    """Stop the server for a while; the wall must say so, and be well soon after."""
    banner = page.locator("#wall .banner")
    expect(banner).to_be_hidden()
    page.evaluate("window.marked = true")
    stopped = time.monotonic()
    server.stop()
    if seconds > 15:
        while not banner.is_visible():
            assert time.monotonic() - stopped <= 15
            watch(page, 0.1)
        assert "连接断了" in banner.inner_text()
    watch(page, seconds - (time.monotonic() - stopped))
    server.start()
    returned = time.monotonic()
    while banner.is_visible() or page.evaluate("window.opsdataWall.beat") < time.time() - 6:
        assert time.monotonic() - returned <= 10, "it recovers within ten seconds"
        watch(page, 0.1)
    assert page.evaluate("window.marked"), "without loading the page anew"


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
