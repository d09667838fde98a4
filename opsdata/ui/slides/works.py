"""The works that brought most plays."""

from __future__ import annotations

from dataclasses import replace

from opsdata import works
from opsdata.analysis import coverage
from opsdata.filters import Filters
from opsdata.format import short
from opsdata.i18n import t
from opsdata.metrics import Basis, Unit
from opsdata.ui import data
from opsdata.ui.slides.figures import about, nameless
from opsdata.ui.slides.model import Item, Slide, View, fitting

_SHOWN = 5
_LETTERS = 26


def make(view: View) -> Slide | None:
    """Return the first works of the period by plays; None when no work is known."""
    filters = _answerable(view.filters)
    listed = data.ask(works.listing, filters).dropna(subset=["views"]).head(fitting(view, _SHOWN))
    if listed.empty or not listed["views"].iloc[0]:
        return None
    most = float(listed["views"].iloc[0])
    letters = int(_LETTERS / max(view.scale, 1.0))
    items = tuple(
        Item(nameless(title, letters), short(float(views), Unit.COUNT), share=float(views) / most)
        for title, views in zip(listed["title"], listed["views"], strict=True)
    )
    return Slide("works", "list", t("screen.works"), items, about(filters))


def _answerable(filters: Filters) -> Filters:
    """Return filters that works can answer: what they gained, else their totals."""
    if filters.basis is Basis.HAPPENED and data.ask(coverage.missing_exports, filters):
        return replace(filters, basis=Basis.PUBLISHED)
    return filters
