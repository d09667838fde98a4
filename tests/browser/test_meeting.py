"""The keyboard alone runs a whole meeting, and every page of it fits the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import settle
from tests.browser.conftest import Look, Serve

_FITS = """() => {
  const stage = document.querySelector('.st-key-stage');
  const body = document.querySelector('.st-key-stage_body');
  const cut = [...stage.querySelectorAll('[data-testid=stMetricValue] *')]
    .filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow !== 'visible');
  const charts = [...stage.querySelectorAll('.stPlotlyChart')].filter(e => {
    const svg = e.querySelector('.main-svg').getBoundingClientRect();
    const box = e.getBoundingClientRect();
    return svg.right > box.right + 1 || svg.bottom > box.bottom + 1;
  });
  const room = [stage.scrollHeight - stage.clientHeight,
    body.getBoundingClientRect().bottom
      - document.querySelector('.st-key-stage_foot').getBoundingClientRect().top];
  return {room, cut: cut.length + charts.length, title: stage.querySelector('h4').innerText};
}"""


def fits(tab: Page) -> str:
    found = tab.evaluate(_FITS)
    assert max(found["room"]) <= 1, found
    assert found["cut"] == 0, found
    return str(found["title"])


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_the_keyboard_alone_runs_a_meeting(
    serve: Serve, look: Look, sample_file: Path, size: tuple[int, int]
) -> None:
    tab = look(width=size[0], height=size[1])
    tab.goto(f"{serve(sample_file)}/meeting")
    settle(tab)
    tab.keyboard.press("s")
    tab.locator(".st-key-stage").wait_for(timeout=90_000)
    settle(tab)
    titles = [fits(tab)]
    while titles[-1] != "新的决议":
        tab.keyboard.press("ArrowRight")
        expect(tab.locator(".st-key-stage h4")).not_to_have_text(titles[-1], timeout=30_000)
        settle(tab)
        titles.append(fits(tab))
    assert titles[:4] == ["到期的复盘", "数据截至", "目标", "为什么变了"]
    tab.keyboard.press("d")
    what = tab.locator(".st-key-decide_what input")
    what.wait_for(timeout=30_000)
    decide(tab)
    expect(tab.locator(".st-key-stage_body")).to_contain_text("早上多发", timeout=30_000)
    tab.keyboard.press("ArrowLeft")
    expect(tab.locator(".st-key-stage h4")).not_to_have_text("新的决议", timeout=30_000)
    tab.keyboard.press("e")
    expect(tab.locator(".st-key-stage")).to_have_count(0, timeout=30_000)
    expect(tab.locator(".st-key-decision_3")).to_contain_text("早上多发", timeout=30_000)


def decide(tab: Page) -> None:
    """Fill the form of a decision without a mouse."""
    reach(tab, "decide_what")
    tab.keyboard.type("早上多发")
    reach(tab, "decide_who")
    tab.keyboard.type("运营")
    reach(tab, "decide_parts_hashtags")
    tab.keyboard.type("早餐")
    tab.wait_for_timeout(500)
    tab.keyboard.press("Enter")
    settle(tab)
    reach(tab, "decide_save")
    tab.keyboard.press("Enter")


def reach(tab: Page, key: str) -> None:
    """Press the tabulator until the focus is in a widget."""
    for _ in range(60):
        inside = tab.evaluate(f"() => !!document.activeElement.closest('.st-key-{key}')")
        if inside:
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"the tabulator never reaches {key}")
