"""Effects as points with their intervals, named beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import text_width

_LOOKS = {
    "supports": (theme.ACCENT, "triangle-up", 13),
    "contradicts": (theme.SERIES[1], "triangle-down", 13),
    "not_enough": (theme.BEFORE, "circle-open", 9),
}
"""Colour, shape and size of a verdict, told apart without colour too."""

_WIDE, _NARROW = (-0.9, -0.5, 0, 1, 4, 9), (-0.25, 0, 0.5)
_PLACES = (-0.4, -0.2, 0, 0.2, 0.4)


@dataclass(frozen=True)
class Line:
    """One effect: its name, its value and interval, what is said beside it, its verdict."""

    name: str
    effect: float
    low: float
    high: float
    text: str
    verdict: str


def forest(lines: Sequence[Line], shares: bool = True) -> go.Figure:
    """Return effects, the first on top, each with its interval and its text at the right.

    Shares stand on a scale on which half and double are equally far from none.
    """
    figure = theme.figure(60 + 32 * len(lines))
    figure.add_vline(x=0, line={"color": theme.BEFORE, "width": 1})
    for at, line in enumerate(lines):
        _draw(figure, at, line, shares)
    figure.update_yaxes(
        tickvals=list(range(len(lines))),
        ticktext=[escape(line.name) for line in lines],
        range=[len(lines) - 0.5, -0.5],
        showgrid=False,
    )
    _effect_axis(figure, lines, shares)
    widest = max((text_width(line.text) for line in lines), default=0)
    figure.update_layout(margin={"r": widest + 20}, hovermode=False)
    return figure


def _draw(figure: go.Figure, at: int, line: Line, shares: bool) -> None:
    colour, symbol, size = _LOOKS[line.verdict]
    low, effect, high = (_at(value, shares) for value in (line.low, line.effect, line.high))
    figure.add_scatter(
        x=[low, high],
        y=[at, at],
        mode="lines",
        line={"color": colour, "width": 2 if line.verdict == "not_enough" else 4},
        opacity=0.7,
    )
    figure.add_scatter(
        x=[effect],
        y=[at],
        mode="markers",
        marker={
            "color": colour,
            "symbol": symbol,
            "size": size,
            "line": {"width": 2, "color": colour},
        },
    )
    figure.add_annotation(
        x=1, xref="paper", xanchor="left", xshift=10, y=at, showarrow=False,
        text=escape(line.text) if line.verdict == "not_enough" else f"<b>{escape(line.text)}</b>",
    )  # fmt: skip


def _at(effect: float, shares: bool) -> float:
    return float(np.log1p(effect)) if shares else effect


def _effect_axis(figure: go.Figure, lines: Sequence[Line], shares: bool) -> None:
    """Write effects below the lines, as far as they reach."""
    low = min((line.low for line in lines), default=0.0)
    high = max((line.high for line in lines), default=0.0)
    wanted = (_WIDE if low < -0.5 or high > 1 else _NARROW) if shares else _PLACES
    ticks = [tick for tick in wanted if low <= tick <= high or not tick]
    texts = [f"{tick * 100:+.0f}{'%' if shares else ''}" if tick else "0" for tick in ticks]
    figure.update_xaxes(
        tickvals=[_at(tick, shares) for tick in ticks],
        ticktext=texts,
        tickangle=0,
        showgrid=True,
        gridcolor=theme.FAINT,
    )
