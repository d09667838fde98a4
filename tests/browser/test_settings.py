"""A target is set in the settings and seen on the overview."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.chromium import settle
from tests.browser.conftest import Look, Serve


def test_a_target_is_set_and_stands_on_its_card(
    serve: Serve, look: Look, filled_file: Path
) -> None:
    address = serve(filled_file)
    tab = look()
    tab.goto(f"{address}/settings")
    settle(tab)
    tab.locator(".st-key-target_add button").click()
    save = tab.locator(".st-key-target_save button")
    expect(save).to_be_disabled(timeout=30_000)
    box = tab.locator(".st-key-target_value input")
    box.fill("4000")
    box.press("Enter")
    expect(save).to_be_enabled(timeout=30_000)
    save.click()
    expect(tab.locator(".st-key-target_0")).to_contain_text("4,000", timeout=30_000)
    tab.goto(f"{address}/?period=7d")
    settle(tab)
    expect(tab.locator(".st-key-card_views")).to_contain_text("3月目标 25%", timeout=30_000)
