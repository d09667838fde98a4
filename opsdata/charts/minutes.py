"""The charts of a meeting, drawn from its frozen values."""

from __future__ import annotations

from html import escape

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import day_axis, value_axis
from opsdata.format import MISSING, fixed, short
from opsdata.metrics import METRICS, Unit
from opsdata.reports.minutes import Chart

_TEXT_SIZE = 16
"""Charts of a meeting are read from across a table."""


def minutes_chart(one: Chart, height: int) -> go.Figure:
    """Return a chart of the minutes: lines over days, or lying bars of parts."""
    figure = theme.figure(height)
    for i, series in enumerate(one.series):
        texts = [value_text(value, one.unit) for value in series.values]
        if one.kind == "bar":
            colours = [theme.ACCENT if (v or 0) >= 0 else theme.SERIES[1] for v in series.values]
            figure.add_bar(
                orientation="h", x=series.values, y=list(range(len(one.categories))), text=texts,
                textposition="outside", cliponaxis=False, marker_color=colours, hoverinfo="skip",
            )  # fmt: skip
        else:
            figure.add_scatter(
                x=pd.to_datetime(list(one.categories)), y=series.values, mode="lines",
                name=escape(series.name),
                line={"color": theme.SERIES[i % len(theme.SERIES)], "width": 3,
                      "dash": ("solid", "dot", "dash")[i % 3]},
                customdata=texts, hovertemplate="%{customdata}",
            )  # fmt: skip
    if one.kind == "bar":
        names = [escape(name) for name in one.categories]
        figure.update_yaxes(
            tickvals=list(range(len(names))), ticktext=names, autorange="reversed", showgrid=False
        )
        known = [v for v in one.series[0].values if v is not None] or [0.0]
        room = (max(*known, 0.0) - min(*known, 0.0)) * 0.2
        reach = [min(*known, 0.0) - room, max(*known, 0.0) + room]
        figure.update_xaxes(
            range=reach, showticklabels=False, zeroline=True, zerolinecolor=theme.FAINT
        )
        figure.update_layout(hovermode=False)
    else:
        _axes(figure, one)
    if one.kind == "line" and len(one.series) > 1:
        figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.12, "x": 0})
    figure.update_layout(font_size=_TEXT_SIZE)
    figure.update_xaxes(tickfont_size=_TEXT_SIZE)
    figure.update_yaxes(tickfont_size=_TEXT_SIZE)
    return figure


def _axes(figure: go.Figure, one: Chart) -> None:
    """Write days and values in the reader's words."""
    day_axis(figure, pd.Series(pd.to_datetime(list(one.categories))))
    like = {"count": METRICS["views"], "share": METRICS["engagement_rate"]}.get(one.unit)
    if like is not None:
        value_axis(figure, like, [pd.Series(s.values, dtype=float) for s in one.series])


def value_text(value: float | None, unit: str) -> str:
    """Return how a value of a chart is read."""
    if value is None:
        return MISSING
    return short(value, Unit(unit)) if unit else fixed(value, 2)
