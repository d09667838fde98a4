"""Groups by their size: a bar each, its number beside it, the interval as a thin line."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.format import short
from opsdata.metrics import Unit


def ranked(
    names: Sequence[str],
    values: pd.Series[float],
    unit: Unit,
    ends: tuple[pd.Series[float], pd.Series[float]] | None = None,
) -> go.Figure:
    """Return lying bars in the given order; ``ends`` are the low and high of each."""
    figure = theme.figure(24 + 30 * max(len(names), 1))
    reach = None
    if ends is not None:
        low, high = ends
        reach = {
            "type": "data", "array": list(high - values), "arrayminus": list(values - low),
            "thickness": 1, "width": 0, "color": theme.BEFORE,
        }  # fmt: skip
    figure.add_bar(
        orientation="h", y=list(range(len(names))), x=list(values), marker_color=theme.ACCENT,
        opacity=0.75, error_x=reach, hoverinfo="skip",
    )  # fmt: skip
    edge = list(values if ends is None else ends[1])
    for at, (value, end) in enumerate(zip(values, edge, strict=True)):
        figure.add_annotation(
            x=end, y=at, text=short(float(value), unit), showarrow=False, xanchor="left", xshift=6
        )
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=[escape(name) for name in names],
        autorange="reversed", showgrid=False,
    )  # fmt: skip
    figure.update_xaxes(showticklabels=False)
    figure.update_layout(margin={"r": 64}, hovermode=False)
    return figure
