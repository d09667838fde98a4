"""Every page by bookmark, as the very first visit after a start."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from opsdata.i18n import t
from opsdata.metrics import METRICS
from opsdata.ui.frame import PLACES
from tests.browser.chromium import settle
from tests.browser.conftest import Look, Serve

ADDRESSES = {place.key: "" if place is PLACES[0] else place.key for place in PLACES}
BARE = {place.key for place in PLACES if place.bare}


@pytest.mark.parametrize("page", ADDRESSES)
def test_a_bookmark_opens_its_page_on_a_fresh_server(
    serve: Serve, look: Look, one_work_file: Path, page: str
) -> None:
    opened(look(), serve(one_work_file), page, "zh")


@pytest.mark.parametrize(
    ("kind", "lang"), [("sample_file", "zh"), ("sample_file", "en"), ("undone_file", "zh")]
)
def test_every_page_opens_by_its_address(
    serve: Serve, look: Look, request: pytest.FixtureRequest, kind: str, lang: str
) -> None:
    address = serve(request.getfixturevalue(kind))
    tab = look("zh-CN" if lang == "zh" else "en-US")
    for page in ADDRESSES:
        opened(tab, address, page, lang)


def opened(tab: Page, address: str, page: str, lang: str) -> None:
    """Open a page by its address: its title, the menu, the language, and no error."""
    tab.goto(f"{address}/{ADDRESSES[page]}?period=all")
    settle(tab)
    names = {key: t(f"page.{key}", lang) for key in ADDRESSES}
    expect(tab.locator("h1")).to_have_text(names[page])
    if page in BARE:
        expect(tab.locator("#wall .slide.on")).to_have_count(1, timeout=20_000)
        assert not tab.get_by_test_id("stSidebarNavLink").first.is_visible()
        return
    menu = tab.get_by_test_id("stSidebarNavLink").all_inner_texts()
    assert [name.split("\n")[-1] for name in menu] == list(names.values())
    assert tab.locator("html").get_attribute("lang") == ("zh-CN" if lang == "zh" else "en")
    assert tab.get_by_test_id("stException").count() == 0
    assert tab.get_by_role("dialog").count() == 0
    assert "period=all" in tab.url
    if lang == "zh":
        assert english_words(tab) == set(), page


TEXTS = """() => {
  const seen = element => element && element.checkVisibility({checkVisibilityCSS: true});
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const inside = node.parentElement.closest('[translate=no], script, style, code');
    if (!inside && seen(node.parentElement)) found.push(node.nodeValue);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
    if (!seen(element)) continue;
    for (const name of ['aria-label', 'placeholder', 'title'])
      found.push(element.getAttribute(name) || '');
  }
  return found;
}"""
NAMES = (
    "opsdata english excel xlsx csv sql utf bom gb mb min douyin creator com inbox data "
    "tgi nps oppo vivo ppt html id tiktok followergender followertopterritories followeractivity "
    "mediacrawler tiktokdownloader surveymonkey"
)
ALLOWED = {*NAMES.split(), *(part for key in METRICS for part in re.findall("[a-z]+", key))}


def english_words(tab: Page) -> set[str]:
    """Texts with English words on a Chinese page, other than names of formats and tools."""
    texts = {" ".join(text.split()) for text in tab.evaluate(TEXTS)}
    return {text for text in texts if set(re.findall(r"[a-z]{2,}", text.lower())) - ALLOWED}


def test_a_first_start_shows_the_sample_team_within_seconds(serve: Serve, look: Look) -> None:
    address = serve(None)
    tab = look()
    tab.goto(address)
    expect(tab.get_by_text("示例数据")).to_be_visible(timeout=20_000)
    expect(tab.get_by_test_id("stMetricValue").first).to_have_text(
        re.compile(r"\d"), timeout=20_000
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_window(
    serve: Serve, look: Look, sample_file: Path, width: int
) -> None:
    tab = look(width=width, height=844)
    address = serve(sample_file)
    for page, path in ADDRESSES.items():
        tab.goto(f"{address}/{path}")
        settle(tab)
        assert overflow(tab) <= 0, page


def overflow(tab: Page) -> int:
    """How many pixels a page is wider than the window."""
    wide = tab.evaluate(
        "() => [...document.querySelectorAll('[data-testid=stMain], body')]"
        ".map(e => e.scrollWidth - e.clientWidth)"
    )
    return int(max(wide))
