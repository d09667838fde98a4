"""The slides of the wall: each is one module, and one line here."""

from __future__ import annotations

from opsdata.ui.slides import decided, headline, kpis, rivals, surveyed, trend, voices, works
from opsdata.ui.slides.model import Maker

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
