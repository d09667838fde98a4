"""Accounts beside each other: one figure of each as a bar, ours in colour."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.format import exact, short
from opsdata.metrics import Unit

Say = Callable[[float | None, Unit], str]

_LONGEST = 9
_ROW = 30
_ROOM, _ROOM_OF_RANGE = 0.32, 0.5
"""How much wider than its bars a chart is, so that what is written behind them fits a phone."""


def bars(rows: pd.DataFrame, unit: Unit, fine: bool = False) -> go.Figure:
    """Return one figure of accounts as bars, the unknown ends of ranges as pale beams.

    ``rows`` has the columns account, own, value; optional are ``low`` and ``high``, the ends
    of a range where there is no value. What is unknown is a dash. ``fine``
    values are written with all their digits.
    """
    rows = rows.reindex(columns=["account", "own", "value", "low", "high"])
    figure = theme.figure(16 + _ROW * len(rows))
    places = list(range(len(rows)))
    colours = [theme.ACCENT if own else theme.BEFORE for own in rows["own"]]
    figure.add_bar(
        x=rows["value"], y=places, orientation="h", width=0.55, marker_color=colours,
        customdata=[_said(row, unit, exact) for row in rows.itertuples()],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    _ranges(figure, rows, unit)
    _labels(figure, rows, unit, exact if fine else short)
    names = [escape(short_name(name)) for name in rows["account"]]
    figure.update_yaxes(
        tickvals=places, ticktext=names, range=[len(rows) - 0.5, -0.5], showgrid=False
    )
    figure.update_xaxes(visible=False, range=_scale(rows))
    figure.update_layout(hovermode="closest", bargap=0.3)
    return figure


def short_name(name: str) -> str:
    """Return an account's name, cut where it is long.

    >>> short_name("一个名字特别特别长的账号")
    '一个名字特别特别…'
    """
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _ranges(figure: go.Figure, rows: pd.DataFrame, unit: Unit) -> None:
    """Draw ranges as pale beams from their low to their high end."""
    top = _scale(rows)[1]
    for at, row in enumerate(rows.itertuples()):
        if pd.isna(row.value) and pd.notna(row.low):
            end = row.high if pd.notna(row.high) else top
            figure.add_scatter(
                x=[row.low, end], y=[at, at], mode="lines",
                line={"width": 12, "color": theme.BEFORE}, opacity=0.4,
                hovertemplate=_said(row, unit, exact) + "<extra></extra>",
            )  # fmt: skip


def _said(row: object, unit: Unit, write: Say) -> str:
    """Return a value, or a range, as text."""
    value, low, high = (_known(getattr(row, key)) for key in ("value", "low", "high"))
    if value is not None or low is None:
        return write(value, unit)
    return f"{write(low, unit)}+" if high is None else f"{write(low, unit)}~{write(high, unit)}"


def _labels(figure: go.Figure, rows: pd.DataFrame, unit: Unit, say: Say) -> None:
    """Write each value behind its bar."""
    for at, row in enumerate(rows.itertuples()):
        ends = [v for v in (row.value, row.high, row.low, 0.0) if pd.notna(v)]
        figure.add_annotation(
            x=max(ends), y=at, text=_said(row, unit, say), showarrow=False, xanchor="left",
            xshift=8, font={"size": theme.TEXT_SIZE},
        )  # fmt: skip


def _scale(rows: pd.DataFrame) -> list[float]:
    known = rows[["value", "low", "high"]].astype(float)
    low, high = min(0.0, float(known.min().min() or 0)), float(known.max().max())
    high = high if high > 0 else (1.0 if low == 0 else 0.0)
    ranged = (rows["value"].isna() & rows["high"].notna()).any()
    return [low, high + (high - low) * (_ROOM_OF_RANGE if ranged else _ROOM)]


def _known(value: float | None) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
