"""Themes from several sides: a column of dots with intervals for each side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from opsdata import theme
from opsdata.charts.answers import option_label

_INSIDE = 0.9


@dataclass(frozen=True)
class Dot:
    """A figure with its interval, what it says on hover, and whether it stands out."""

    value: float | None
    low: float | None
    high: float | None
    text: str
    stands_out: bool


def corners(
    names: Sequence[str], sides: Sequence[tuple[str, Sequence[Dot]]], percent: str = ".0%"
) -> go.Figure:
    """Return a row for each name and a column for each side; what stands out is coloured."""
    figure = make_subplots(
        rows=1, cols=len(sides), shared_yaxes=True, horizontal_spacing=0.05,
        subplot_titles=[escape(title) for title, _ in sides],
    )  # fmt: skip
    figure.update_layout(template="none", **theme.template(), height=76 + 32 * max(len(names), 1))
    axis = theme.template()["xaxis"]
    for column, (_, dots) in enumerate(sides, start=1):
        for row, dot in enumerate(dots):
            if dot.value is not None:
                figure.add_trace(_mark(row, dot), row=1, col=column)
        at = ticks(dots)
        figure.update_xaxes(
            **{**axis, "zeroline": True, "zerolinecolor": theme.FAINT},
            tickvals=at, tickformat=percent if max(map(abs, at)) >= 0.01 else ".1%",
            tickangle=0, row=1, col=column,
        )  # fmt: skip
        figure.update_yaxes(
            tickvals=list(range(len(names))), ticktext=[option_label(name, 10) for name in names],
            range=[len(names) - 0.5, -0.5], showgrid=True, gridcolor=theme.FAINT, zeroline=False,
            fixedrange=True, automargin=True, rangemode="normal", row=1, col=column,
        )  # fmt: skip
    figure.update_annotations(font={"size": theme.TEXT_SIZE})
    figure.update_layout(margin={"t": 36}, hovermode="closest")
    return figure


def ticks(dots: Sequence[Dot]) -> list[float]:
    """Return zero and one round figure towards the farthest end, a little inside of it.

    So many have room on a phone, where the last of a column stands beside the first of the next.

    >>> ticks([Dot(-0.04, -0.103, 0.03, "", False)]), ticks([Dot(0.05, 0.04, 0.06, "", True)])
    ([-0.08, 0.0], [0.0, 0.05])
    >>> ticks([])
    [0.0]
    """
    ends = [end for dot in dots for end in (dot.value, dot.low, dot.high) if end]
    if not ends:
        return [0.0]
    far = max(ends, key=abs)
    room = abs(far) * _INSIDE
    size = 10.0 ** math.floor(math.log10(room))
    step = round(size * max(n for n in (1, 2, 3, 4, 5, 6, 8) if n * size <= room), 12)
    return sorted([0.0, math.copysign(step, far)])


def _mark(at: int, dot: Dot) -> go.Scatter:
    colour = theme.ACCENT if dot.stands_out else theme.BEFORE
    value = dot.value or 0.0
    return go.Scatter(
        x=[value], y=[at], mode="markers",
        marker={"color": colour, "size": 12 if dot.stands_out else 8,
                "symbol": "diamond" if dot.stands_out else "circle"},
        error_x={
            "type": "data",
            "array": [0 if dot.high is None else dot.high - value],
            "arrayminus": [0 if dot.low is None else value - dot.low],
            "color": colour, "thickness": 1.6, "width": 4,
        },
        customdata=[dot.text], hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
