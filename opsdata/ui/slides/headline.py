"""The one figure that the room must take along, with its change and its line."""

from __future__ import annotations

import pandas as pd

from opsdata import i18n, trends
from opsdata.analysis import comparison
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.ui import data
from opsdata.ui.slides.figures import about, figure
from opsdata.ui.slides.model import Slide, View


def make(view: View) -> Slide | None:
    """Return the plays of the period; None when none are known."""
    found = data.ask(comparison.compare, ("views",), view.filters)[0]
    if found.now is None:
        return None
    days = data.ask(trends.trend, "views", view.filters)["value"].astype(float)
    line = tuple(None if pd.isna(value) else value for value in days.tolist())
    known = sum(value is not None for value in line)
    item = figure(found, view.filters, line if known > 2 else ())
    title = t("screen.headline", period=_period(view.filters))
    return Slide("headline", "hero", title, (item,), about(view.filters))


def _period(filters: Filters) -> str:
    """Return what the days are called; those of one's own by their dates."""
    if filters.period == "custom" and filters.since and filters.until:
        return i18n.span(filters.since, filters.until)
    return t(f"period.{filters.period}")
