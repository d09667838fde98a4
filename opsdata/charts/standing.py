"""One value among others."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import texts
from opsdata.format import short
from opsdata.metrics import Metric, Unit


def standing(others: pd.Series[float], mine: float, one: Metric) -> go.Figure:
    """Return where one value lies among others: grey dots on a line, one of them marked."""
    figure = theme.figure(96)
    figure.add_scatter(
        x=others,
        y=[0] * len(others),
        mode="markers",
        marker={"color": theme.BEFORE, "size": 9, "opacity": 0.5},
        customdata=texts(others, one),
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.add_scatter(
        x=[mine],
        y=[0],
        mode="markers",
        marker={"color": theme.ACCENT, "size": 16, "symbol": "diamond"},
        customdata=texts(pd.Series([mine]), one),
        hovertemplate="%{customdata}<extra></extra>",
    )
    positive = bool((others > 0).all()) and mine > 0 and one.unit is Unit.COUNT
    ticks = (
        _decades(float(min(others.min(), mine)), float(max(others.max(), mine)))
        if positive
        else None
    )
    figure.update_xaxes(type="log" if positive else "linear", showline=True, linecolor=theme.FAINT)
    if ticks:
        figure.update_xaxes(tickvals=ticks, ticktext=[short(tick, one.unit) for tick in ticks])
    figure.update_yaxes(visible=False, range=[-1, 1])
    figure.update_layout(hovermode="closest")
    return figure


def _decades(low: float, high: float) -> list[float]:
    """Return the powers of ten around some values, so that a log axis names its ends."""
    ticks = [10.0**power for power in range(0, 12) if low / 10 < 10.0**power < high * 10]
    return ticks or [low, high]
