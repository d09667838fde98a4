"""The wall as time passes: rotation, resuming, a new version, a planned reload, the night."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.wall import wall_at


@pytest.fixture(scope="module")
def wall(browser: Browser, sample_address: str) -> Iterator[Page]:
    page = wall_at(browser, f"{sample_address}/screen?lang=zh&interval=10")
    yield page
    page.context.close()


def reloads(page: Page, cause: str) -> None:
    """Do something to a wall, and see it come back as a page loaded anew."""
    page.evaluate("window.marked = true")
    page.evaluate(cause)
    page.wait_for_function("!window.marked && document.querySelector('#wall .slide.on')")


def test_time_turns_pauses_end_and_versions_pass(wall: Page) -> None:
    place = wall.locator("#wall .place")
    first = place.inner_text()
    wall.evaluate("window.opsdataWall.origin -= 10")
    expect(place).not_to_have_text(first)

    paused = wall.locator("#wall .paused")
    wall.keyboard.press("Space")
    expect(paused).to_contain_text("已暂停")
    wall.evaluate("window.opsdataWall.stopped -= 599")
    wall.wait_for_timeout(700)
    wall.evaluate("window.opsdataWall.stopped -= 2")
    expect(paused).to_have_text("")

    reloads(wall, "window.opsdataWall.build = 'an earlier version'")
    reloads(wall, "window.opsdataWall.born -= 6 * 3600")


def test_the_picture_moves_a_little_every_five_minutes(wall: Page) -> None:
    places = wall.evaluate(
        """() => [1, 2, 3, 4, 5, 6, 7, 8].map(n => {
          window.opsdataWall.shift(n * 300);
          const box = document.querySelector('#wall .title').getBoundingClientRect();
          return [box.left, box.top];
        })"""
    )
    steps = [max(abs(a - c), abs(b - d)) for (a, b), (c, d) in pairwise(places)]
    assert all(2 <= step <= 4 for step in steps), steps


def test_at_night_the_wall_is_black(wall: Page) -> None:
    wall.evaluate("opsdataWall.data.night = [0, 24]; opsdataWall.night()")
    expect(wall.locator("#wall .black")).to_be_visible()
    pixel = wall.screenshot(clip={"x": 96, "y": 54, "width": 1700, "height": 900})
    assert len(pixel) < 12_000, "a picture of one colour is small"


def test_the_wall_opens_from_the_menu_and_goes_with_the_back_key(
    browser: Browser, sample_address: str
) -> None:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(sample_address)
    page.get_by_test_id("stSidebarNavLink").get_by_text("大屏").click(timeout=60_000)
    page.wait_for_selector("#wall .slide.on", timeout=30_000)
    assert not page.get_by_test_id("stSidebarNavLink").first.is_visible()
    page.go_back()
    expect(page.locator("#wall")).to_have_count(0, timeout=10_000)
    expect(page.get_by_test_id("stMetricValue").first).to_be_visible(timeout=20_000)
    context.close()
