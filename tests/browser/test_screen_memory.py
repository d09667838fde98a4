"""A wall that turns for a long time holds no more than at its start."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.rotation import memory, spin
from tests.browser.wall import wall_at


@pytest.mark.slow
def test_three_hundred_turns_leave_nothing_behind(browser: Browser, sample_address: str) -> None:
    page = wall_at(browser, f"{sample_address}/screen?lang=zh")
    spin(page, 50)
    before = memory(page)
    spin(page, 300)
    after = memory(page)
    assert after.heap <= before.heap + 5
    assert after.nodes <= before.nodes + 5
    page.context.close()
