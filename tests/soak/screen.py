"""The wall in every size, look and language, over long outages, and turning for ten minutes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser

from opsdata import sample
from tests.browser.chromium import launched
from tests.browser.outages import away, watched
from tests.browser.rotation import memory, turn
from tests.browser.server import Server
from tests.browser.wall import check, slides, wall_at

SIZES = ((1280, 720), (1920, 1080), (3840, 2160))
TURNS = 600
OUTAGES = (5, 40, 150)


def run() -> Iterator[str]:
    """Yield what was looked at and what was measured; raises where a promise is broken."""
    with tempfile.TemporaryDirectory(prefix="opsdata-soak-") as name, launched() as browser:
        if browser is None:
            raise SystemExit("no Chromium, Chrome or Edge here")
        home = Path(name)
        sample.build(home / "sample.duckdb")
        server = Server(home / "ops.duckdb")
        server.start()
        try:
            yield from _looks(browser, server.address)
            yield from _memory(browser, server.address)
            yield from _outages(browser, server)
        finally:
            server.stop()


def _looks(browser: Browser, address: str) -> Iterator[str]:
    for size, theme, lang in product(SIZES, ("dark", "light"), ("zh", "en")):
        page = wall_at(browser, f"{address}/screen?lang={lang}&theme={theme}", size)
        kinds = [check(page, size) for _ in slides(page)]
        page.context.close()
        yield f"{size[0]}×{size[1]} {theme} {lang}: {len(kinds)} slides whole"


def _memory(browser: Browser, address: str) -> Iterator[str]:
    page = wall_at(browser, f"{address}/screen?lang=zh")
    turn(page, 30)
    before = memory(page)
    turn(page, TURNS)
    after = memory(page)
    page.context.close()
    yield f"heap {before.heap:.1f} → {after.heap:.1f} MB, nodes {before.nodes} → {after.nodes}"
    assert after.heap <= before.heap + 5
    assert after.nodes <= before.nodes + 5


def _outages(browser: Browser, server: Server) -> Iterator[str]:
    wall = watched(browser, server.address)
    for seconds in OUTAGES:
        away([wall], seconds, server.stop, server.start)
        said = "not said" if wall.said is None else f"said after {wall.said:.1f} s"
        yield f"{seconds} s away: {said}, back {wall.back:.1f} s after the server"
    wall.page.context.close()
