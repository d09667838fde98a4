"""What the team noted, as small flags above a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from textwrap import wrap

import plotly.graph_objects as go

from opsdata import theme

_LINE = 32
"""Characters of a note on one line of its hover."""


@dataclass(frozen=True)
class Flag:
    """A note at a place of the axis: a day, or an age in days."""

    at: date | float
    text: str


def raise_flags(figure: go.Figure, flags: Sequence[Flag]) -> None:
    """Put a flag above each noted place, with a faint line down and the notes on hover."""
    if not flags:
        return
    places: dict[date | float, list[str]] = {}
    for one in flags:
        places.setdefault(one.at, []).append(one.text)
    for at, texts in places.items():
        x = datetime(at.year, at.month, at.day) if isinstance(at, date) else at
        figure.add_shape(
            type="line", x0=x, x1=x, yref="paper", y0=0, y1=1, layer="below",
            line={"color": theme.BEFORE, "width": 1, "dash": "dot"},
        )  # fmt: skip
        figure.add_annotation(
            x=x, y=1, yref="paper", xanchor="center", yanchor="bottom", showarrow=False,
            text="⚑", hovertext="<br>".join(map(_lines, texts)), captureevents=True,
            font={"size": theme.TEXT_SIZE + 4},
        )  # fmt: skip
    figure.update_layout(margin={"t": 28})


def _lines(text: str) -> str:
    """Return a note in short lines that are no markup."""
    return "<br>".join(escape(line) for line in wrap(text, _LINE) or [""])
