"""The slides of the wall: each is one module, and one line here."""

from __future__ import annotations

import logging

from opsdata.ui.slides import decided, headline, kpis, rivals, surveyed, trend, voices, works
from opsdata.ui.slides.model import Maker, Slide, View

SLIDES: dict[str, Maker] = {
    "headline": headline.make,
    "kpis": kpis.make,
    "trend": trend.make,
    "works": works.make,
    "rivals": rivals.make,
    "voices": voices.make,
    "survey": surveyed.make,
    "decided": decided.make,
}
"""All slides in the order they are shown."""

_log = logging.getLogger(__name__)


def make(key: str, view: View) -> Slide | None:
    """Return a slide; None when it has no data, or fails, which is logged."""
    try:
        return SLIDES[key](view)
    except Exception:
        _log.exception("the slide %s is left out", key)
        return None
