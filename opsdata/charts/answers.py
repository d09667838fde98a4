"""Answers to a survey: shares with their intervals, rows of a matrix, numbers, days."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import accumulate, pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import day_axis, text_width

_ROW = 34
_LONGEST = 16
"""A longer option is cut in the picture, a letter counted half; the table has it whole."""

BARS = {"bargap": 0.42, "hovermode": "closest"}


def option_label(text: str, longest: int = _LONGEST) -> str:
    """Return an option as a picture shows it: no markup, not too long.

    >>> option_label("<b>好</b>"), option_label("一" * 20, 5)
    ('&lt;b&gt;好&lt;/b&gt;', '一一一一…')
    """
    plain = " ".join(text.split())
    widths = list(accumulate(2 if ord(character) > 0x2E80 else 1 for character in plain))
    if not plain or widths[-1] <= 2 * longest:
        return escape(plain)
    return escape(plain[: sum(width <= 2 * longest - 2 for width in widths)] + "…")


def shares(
    options: Sequence[str],
    values: Sequence[float | None],
    ends: Sequence[tuple[float | None, float | None]],
    beside: Sequence[str],
) -> go.Figure:
    """Return a bar for each option in its order, with its interval and a text at the end."""
    figure = theme.figure(28 + _ROW * max(len(options), 1))
    known = [value or 0.0 for value in values]
    lows = [value - (low or 0.0) if low is not None else 0.0
            for value, (low, _) in zip(known, ends, strict=True)]  # fmt: skip
    highs = [(high or 0.0) - value if high is not None else 0.0
             for value, (_, high) in zip(known, ends, strict=True)]  # fmt: skip
    places = list(range(len(options)))
    figure.add_bar(
        x=known, y=places, orientation="h", marker_color=theme.ACCENT, opacity=0.85,
        error_x={"type": "data", "array": highs, "arrayminus": lows, "color": theme.BEFORE,
                 "thickness": 1.6, "width": 4},
        customdata=[f"{escape(name)}　{text}" for name, text in zip(options, beside, strict=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    furthest = max((value + up for value, up in zip(known, highs, strict=True)), default=1.0) or 1.0
    for place, text in zip(places, beside, strict=True):
        figure.add_annotation(
            x=1, xref="paper", xanchor="left", y=place, text=text, showarrow=False, xshift=6
        )
    figure.update_yaxes(
        tickvals=places, ticktext=[option_label(name) for name in options],
        autorange="reversed", showgrid=False,
    )  # fmt: skip
    figure.update_xaxes(visible=False, range=[0, furthest * 1.02])
    margin = 16 + max((text_width(text) for text in beside), default=0)
    figure.update_layout(margin={"r": margin}, **BARS)
    return figure


_DOWN = ("rgba(205, 84, 20, 0.62)", "rgba(224, 138, 0, 0.5)", "rgba(224, 138, 0, 0.28)")
_UP = ("rgba(59, 118, 246, 0.24)", "rgba(59, 118, 246, 0.44)", "rgba(59, 118, 246, 0.68)")
_MIDDLE = "rgba(128, 136, 150, 0.3)"
"""Half transparent, so that the page's own ink can be read on them in either theme."""


def diverging(
    rows: Sequence[str], options: Sequence[str], values: Sequence[Sequence[float]]
) -> go.Figure:
    """Return the rows of a matrix as bars around the middle of their scale.

    ``values`` has the shares of a row's options, the least first; half of a middle option
    lies on either side.
    """
    figure = theme.figure(64 + 44 * max(len(rows), 1))
    table = np.array(values, float).reshape(len(rows), len(options))
    start = -_left(table)
    places = list(range(len(rows)))
    for at, name in enumerate(options):
        figure.add_bar(
            base=start, x=table[:, at], y=places, orientation="h", name=option_label(name),
            marker_color=shade(at, len(options)),
            text=[f"{share:.0%}" if share >= 0.08 else "" for share in table[:, at]],
            textposition="inside", constraintext="none", insidetextanchor="middle", textangle=0,
            customdata=[f"{escape(name)} {share:.1%}" for share in table[:, at]],
            hovertemplate="%{customdata}<extra></extra>",
        )  # fmt: skip
        start = start + table[:, at]
    figure.add_vline(x=0, line={"color": theme.BEFORE, "width": 1}, layer="below")
    figure.update_yaxes(
        tickvals=places, ticktext=[option_label(name, 12) for name in rows],
        autorange="reversed", showgrid=False,
    )  # fmt: skip
    figure.update_xaxes(visible=False)
    legend = {"orientation": "h", "traceorder": "normal", "y": 1, "yanchor": "bottom", "x": 0}
    figure.update_layout(
        barmode="overlay", showlegend=True, legend=legend, margin={"t": 36}, bargap=0.36,
        hovermode="closest",
    )  # fmt: skip
    return figure


def _left(table: np.ndarray) -> np.ndarray:
    """Return how much of each row lies left of the middle."""
    half, odd = divmod(table.shape[1], 2)
    left: np.ndarray = table[:, :half].sum(axis=1)
    return left + table[:, half] / 2 if odd else left


def shade(at: int, n: int) -> str:
    """Return the colour of an option of a scale: one hue below its middle, another above.

    >>> shade(0, 5) != shade(4, 5), shade(2, 5)
    (True, 'rgba(128, 136, 150, 0.3)')
    """
    half = n // 2
    if n % 2 and at == half:
        return _MIDDLE
    if at < half:
        return _DOWN[min(at, 2)] if half > 1 else _DOWN[1]
    return _UP[2 - min(n - 1 - at, 2)] if half > 1 else _UP[1]


def numbers(values: Sequence[float]) -> go.Figure:
    """Return how often numbers were given, in steps that suit them."""
    figure = theme.figure(180)
    low, high = min(values), max(values)
    whole = all(float(value).is_integer() for value in values) and high - low <= 24
    edges = np.arange(low, high + 2) - 0.5 if whole else np.histogram_bin_edges(values, 12)
    counts, edges = np.histogram(values, edges)
    middles = (edges[:-1] + edges[1:]) / 2
    names = [f"{m:g}" for m in middles] if whole else [
        f"{a:.4g}–{b:.4g}" for a, b in pairwise(edges)
    ]  # fmt: skip
    figure.add_bar(
        x=middles, y=counts, marker_color=theme.ACCENT, opacity=0.85,
        customdata=[f"{name}: {n}" for name, n in zip(names, counts, strict=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    figure.update_layout(bargap=0.2 if whole else 0.04, hovermode="closest")
    return figure


def arrivals(days: pd.DataFrame) -> go.Figure:
    """Return how many answers came each day; ``days`` has the columns day and count."""
    figure = theme.figure(180)
    figure.add_bar(
        x=days["day"], y=days["count"], marker_color=theme.ACCENT, opacity=0.85,
        hovertemplate="%{y}<extra></extra>",
    )  # fmt: skip
    day_axis(figure, days["day"])
    figure.update_layout(bargap=0.3)
    return figure
