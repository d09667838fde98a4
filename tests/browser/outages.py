"""Taking the server away from walls, and seeing what they make of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, expect

from tests.browser.wall import wall_at

FIGURE = "#wall .hero .value"
SAID, BACK = 15, 10
"""Within so many seconds a wall says that it is cut off, and is well again."""
QUIET = 5.0
"""Seconds in which a wall opens on a server just started, where nothing else runs."""
_WELL = "() => !document.querySelector('#wall.lost') && Date.now() / 1000 - opsdataWall.beat < 6"


@dataclass
class Watched:
    """A wall that is cut off: how long it took to open, to say so, and to be well again."""

    page: Page
    opened: float
    said: float | None = None
    back: float | None = None

    @property
    def patience(self) -> float:
        """Seconds in which it must be well: more where the machine is busy.

        Coming back is work for the server, most of it what opening a wall needs too; by as
        much as that took longer here than on a quiet machine, coming back may.
        """
        return BACK * max(1.0, self.opened / QUIET)


def watched(browser: Browser, address: str) -> Watched:
    """Open a wall, and mark its page so that a reload is noticed."""
    start = time.monotonic()
    page = wall_at(browser, f"{address}/screen?lang=zh&slides=headline")
    opened = time.monotonic() - start
    expect(page.locator("#wall .banner")).to_be_hidden()
    page.evaluate("window.marked = true")
    return Watched(page, opened)


def look(walls: list[Watched], began: float) -> None:
    """Find the figures on every wall and no dialog, and note who says that it is cut off."""
    for one in walls:
        assert one.page.locator(FIGURE).is_visible()
        assert one.page.locator(FIGURE).inner_text()
        assert not one.page.get_by_test_id("stDialog").first.is_visible()
        banner = one.page.locator("#wall .banner")
        if one.said is None and banner.is_visible():
            one.said = time.monotonic() - began
            assert "连接断了" in banner.inner_text()
    walls[0].page.wait_for_timeout(400)


def away(
    walls: list[Watched], seconds: float, cut: Callable[[], None], mend: Callable[[], None]
) -> None:
    """Cut walls off for a while, nobody touching them; note when each said so and was well."""
    began = time.monotonic()
    for one in walls:
        one.said = one.back = None
    cut()
    while time.monotonic() - began < seconds:
        look(walls, began)
        late = time.monotonic() - began > SAID + 1
        assert not late or all(one.said for one in walls), "nobody says that the figures are old"
    mend()
    mended = time.monotonic()
    while not all(one.back for one in walls):
        look(walls, began)
        for one in walls:
            if one.back is None and one.page.evaluate(_WELL):
                one.back = time.monotonic() - mended
            assert one.back or time.monotonic() - mended <= one.patience
    for one in walls:
        assert one.page.evaluate("window.marked"), "without loading the page anew"
