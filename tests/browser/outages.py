"""Taking the server away from a wall, and seeing what the wall makes of it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.server import Server

FIGURE = "#wall .hero .value"
SAID, BACK = 15, 10
"""Within so many seconds a wall says that it is cut off, and is well again."""


def patience() -> float:
    """Return within how many seconds a wall must be well: more where others use the machine.

    What takes the time is a server's first run of the app, and processes that wait for a
    core make that slower by as much.
    """
    return BACK * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def watch(page: Page, seconds: float) -> None:
    """Look twice a second, and find the figures every time and no dialog ever."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert page.locator(FIGURE).is_visible()
        assert page.locator(FIGURE).inner_text()
        assert not page.get_by_test_id("stDialog").first.is_visible()
        page.wait_for_timeout(500)


def outage(page: Page, server: Server, seconds: float) -> tuple[float, float]:
    """Stop the server for a while; return after how long that was said, and was over."""
    return away(page, seconds, server.stop, server.start)


def away(
    page: Page, seconds: float, cut: Callable[[], None], mend: Callable[[], None]
) -> tuple[float, float]:
    """Cut a wall off for a while, nobody touching it; return when it said so and was well."""
    banner = page.locator("#wall .banner")
    expect(banner).to_be_hidden()
    page.evaluate("window.marked = true")
    began, said = time.monotonic(), 0.0
    cut()
    if seconds > SAID:
        while not banner.is_visible():
            assert time.monotonic() - began <= SAID
            watch(page, 0.1)
        said = time.monotonic() - began
        assert "连接断了" in banner.inner_text()
    watch(page, seconds - (time.monotonic() - began))
    mend()
    mended = time.monotonic()
    while banner.is_visible() or page.evaluate("window.opsdataWall.beat") < time.time() - 6:
        assert time.monotonic() - mended <= patience()
        watch(page, 0.1)
    assert page.evaluate("window.marked"), "without loading the page anew"
    return said, time.monotonic() - mended
