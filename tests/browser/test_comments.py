"""The open part of the comments page is part of its link, in either language."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from opsdata.i18n import t
from tests.browser.chromium import settle
from tests.browser.conftest import Look


def stands_open(tab: Page, part: str, lang: str) -> None:
    open_ = tab.get_by_role("tab", selected=True)
    expect(open_).to_have_text(t(f"comments.tab_{part}", lang), timeout=30_000)


def test_a_link_opens_the_same_part_in_either_language(sample_address: str, look: Look) -> None:
    tab = look()
    tab.goto(f"{sample_address}/comments?lang=en&tab=queue")
    settle(tab)
    stands_open(tab, "queue", "en")
    tab.get_by_role("tab", name=t("comments.tab_titles", "en")).click()
    expect(tab).to_have_url(re.compile("tab=titles"), timeout=30_000)
    settle(tab)
    stands_open(tab, "titles", "en")
    tab.get_by_role("radio", name="中文").or_(tab.get_by_role("button", name="中文")).first.click()
    expect(tab).to_have_url(re.compile("lang=zh|/comments\\?tab=titles$"), timeout=30_000)
    settle(tab)
    stands_open(tab, "titles", "zh")
