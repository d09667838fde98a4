"""When accounts publish, and what kind of works."""

from __future__ import annotations

from html import escape

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.side_by_side import short_name

_ROW = 30
_FITS = 0.14
"""From this share on a piece is wide enough for its text, also on a phone."""
_SCALE = [[0.0, "rgba(59, 118, 246, 0.04)"], [1.0, "rgba(59, 118, 246, 1)"]]


def hours(shares: pd.DataFrame) -> go.Figure:
    """Return the share of works by hour: a row an account, darker where more."""
    figure = theme.figure(44 + _ROW * len(shares))
    figure.add_heatmap(
        z=shares.to_numpy(), x=list(shares.columns), y=list(range(len(shares))),
        colorscale=_SCALE, showscale=False, xgap=2, ygap=3, zmin=0,
        customdata=[[f"{name} · {hour}:00" for hour in shares.columns]
            for name in map(escape, map(str, shares.index))],
        hovertemplate="%{customdata} · %{z:.0%}<extra></extra>",
    )  # fmt: skip
    ticks = [0, 6, 9, 12, 15, 18, 21]
    figure.update_xaxes(tickvals=ticks, ticktext=[f"{hour}:00" for hour in ticks])
    _names(figure, shares)
    return figure


def mix(shares: pd.DataFrame, names: list[str]) -> go.Figure:
    """Return what each account's works are made of: stacked shares, named above."""
    figure = theme.figure(56 + _ROW * len(shares))
    for at, (column, name) in enumerate(zip(shares.columns, map(escape, names), strict=True)):
        figure.add_bar(
            x=shares[column], y=list(range(len(shares))), orientation="h", name=name, width=0.7,
            marker_color=theme.SERIES[at % len(theme.SERIES)] if column else theme.FAINT,
            text=[f"{v:.0%}" if v >= _FITS else "" for v in shares[column]],
            textposition="inside", insidetextanchor="middle", textangle=0, constraintext="none",
            textfont={"color": "white" if column else None, "size": theme.TEXT_SIZE},
            hovertemplate=f"{name} · %{{x:.0%}}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(
        barmode="stack", showlegend=True, hovermode="closest",
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
    )  # fmt: skip
    figure.update_xaxes(visible=False, range=[0, 1])
    _names(figure, shares)
    return figure


def _names(figure: go.Figure, shares: pd.DataFrame) -> None:
    figure.update_yaxes(
        tickvals=list(range(len(shares))),
        ticktext=[escape(short_name(str(name))) for name in shares.index],
        range=[len(shares) - 0.5, -0.5],
        showgrid=False,
    )
    figure.update_layout(hovermode="closest")
