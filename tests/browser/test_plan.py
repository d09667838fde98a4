"""A work is planned in its form and moved with the keyboard; a campaign is entered in its form."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.chromium import settle
from tests.browser.conftest import Look, Serve

WAIT = 30_000
_CELLS = """() => [...document.querySelectorAll('[data-testid=stDataFrame] canvas td')]
  .map(cell => cell.textContent)"""


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


def test_what_is_typed_in_the_table_is_kept_though_a_colleague_changes_the_plan(
    serve: Serve, look: Look, filled_file: Path
) -> None:
    address = serve(filled_file)
    mine, theirs = look(), look()
    theirs.goto(f"{address}/plan")
    settle(theirs)
    add(theirs, "葱油饼")
    expect(theirs.locator(".st-key-plan_card_1")).to_be_visible(timeout=WAIT)
    mine.goto(f"{address}/plan?view=table")
    settle(mine)
    mine.locator(".st-key-plan_keep button").click()
    expect(mine.get_by_test_id("stToast")).to_contain_text("没有改动", timeout=WAIT)
    mine.bring_to_front()
    settle(mine)
    mine.wait_for_timeout(1500)
    canvas = mine.locator("[data-testid=stDataFrame] canvas").first
    box = canvas.bounding_box()
    assert box is not None
    while "葱油饼教程" not in mine.evaluate(_CELLS):
        write(mine, box["x"] + 150, box["y"] + 52, "葱油饼教程")
    settle(mine)
    add(theirs, "红烧肉")
    expect(theirs.locator(".st-key-plan_card_2")).to_be_visible(timeout=WAIT)
    theirs.locator(".st-key-plan_move_1 button").first.click()
    expect(theirs.locator(".st-key-plan_move_1").last).to_contain_text("到脚本", timeout=WAIT)
    mine.locator(".st-key-plan_keep button").click()
    expect(mine.get_by_test_id("stToast").last).to_contain_text("已保存", timeout=WAIT)
    theirs.reload()
    settle(theirs)
    expect(theirs.locator(".st-key-plan_card_1")).to_contain_text("葱油饼教程", timeout=WAIT)
    expect(theirs.locator(".st-key-plan_move_1")).to_contain_text("到脚本")


def add(tab: Page, name: str) -> None:
    tab.locator(".st-key-plan_add button").click()
    title = tab.locator(".st-key-plan_title input")
    title.fill(name)
    title.press("Enter")
    tab.locator(".st-key-plan_save button").click()


def write(tab: Page, x: float, y: float, text: str) -> None:
    """Write into the cell of a table at a place; on a busy machine its editor opens late."""
    tab.mouse.dblclick(x, y)
    tab.wait_for_timeout(1500)
    tab.keyboard.press("Control+A")
    tab.keyboard.type(text, delay=15)
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(1500)
