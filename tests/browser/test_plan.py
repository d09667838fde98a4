"""A work is planned in its form and moved with the keyboard; a campaign is entered in its form."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.chromium import settle
from tests.browser.conftest import Look, Serve

WAIT = 30_000


def test_a_work_is_planned_and_moved_and_a_campaign_entered(
    serve: Serve, look: Look, filled_file: Path
) -> None:
    address = serve(filled_file)
    tab = look()
    tab.goto(f"{address}/plan")
    settle(tab)
    tab.locator(".st-key-plan_add button").click()
    title = tab.locator(".st-key-plan_title input")
    title.fill("饼的三种做法")
    title.press("Enter")
    tab.locator(".st-key-plan_save button").click()
    card = tab.locator(".st-key-plan_card_1")
    expect(card).to_contain_text("饼的三种做法", timeout=WAIT)
    tab.locator(".st-key-plan_move_1 button").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".st-key-plan_move_1")).to_contain_text("到脚本", timeout=WAIT)
    tab.goto(f"{address}/campaigns")
    settle(tab)
    tab.locator(".st-key-campaign_add button").click()
    name = tab.locator(".st-key-campaign_name input")
    name.fill("早餐周")
    name.press("Enter")
    tab.locator(".st-key-campaign_save button").click()
    expect(tab.locator("h3").first).to_contain_text("早餐周", timeout=WAIT)
