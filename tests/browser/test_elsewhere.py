"""What happens elsewhere shows on an open page, and never under a hand that is typing."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.chromium import settle
from tests.browser.conftest import Look, Serve
from tests.browser.inbox import one_day_more
from tests.browser.test_main_job import figures

ONE_LOOK = 6_000
"""Longer than a page waits until it looks for news, in milliseconds."""


def test_an_import_waits_until_the_window_over_the_page_is_closed(
    serve: Serve, look: Look, filled_file: Path, tmp_path: Path
) -> None:
    address = serve(filled_file)
    tab = look()
    tab.goto(f"{address}/?period=all")
    settle(tab)
    assert figures(tab)["播放量"] == "1,000"
    tab.locator(".st-key-note_add_day button").click()
    words = tab.get_by_role("dialog").locator("textarea")
    words.press_sequentially("写到一半")

    one_day_more(tmp_path)
    another = look()
    another.goto(f"{address}/?period=all")
    expect(another.get_by_test_id("stMetric").first).to_contain_text("1,500", timeout=40_000)
    tab.wait_for_timeout(ONE_LOOK)
    assert words.input_value() == "写到一半"

    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")
    expect(tab.get_by_test_id("stMetric").first).to_contain_text("1,500", timeout=20_000)
