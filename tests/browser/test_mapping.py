"""A table that no export looks like: dropped, explained, confirmed, and seen on the overview."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests import exports
from tests.browser.chromium import settle
from tests.browser.conftest import Look, Serve
from tests.browser.test_main_job import figures

HEADER = ["我的标题", "哪天发的", "看的人", "赞", "看完的比例"]
ROWS = [
    ["早餐饼", "05/03/2026 08:00", "1000", "40", "45"],
    ["炖汤", "06/03/2026", "3000", "60", "30"],
]


def test_an_unknown_table_is_explained_once_and_counts(
    serve: Serve, look: Look, tmp_path: Path
) -> None:
    address = serve(None)
    tab = look()
    tab.goto(f"{address}/intake")
    settle(tab)
    drop = tab.get_by_test_id("stFileUploaderDropzoneInput")
    drop.set_input_files(exports.write_csv(tmp_path / "周报.csv", HEADER, ROWS))
    use = tab.locator(".st-key-map button")
    expect(use).to_be_disabled(timeout=30_000)
    order = tab.locator("[class*=_1_order] input")
    order.click()
    tab.get_by_role("option", name="2026-03-05").click()
    settle(tab)
    expect(use).to_be_enabled(timeout=30_000)
    use.click()
    confirm = tab.locator(".st-key-confirm button")
    expect(confirm).to_be_visible(timeout=30_000)
    box = tab.locator(".st-key-intake_account input")
    box.click()
    box.fill("甲号")
    box.press("Enter")
    expect(confirm).to_be_enabled(timeout=30_000)
    settle(tab)
    confirm.click()
    expect(tab.locator(".st-key-dismiss")).to_be_visible(timeout=30_000)

    tab.goto(f"{address}/?period=all&basis=published")
    settle(tab)
    assert figures(tab)["播放量"] == "4,000"

    tab.goto(f"{address}/intake")
    settle(tab)
    expect(tab.locator(".st-key-layout_1")).to_contain_text("我的标题")
    tab.locator(".st-key-forget_1 button").click()
    expect(tab.locator(".st-key-layout_1")).to_have_count(0, timeout=30_000)
