"""The shares of a whole: a bar a bucket, with what it was before and in another crowd."""

from __future__ import annotations

from html import escape
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.format import short
from opsdata.i18n import t
from opsdata.metrics import Unit

_ROW = 34
_LONGEST = 16
"""Names of more letters than this are cut; pointed at, a bar says all of it."""

_INDEX_ROOM = 68
"""Pixels that an index takes beside a share."""


def shares(rows: pd.DataFrame, before: str, other: str) -> go.Figure:
    """Return a bar for each row, the first on top; ``before`` and ``other`` name the marks.

    ``rows`` has the columns name, share, tgi, before, other.
    """
    figure = theme.figure(24 + _ROW * len(rows))
    places = list(range(len(rows)))
    figure.add_bar(
        y=places, x=rows["share"], orientation="h", width=0.62, marker_color=theme.ACCENT,
        opacity=0.82,
        customdata=[_hover(row, before, other) for row in rows.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    _mark(figure, places, rows["before"], "line-ns-open", theme.BEFORE, 19, 3)
    _mark(figure, places, rows["other"], "diamond", theme.SERIES[1], 10, 0)
    longest = max(float(rows[["share", "before", "other"]].max().max()), 0.001)
    figure.update_xaxes(visible=False, range=[0, longest * 1.03])
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.5], showgrid=False, rangemode="normal",
        tickvals=places, ticktext=[escape(_cut(name), quote=False) for name in rows["name"]],
    )  # fmt: skip
    figure.update_layout(hovermode="closest", margin={"r": _write(figure, rows)})
    return figure


def _write(figure: go.Figure, rows: pd.DataFrame) -> int:
    """Write shares and indices in columns on the right, clear of all marks; return their width."""
    room = 62
    for place, (share, tgi) in enumerate(zip(rows["share"], rows["tgi"], strict=True)):
        label = {"y": place, "x": 1, "xref": "paper", "xanchor": "right", "showarrow": False}
        figure.add_annotation(text=short(share, Unit.SHARE), xshift=56, **label)
        if pd.notna(tgi):
            room = 62 + _INDEX_ROOM
            figure.add_annotation(
                text=f"TGI {tgi:.0f}", xshift=56 + _INDEX_ROOM, opacity=0.7, **label
            )
    return room


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _hover(row: Any, before: str, other: str) -> str:
    """Return what a bar says when pointed at."""
    lines = [f"{escape(row.name, quote=False)}  {short(row.share, Unit.SHARE)}"]
    for name, value in ((before, row.before), (other, row.other)):
        if pd.notna(value):
            lines.append(f"{name}  {short(float(value), Unit.SHARE)}")
    if pd.notna(row.tgi):
        lines.append(f"{t('audience.tgi')}  {row.tgi:.0f}")
    return "<br>".join(lines)


def _mark(
    figure: go.Figure,
    places: list[int],
    values: pd.Series[float],
    symbol: str,
    colour: str,
    size: int,
    line: int,
) -> None:
    if values.notna().any():
        figure.add_scatter(
            y=places, x=values, mode="markers", hoverinfo="skip", cliponaxis=False,
            marker={"symbol": symbol, "color": colour, "size": size,
                    "line": {"width": line, "color": colour}},
        )  # fmt: skip
