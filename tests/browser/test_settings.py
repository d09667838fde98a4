"""What the team sets is seen where it counts, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import settle
from tests.browser.conftest import Look, Serve


@pytest.fixture
def address(serve: Serve, filled_file: Path) -> str:
    return serve(filled_file)


@pytest.fixture
def tab(address: str, look: Look) -> Page:
    """The settings page. (Named in this order, the tab closes before its server goes.)"""
    page = look()
    page.goto(f"{address}/settings")
    settle(page)
    return page


def typed(tab: Page, key: str, text: str) -> None:
    box = tab.locator(f".st-key-{key} input")
    box.click()
    box.fill(text)
    box.press("Enter")


def test_a_target_is_set_and_stands_on_its_card(tab: Page, address: str) -> None:
    tab.locator(".st-key-target_add button").click()
    save = tab.locator(".st-key-target_save button")
    expect(save).to_be_disabled(timeout=30_000)
    typed(tab, "target_value", "4000")
    expect(save).to_be_enabled(timeout=30_000)
    save.click()
    expect(tab.locator(".st-key-target_0")).to_contain_text("4,000", timeout=30_000)
    tab.goto(f"{address}/?period=7d")
    settle(tab)
    expect(tab.locator(".st-key-card_views")).to_contain_text("3月目标 25%", timeout=30_000)


def go(tab: Page, place: str) -> None:
    """Choose a page in the menu, as a reader does."""
    tab.get_by_test_id("stSidebarNavLink").filter(has_text=place).click()
    expect(tab.get_by_role("heading", name=place, exact=True)).to_be_visible(timeout=30_000)
    settle(tab)


def test_an_account_is_renamed_after_a_question_and_back(tab: Page) -> None:
    tab.locator(".st-key-account_change_0 button").click()
    yes = tab.locator(".st-key-account_yes button")
    expect(yes).to_be_disabled(timeout=30_000)
    typed(tab, "account_into", "新名字")
    expect(yes).to_be_enabled(timeout=30_000)
    yes.click()
    expect(tab.locator(".st-key-account_0")).to_contain_text("新名字", timeout=30_000)
    expect(tab.get_by_test_id("stAlert").first).to_contain_text("已改名为", timeout=30_000)
    go(tab, "导入")
    expect(tab.locator("[class*=st-key-receipt_job_]")).to_contain_text("已改名为", timeout=30_000)
    go(tab, "设置")
    tab.locator(".st-key-unmerge_1 button:visible").first.click(timeout=30_000)
    expect(tab.locator(".st-key-account_0")).to_contain_text("测试号", timeout=30_000)
    expect(tab.get_by_test_id("stAlert").first).to_contain_text("又分开了", timeout=30_000)
