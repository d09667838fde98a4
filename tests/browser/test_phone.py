"""On a phone no word of a page is cut off, and nothing stands wider than the screen.

Tables and charts are measured elsewhere; the values chosen in a field (tags) scroll in it.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from opsdata.ui.frame import PLACES
from tests.browser.chromium import settle
from tests.browser.conftest import Look

WIDTH = 390
CUT = """() => [...document.querySelectorAll('[data-testid=stMain] :is(p, a, span, button, div)')]
  .filter(e => e.offsetParent && e.clientWidth > 1)
  .filter(e => !e.closest('[data-testid=stDataFrame], [data-tag], .stPlotlyChart, input'))
  .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
  .filter(e => ['hidden', 'clip'].includes(getComputedStyle(e).overflowX))
  .filter(e => e.scrollWidth > e.clientWidth + 1)
  .map(e => e.textContent.trim())"""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_fits_a_phone(sample_address: str, look: Look, lang: str) -> None:
    tab = look(width=WIDTH, height=844)
    found = {}
    for place in PLACES:
        if place.bare:
            continue
        tab.goto(f"{sample_address}/{'' if place is PLACES[0] else place.key}?lang={lang}")
        settle(tab, 200)
        found[place.key] = tab.evaluate(CUT)
        assert tab.evaluate("document.documentElement.scrollWidth") <= WIDTH, place.key
    assert {key: cut for key, cut in found.items() if cut} == {}


TICKS = """() => [...document.querySelectorAll('.st-key-sides_chart text')]
  .filter(e => /^x\\d?tick$/.test(e.parentElement.classList[0]))
  .map(e => e.getBoundingClientRect()).map(b => [b.left, b.right])"""


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_figures_below_the_sides_of_a_theme_do_not_run_together(
    sample_address: str, look: Look, lang: str
) -> None:
    tab = look(width=WIDTH, height=844)
    tab.goto(f"{sample_address}/feedback?lang={lang}")
    settle(tab, 200)
    ends = sorted(tab.evaluate(TICKS))
    assert len(ends) == 6, "two to a side"
    gaps = [right[0] - left[1] for left, right in pairwise(ends)]
    assert min(gaps) > 3
