"""Which colour is good news: the reader's habit, or what the team chose; one rule for all."""

from __future__ import annotations

from typing import Literal

from opsdata.i18n import current
from opsdata.metrics import METRICS, Better
from opsdata.team.settings import setting
from opsdata.ui import data

SETTING = "up_colour"
CHOICES = ("auto", "red", "green")

Colour = Literal["red", "green", "gray"]


def up() -> Literal["red", "green"]:
    """Return the colour of good news."""
    chosen = data.ask(setting, SETTING)
    if chosen in ("red", "green"):
        return "red" if chosen == "red" else "green"
    return "red" if current() == "zh" else "green"


def of_change(key: str, direction: int) -> Colour:
    """Return the colour of a metric that rose (1) or fell (-1); grey where neither is news."""
    better = METRICS[key].better
    if better is Better.NEITHER:
        return "gray"
    return of_news(direction if better is Better.UP else -direction)


def of_news(direction: int) -> Colour:
    """Return the colour of good news (1), of bad news (-1), of neither."""
    if not direction:
        return "gray"
    rise = up()
    return rise if direction > 0 else ("green" if rise == "red" else "red")
