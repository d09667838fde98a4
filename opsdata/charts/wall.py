"""A metric day by day for the wall: few ticks, large letters, nothing to hover.

Sizes are those of a picture 1080 pixels high; the wall scales the whole drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd
import plotly.graph_objects as go

from opsdata import i18n, theme
from opsdata.charts.axes import value_axis
from opsdata.i18n import t
from opsdata.metrics import Metric

_LABEL, _TICK = 40, 32
_INK = {True: "#c3cddb", False: "#465163"}
_LINE = {True: "#7aa8ff", False: "#1f5fe0"}
_BEHIND = {True: "#8793a6", False: "#636d7d"}
_WHOLE, _PART = 1712, 1064


def trend(
    now: pd.DataFrame,
    before: pd.DataFrame | None,
    one: Metric,
    scale: float,
    dark: bool,
    beside: bool,
) -> go.Figure:
    """Return a metric day by day, the period before behind it; narrow with figures beside it."""
    figure = theme.figure(round(930 - 310 * scale))
    figure.update_layout(width=_PART if beside else _WHOLE, hovermode=False)
    figure.update_layout(margin={"l": 8, "r": 90 * scale, "t": 64 * scale, "b": 8})
    if before is not None and before["value"].notna().any():
        behind = before["value"].iloc[: len(now)]
        _line(figure, now["day"].iloc[: len(behind)], behind, _BEHIND[dark], 4, "dash")
    _line(figure, now["day"], now["value"], _LINE[dark], 8)
    _ticks(figure, now["day"], scale, dark)
    value_axis(figure, one, [now["value"], pd.Series(dtype=float) if before is None
                             else before["value"]])  # fmt: skip
    figure.update_yaxes(tickfont={"size": _TICK * scale, "color": _INK[dark]}, nticks=4)
    _legend(figure, scale, dark, before is not None and before["value"].notna().any())
    return figure


def _line(
    figure: go.Figure,
    days: pd.Series[pd.Timestamp],
    values: pd.Series[float],
    colour: str,
    width: int,
    dash: str = "solid",
) -> None:
    figure.add_scatter(
        x=days, y=values, mode="lines", hoverinfo="skip",
        line={"color": colour, "width": width, "dash": dash},
    )  # fmt: skip


def _ticks(figure: go.Figure, days: pd.Series[pd.Timestamp], scale: float, dark: bool) -> None:
    """Name three or four days; the first and the last are among them."""
    last = len(days) - 1
    at = sorted({0, last // 2, last} if scale > 1 else {0, last // 3, last * 2 // 3, last})
    figure.update_xaxes(
        tickvals=[days.iloc[i] for i in at],
        ticktext=[i18n.day(days.iloc[i].date()) for i in at],
        tickfont={"size": _TICK * scale, "color": _INK[dark]},
        tickangle=0,
        ticklabelstandoff=18,
    )


def _legend(figure: go.Figure, scale: float, dark: bool, behind: bool) -> None:
    """Name the lines above the picture, each beside a piece of itself."""
    words = [("━━", _LINE[dark], t("chart.now"))]
    if behind:
        words.append(("┅┅", _BEHIND[dark], t("chart.before")))
    text = "&nbsp;&nbsp;&nbsp;".join(
        f"<span style='color:{colour}'>{mark}</span> {name}" for mark, colour, name in words
    )
    figure.add_annotation(
        x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=12 * scale,
        showarrow=False, text=text, font={"size": _LABEL * scale * 0.9, "color": _INK[dark]},
    )  # fmt: skip


def flag(figure: go.Figure, days: Sequence[date], scale: float, dark: bool) -> None:
    """Put a flag at the foot of each noted day."""
    for day in sorted(set(days)):
        figure.add_annotation(
            x=datetime(day.year, day.month, day.day), y=0, yref="paper", yanchor="bottom",
            showarrow=False, text="⚑", font={"size": _TICK * scale, "color": _INK[dark]},
        )  # fmt: skip
