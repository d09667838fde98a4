"""How plays went day by day, and what weighed most in the change."""

from __future__ import annotations

from opsdata import trends
from opsdata.analysis.explain import Explanation, explain
from opsdata.charts import wall
from opsdata.format import short
from opsdata.i18n import t
from opsdata.metrics import METRICS, Unit
from opsdata.ui import colours, data, why
from opsdata.ui.slides.figures import about
from opsdata.ui.slides.model import Item, Slide, View

_LEAST_DAYS = 3
_PARTS = 3
_KEY = "views"


def make(view: View) -> Slide | None:
    """Return the daily plays with the parts of their change; None under three known days."""
    now = data.ask(trends.trend, _KEY, view.filters)
    if now["value"].notna().sum() < _LEAST_DAYS:
        return None
    earlier = view.filters.before()
    before = data.ask(trends.trend, _KEY, earlier) if earlier else None
    found = data.ask(explain, _KEY, view.filters) if earlier else None
    items = _parts(found) if found else ()
    chart = wall.trend(now, before, METRICS[_KEY], view.scale, view.dark, bool(items))
    title = t("screen.trend_why") if items else t("screen.trend")
    return Slide("trend", "chart", title, items, about(view.filters), chart)


def _parts(found: Explanation) -> tuple[Item, ...]:
    """Return the heaviest parts of a change; none when it cannot be taken apart."""
    if found.reason is not None or found.before is None or found.after is None:
        return ()
    heaviest = sorted(why.steps(found), key=lambda step: -abs(step[1]))[:_PARTS]
    return tuple(_part(*step) for step in heaviest if step[1])


def _part(name: str, amount: float) -> Item:
    direction = 1 if amount > 0 else -1
    sign = "▲ +" if direction > 0 else "▼ "
    tone = colours.of_change(_KEY, direction)
    value = sign + short(amount, Unit.COUNT)
    return Item(name.replace("\n「", "「").replace("\n", " "), value, tone=tone)
