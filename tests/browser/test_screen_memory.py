"""A wall that turns for a long time holds no more than at its start."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.rotation import memory, turn
from tests.browser.wall import wall_at


@pytest.mark.slow
def test_a_minute_of_turning_leaves_nothing_behind(browser: Browser, sample_address: str) -> None:
    page = wall_at(browser, f"{sample_address}/screen?lang=zh")
    turn(page, 10)
    before = memory(page)
    turn(page, 50)
    after = memory(page)
    assert after.heap <= before.heap + 5
    assert after.nodes <= before.nodes + 5
    page.context.close()
