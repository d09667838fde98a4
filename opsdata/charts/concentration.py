"""Which share of all plays the largest works carry."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from opsdata import theme

_HEIGHT = 300


def concentration(
    curve: Sequence[tuple[float, float]], tops: Sequence[tuple[float, float, str]]
) -> go.Figure:
    """Return the share of plays over the share of works, the largest first.

    ``tops`` are points to name: their place on the curve and what they say. The grey line is
    how it would be if all works had the same plays.
    """
    figure = theme.figure(_HEIGHT)
    figure.add_scatter(
        x=[0, 1], y=[0, 1], mode="lines", line={"color": theme.BEFORE, "width": 1, "dash": "dot"}
    )
    figure.add_scatter(
        x=[works for works, _ in curve],
        y=[plays for _, plays in curve],
        mode="lines",
        line={"color": theme.ACCENT, "width": 2.5},
        fill="tozeroy",
        fillcolor="rgba(59, 118, 246, 0.08)",
    )
    figure.add_scatter(
        x=[works for works, _, _ in tops],
        y=[plays for _, plays, _ in tops],
        mode="markers+text",
        marker={"color": theme.ACCENT, "size": 10},
        text=[text for _, _, text in tops],
        textposition="bottom right",
        cliponaxis=False,
    )
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    texts = [f"{tick:.0%}" for tick in ticks]
    figure.update_xaxes(range=[0, 1], tickvals=ticks, ticktext=texts)
    figure.update_yaxes(range=[0, 1.04], tickvals=ticks, ticktext=texts)
    figure.update_layout(hovermode=False, margin={"r": 28})
    return figure
