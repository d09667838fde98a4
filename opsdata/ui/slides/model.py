"""What a slide is: one message, few figures, all of it text that is already written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from opsdata.filters import Filters

Kind = Literal["hero", "cards", "chart", "list", "none"]


@dataclass(frozen=True)
class Item:
    """One figure with what belongs to it."""

    label: str
    value: str = ""
    change: str = ""
    """With its sign and an arrow, so that colour never says it alone."""
    tone: str = "gray"
    notes: tuple[str, ...] = ()
    line: tuple[float | None, ...] = ()
    share: float | None = None
    """The length of its bar, as a share of the longest."""


@dataclass(frozen=True)
class Slide:
    """One screenful; the wall draws each kind in its own way."""

    key: str
    kind: Kind
    title: str
    items: tuple[Item, ...] = ()
    about: str = ""
    """Which days and accounts, and what they are compared with."""
    reach: tuple[str, str] = ("", "")
    """Until when its own source reaches, where the head does not say it; and how fresh that is."""
    noted: tuple[str, ...] = ()
    """What the team noted on days of the chart."""
    chart: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class View:
    """What the slides of one wall are about."""

    filters: Filters
    scale: float = 1.0
    dark: bool = True


Maker = Callable[[View], Slide | None]
"""What makes a slide: None when there is nothing to show."""

MOST = 6
"""At most so many figures stand on a slide, beside its title."""

_ROOMY, _LARGER = 1.15, 1.4


def fitting(view: View, most: int = MOST) -> int:
    """Return how many figures have room on a slide: fewer where text is larger."""
    return most if view.scale <= _ROOMY else round(most / _LARGER)
