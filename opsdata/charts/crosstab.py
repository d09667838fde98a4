"""One question by another: a square for each pair, the darker the larger its share."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.answers import option_label


def crosstab(
    options: Sequence[str],
    groups: Sequence[str],
    values: Sequence[Sequence[float | None]],
    texts: Sequence[Sequence[str]],
    hovers: Sequence[Sequence[str]],
) -> go.Figure:
    """Return the shares of options (rows) in groups (columns), each written in its square."""
    figure = theme.figure(56 + 38 * max(len(options), 1))
    figure.add_heatmap(
        z=values, x=list(range(len(groups))), y=list(range(len(options))), text=texts,
        texttemplate="%{text}", textfont={"size": theme.TEXT_SIZE},
        customdata=hovers, hovertemplate="%{customdata}<extra></extra>",
        colorscale=[[0, "rgba(59, 118, 246, 0.04)"], [1, "rgba(59, 118, 246, 0.55)"]],
        zmin=0, showscale=False, xgap=3, ygap=3,
    )  # fmt: skip
    figure.update_xaxes(
        tickvals=list(range(len(groups))),
        ticktext=[option_label(name, 10) for name in groups],
        side="top",
    )
    figure.update_yaxes(
        tickvals=list(range(len(options))), ticktext=[option_label(name) for name in options],
        autorange="reversed", showgrid=False,
    )  # fmt: skip
    figure.update_layout(hovermode="closest")
    return figure
