"""The wall without its server: the last figures stay, their age is said, it comes back alone."""

from __future__ import annotations

import re
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.outages import FIGURE, away, watched
from tests.browser.proxy import proxy
from tests.browser.server import Server


@pytest.mark.slow
def test_server_proxy_and_network_go_and_come_back(
    browser: Browser, tmp_path: Path, whole_file: Path, sample_address: str
) -> None:
    shutil.copy(whole_file, tmp_path)
    server = Server(tmp_path / "ops.duckdb")
    server.start()
    with ExitStack() as stack:
        stack.callback(server.stop)
        behind = stack.enter_context(proxy(int(server.address.rpartition(":")[2])))
        walls = [watched(browser, at) for at in (server.address, behind.address, sample_address)]
        offline = walls[-1].page.context.set_offline

        def cut() -> None:
            offline(True)
            server.stop()

        def mend() -> None:
            server.start()
            offline(False)

        away(walls, 18, cut, mend)
        for one in walls:
            one.page.context.close()


def test_after_an_hour_of_sleep_a_wall_is_well_at_once(
    browser: Browser, sample_address: str
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080})
    page = context.new_page()
    page.clock.install()
    page.goto(f"{sample_address}/screen?lang=zh&slides=headline")
    page.wait_for_selector("#wall .slide.on", timeout=60_000)
    page.evaluate("window.marked = true")
    page.clock.fast_forward("01:00:00")
    expect(page.locator("#wall")).to_have_class("", timeout=20_000)
    assert page.locator("#wall .slide.on").count() == 1
    expect(page.locator(FIGURE)).to_have_text(re.compile(r"\d"), timeout=20_000)
    assert page.evaluate("window.marked")
    context.close()
