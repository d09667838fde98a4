"""A KPI as it stands on a slide: its value, its change, its target."""

from __future__ import annotations

import re

from opsdata.analysis.comparison import Comparison
from opsdata.analysis.outlook import outlook
from opsdata.filters import Filters
from opsdata.format import change, label, reason, short, short_title
from opsdata.i18n import t
from opsdata.metrics import METRICS
from opsdata.team.targets import targets
from opsdata.ui import colours, data, pacing
from opsdata.ui.slides.model import Item

_ARROWS = {1: "▲", -1: "▼"}

SHOWN = ("views", "net_followers", "follower_gain", "posts", "engagement_rate", "completion_rate",
         "likes", "comments", "shares")  # fmt: skip
"""The KPIs a wall shows, the most important first."""


def figure(one: Comparison, filters: Filters, line: tuple[float | None, ...] = ()) -> Item:
    """Return a KPI with its change, or in one line why there is none."""
    moved = change(one) or ""
    direction = one.direction if re.search("[1-9]", moved) else 0
    notes = [note for note in (_withheld(one), aim(one.key, filters)) if note]
    return Item(
        label(one.key),
        short(one.now, METRICS[one.key].unit),
        arrow(direction, moved),
        colours.of_change(one.key, direction),
        tuple(notes),
        line,
    )


def arrow(direction: int, moved: str) -> str:
    """Return a change with its sign and an arrow; without either where nothing moved."""
    return f"{_ARROWS[direction]} {moved}" if direction else moved.lstrip("+-")


def _withheld(one: Comparison) -> str:
    said = one.reason not in (None, "open_period")
    return reason(one) or "" if said else ""


def aim(key: str, filters: Filters) -> str:
    """Return how far the target of a KPI is reached, empty without one."""
    if not pacing.applies(filters) or key not in {one.metric for one in data.ask(targets)}:
        return ""
    found = data.ask(outlook, key, filters.accounts)
    return "" if found is None else pacing.reached(found)


def about(filters: Filters) -> str:
    """Return which days and accounts a slide speaks of, and how time is counted."""
    return f"{filters.describe()} · {t(f'basis.{filters.basis}')}"


def unmentioning(text: object) -> str | None:
    """Return a title without the people it mentions, None when nothing else is in it."""
    return re.sub(r"[@＠][^\s@＠#]+", "", text).strip() or None if isinstance(text, str) else None


def nameless(text: object, letters: int) -> str:
    """Return a title in one line, without the people it mentions."""
    return short_title(unmentioning(text), letters)
