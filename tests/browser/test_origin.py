"""From a figure on screen to the file and the line in two clicks, and from a merge back."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.chromium import settle
from tests.browser.conftest import Look, Serve


def test_a_card_and_a_day_of_the_chart_open_their_lines(
    serve: Serve, look: Look, filled_file: Path
) -> None:
    address = serve(filled_file)
    tab = look()
    tab.goto(f"{address}/?period=all&basis=happened")
    settle(tab)
    tab.locator(".st-key-origin_card_views button:visible").first.click()
    dialog = tab.get_by_role("dialog")
    expect(dialog).to_contain_text("3 天每日播放量之和", timeout=30_000)
    dialog.get_by_role("tab").nth(1).click()
    expect(dialog).to_contain_text("sum(views)")
    tab.keyboard.press("Escape")
    settle(tab)
    chart = tab.locator(".st-key-trend")
    chart.scroll_into_view_if_needed()
    settle(tab)
    box = chart.locator(".nsewdrag").first.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.mouse.move(*middle)
    tab.wait_for_timeout(300)
    tab.mouse.click(*middle)
    expect(tab.get_by_role("dialog")).to_contain_text("播放量 300", timeout=30_000)


def test_a_definition_opens_its_number_on_a_phone(
    serve: Serve, look: Look, filled_file: Path
) -> None:
    address = serve(filled_file)
    tab = look("en-US", 390, 844)
    tab.goto(f"{address}/dictionary")
    settle(tab)
    tab.locator(".st-key-origin_entry_followers button:visible").first.click()
    expect(tab.get_by_role("dialog")).to_contain_text("509", timeout=30_000)
