"""Works over their age and over their exports."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import day_axis, end_labels, texts, value_axis
from opsdata.i18n import t
from opsdata.metrics import Metric


def history(snapshots: pd.DataFrame, one: Metric) -> go.Figure:
    """Return a work's totals over its exports: columns captured_at and the metric's key."""
    figure = theme.figure(260)
    figure.add_scatter(
        x=snapshots["captured_at"],
        y=snapshots[one.key],
        mode="lines+markers",
        line={"color": theme.ACCENT, "width": 2.5},
        marker={"size": 8},
        customdata=texts(snapshots[one.key], one),
        hovertemplate="%{customdata}<extra></extra>",
    )
    day_axis(figure, snapshots["captured_at"])
    value_axis(figure, one, [snapshots[one.key]])
    return figure


def lives(curves: Sequence[tuple[str, pd.DataFrame]], one: Metric) -> go.Figure:
    """Return life curves of some works over their age in days, each labelled at its end.

    Each curve has the columns age and the metric's key.
    """
    figure = theme.figure(300)
    for i, (name, curve) in enumerate(curves):
        colour = theme.SERIES[i % len(theme.SERIES)]
        figure.add_scatter(
            x=curve["age"],
            y=curve[one.key],
            mode="lines+markers",
            name=name,
            line={"color": colour, "width": 2.5},
            marker={"size": 7, "symbol": ("circle", "square", "diamond", "triangle-up")[i % 4]},
            customdata=texts(curve[one.key], one),
            hovertemplate="%{customdata}",
        )
    figure.update_xaxes(title={"text": t("chart.age"), "font": {"size": theme.TEXT_SIZE}})
    scale = value_axis(figure, one, [curve[one.key] for _, curve in curves])
    ends = [
        (name, theme.SERIES[i % len(theme.SERIES)], curve[one.key])
        for i, (name, curve) in enumerate(curves)
    ]
    end_labels(figure, ends, scale, 300)
    return figure
