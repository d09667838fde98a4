"""One value among others."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import texts
from opsdata.format import short
from opsdata.metrics import Metric, Unit


def standing(
    others: pd.Series[float], mine: float, one: Metric, noted: Sequence[str] = ()
) -> go.Figure:
    """Return where one value lies among others: grey dots on a line, one of them marked.

    ``noted`` is what the team noted on each of the others, empty for nothing.
    """
    figure = theme.figure(96)
    figure.add_scatter(
        x=others,
        y=[0] * len(others),
        mode="markers",
        marker={"color": theme.BEFORE, "size": 9, "opacity": 0.5},
        customdata=_hovers(texts(others, one), noted),
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


def _hovers(values: Sequence[str], noted: Sequence[str]) -> list[str]:
    """Return what each dot says: its value, and what was noted on it."""
    notes = list(noted) or [""] * len(values)
    return [
        f"{value}<br>⚑ {escape(note)}" if note else value
        for value, note in zip(values, notes, strict=True)
    ]


def _decades(low: float, high: float) -> list[float]:
    """Return the powers of ten around some values, so that a log axis names its ends."""
    ticks = [10.0**power for power in range(0, 12) if low / 10 < 10.0**power < high * 10]
    return ticks or [low, high]
