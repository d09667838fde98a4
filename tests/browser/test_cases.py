"""A work is made a case with what is to be learned, and found among the cases."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from opsdata.store import Store
from tests.browser.chromium import settle
from tests.browser.conftest import Look, Serve


def test_a_work_is_made_a_case_and_found_by_its_tag(
    serve: Serve, look: Look, filled_file: Path
) -> None:
    known = Store(filled_file)
    video = known.one("select video from work where title like '炖汤%'")
    known.close()
    address = serve(filled_file)
    tab = look()
    tab.goto(f"{address}/videos?period=all&basis=published&video={video}")
    add = tab.locator(".st-key-case_add button")
    expect(add).to_be_visible(timeout=30_000)
    settle(tab)
    add.click()
    tab.locator(".st-key-case_lesson textarea").fill("先给结果")
    tags = tab.locator(".st-key-case_tags input")
    tags.fill("开头")
    expect(tab.get_by_text("添加：开头")).to_be_visible(timeout=30_000)
    tags.press("Enter")
    tags.press("Tab")
    tab.locator(".st-key-case_save button").click()
    expect(tab.locator(".st-key-case_mark")).to_contain_text("先给结果", timeout=30_000)
    tab.goto(f"{address}/cases")
    expect(tab.locator("[class*=st-key-case_]").first).to_contain_text("先给结果", timeout=30_000)
    tab.get_by_role("button", name="开头").or_(tab.get_by_role("radio", name="开头")).click()
    tab.wait_for_url("**tag=**", timeout=30_000)
