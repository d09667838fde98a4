"""Courses set to 100 on one day, so that large and small ones stand beside each other."""

from __future__ import annotations

from datetime import date
from html import escape

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import day_axis, end_labels
from opsdata.charts.side_by_side import short_name

_HEIGHT = 300
_STRIP = 150


def indexed(frame: pd.DataFrame) -> go.Figure:
    """Return an index of accounts: account, own, day, index; ours in colour, the others grey."""
    figure = theme.figure(_HEIGHT)
    ends, ours = [], 0
    for name, one in frame.groupby("account", sort=False):
        own = bool(one["own"].iloc[0])
        colour = theme.SERIES[ours % len(theme.SERIES)] if own else theme.BEFORE
        ours += own
        _line(figure, one["day"], one["index"], str(name), colour, 2.5 if own else 1.5)
        ends.append((short_name(str(name)), colour, one["index"]))
    day_axis(figure, frame["day"])
    end_labels(figure, ends, _axis(figure, frame["index"]), _HEIGHT)
    return figure


def context(frame: pd.DataFrame, name: str, since: date, until: date) -> go.Figure:
    """Return one index over the days of another chart, low and plain, on a scale of its own."""
    figure = theme.figure(_STRIP)
    _line(figure, frame["day"], frame["index"], name, theme.SERIES[2], 1.8)
    day_axis(figure, frame["day"])
    figure.update_xaxes(range=[since, until])
    ends = [(name, theme.SERIES[2], frame["index"])]
    end_labels(figure, ends, _axis(figure, frame["index"]), _STRIP)
    return figure


def _line(
    figure: go.Figure, days: pd.Series, values: pd.Series, name: str, colour: str, width: float
) -> None:
    figure.add_scatter(
        x=days, y=values, name=escape(name), line={"color": colour, "width": width},
        mode="lines+markers" if len(days) < 12 else "lines", marker={"size": 6},
        hovertemplate="%{y:.1f}",
    )  # fmt: skip


def _axis(figure: go.Figure, values: pd.Series) -> tuple[float, float]:
    """Show the index around 100, not from zero: it says how far from it things moved."""
    low, high = min(100.0, float(values.min())), max(100.0, float(values.max()))
    room = max((high - low) * 0.12, 0.5)
    figure.update_yaxes(range=[low - room, high + room], rangemode="normal", tickformat=".4~g")
    figure.add_hline(y=100, line={"color": theme.BEFORE, "width": 1, "dash": "dot"})
    return low - room, high + room
