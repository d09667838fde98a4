"""How plays went day by day, and what weighed most in the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from opsdata import i18n, trends
from opsdata.analysis.explain import Explanation, explain
from opsdata.charts import wall
from opsdata.format import short
from opsdata.i18n import t
from opsdata.metrics import METRICS, Unit
from opsdata.team import notes
from opsdata.team.notes import Note
from opsdata.ui import colours, data, why
from opsdata.ui.slides.figures import about, nameless, unmentioning
from opsdata.ui.slides.model import Item, Slide, View

_LEAST_DAYS = 3
_PARTS = 3
_NOTES, _LETTERS = 2, 24
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
    first, last = (now["day"].iloc[at].date() for at in (0, -1))
    noted = data.ask(notes.within, first, last, view.filters.accounts)
    chart = wall.trend(now, before, METRICS[_KEY], view.scale, view.dark, bool(items))
    wall.flag(chart, [one.day for one in noted], view.scale, view.dark)
    title = t("screen.trend_why") if items else t("screen.trend")
    said = _told(noted, view.scale)
    return Slide("trend", "chart", title, items, about(view.filters), noted=said, chart=chart)


def _told(noted: Sequence[Note], scale: float) -> tuple[str, ...]:
    """Return the latest notes as lines, and behind the last how many more have a flag."""
    lines = [_noted(one, scale) for one in noted[-_NOTES:]]
    if more := len(noted) - len(lines):
        lines[-1] += t("screen.more_noted", n=more)
    return tuple(lines)


def _noted(one: Note, scale: float) -> str:
    """Return a note in a line, the work it is about in a few letters behind it."""
    letters = int(_LETTERS / max(scale, 1.0))
    about = t("notes.work", title=nameless(one.title, letters // 2)) if one.video else ""
    text = nameless(one.text, letters if not about else letters * 2 // 3)
    return t("meeting.noted", day=i18n.day(one.day), text=text + about)


def _parts(found: Explanation) -> tuple[Item, ...]:
    """Return the heaviest parts of a change; none when it cannot be taken apart."""
    if found.reason is not None or found.before is None or found.after is None:
        return ()
    parts = tuple(replace(one, name=unmentioning(one.name) or "") for one in found.parts)
    steps = why.steps(replace(found, parts=parts))
    heaviest = sorted(steps, key=lambda step: -abs(step[1]))[:_PARTS]
    return tuple(_part(*step) for step in heaviest if step[1])


def _part(name: str, amount: float) -> Item:
    direction = 1 if amount > 0 else -1
    sign = "▲ +" if direction > 0 else "▼ "
    tone = colours.of_change(_KEY, direction)
    value = sign + short(amount, Unit.COUNT)
    return Item(name.replace("\n「", "「").replace("\n", " "), value, tone=tone)
