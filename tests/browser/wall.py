"""Opening the wall in tests, walking through its slides, and measuring what is on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

SAFE = 0.05
"""This share of each side stays free of text."""

_TEXTS = """() => {
  const found = [], LEADING = 0.27, scale = element => {
    const svg = element.closest('text');
    return svg ? svg.getScreenCTM().a : 1;
  };
  const seen = element => element.checkVisibility({checkVisibilityCSS: true});
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const element = node.parentElement, text = node.nodeValue.trim();
    if (!text || element.closest('style, script') || !seen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect(), style = getComputedStyle(element);
    if (!box.width) continue;
    const block = element.closest('.value, .change, .label, .note, .title');
    const size = parseFloat(style.fontSize) * scale(element);
    found.push({
      text, ours: !!element.closest('#wall'), svg: !!element.closest('svg'),
      role: block ? block.className.split(' ')[0] : '',
      size, left: box.left, right: box.right,
      top: box.top + size * LEADING, bottom: box.bottom - size * LEADING,
      ink: element.closest('svg') ? style.fill : style.color,
      cut: !!block && (block.scrollWidth > block.clientWidth + 1),
    });
  }
  return found;
}"""


_WHOLE = """() => document.querySelector('#wall .slide.on')
  && !window.opsdataWall.data.late.length"""
_DRAWN = """() => [...document.querySelectorAll('#wall .slide.chart')].every(
  slide => slide.querySelector('.slot .xtick'))"""


@dataclass(frozen=True)
class Text:
    """One piece of text as it stands on the wall, without the empty part of its lines."""

    text: str
    ours: bool
    svg: bool
    role: str
    size: float
    left: float
    top: float
    right: float
    bottom: float
    ink: str
    cut: bool


def wall_at(
    browser: Browser, address: str, size: tuple[int, int] = (1920, 1080), locale: str = "zh-CN"
) -> Page:
    """Open a wall in a tab of its own, and wait for its last slide."""
    context = browser.new_context(
        locale=locale,
        timezone_id="Asia/Shanghai",
        viewport={"width": size[0], "height": size[1]},
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_function(_WHOLE, timeout=60_000)
    return page


def slides(page: Page) -> Iterator[str]:
    """Stop the wall and show one slide after the other; yields the name of each."""
    page.keyboard.press("Space")
    page.wait_for_function(_DRAWN)
    for _ in range(page.locator("#wall .slide").count()):
        yield str(page.locator("#wall .slide.on").get_attribute("class"))
        page.keyboard.press("ArrowRight")


def texts(page: Page) -> list[Text]:
    """Return every text that can be seen."""
    return [Text(**one) for one in page.evaluate(_TEXTS)]


def colour(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in re.findall(r"[\d.]+", text)[:3])


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours (WCAG 2.2)."""
    lights = sorted((_light(colour(one)) for one in (first, second)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _light(rgb: tuple[float, ...]) -> float:
    parts = [c / 255 for c in rgb]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def check(page: Page, size: tuple[int, int]) -> None:
    """Hold the slide that is shown to everything a wall promises."""
    width, height = size
    unit = height / 1080
    page_size: Any = page.evaluate(
        "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    )
    assert page_size == [height, width]
    ground = page.evaluate("getComputedStyle(document.querySelector('#wall')).backgroundColor")
    found = texts(page)
    assert found
    for one in found:
        assert one.ours, f"only the wall is seen: {one}"
        assert one.size >= 28 * unit - 0.1, one
        if one.role == "label":
            assert one.size >= 40 * unit - 0.1, one
        if one.role in ("value", "change"):
            assert one.size >= 48 * unit - 0.1, one
            assert not one.cut, one
            assert "…" not in one.text or one.role != "value"
        ratio = contrast(one.ink, ground)
        assert ratio >= (7 if one.role == "value" else 4.5), (ratio, one)
        assert one.left >= width * SAFE - 1, one
        assert one.right <= width * (1 - SAFE) + 1, one
        assert one.top >= height * SAFE - 1, one
        assert one.bottom <= height * (1 - SAFE) + 1, one
    _apart(found)


def _apart(found: list[Text]) -> None:
    """Hold texts to not lying upon each other."""
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            least = min(one.bottom - one.top, other.bottom - other.top)
            assert across <= 1 or down <= least * 0.1, (one, other)
