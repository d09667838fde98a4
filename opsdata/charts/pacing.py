"""The way to a target: what is known, where it is heading, and the line to reach."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.analysis.pacing import Pace
from opsdata.charts.axes import day_axis, end_labels, texts, value_axis
from opsdata.charts.flags import Flag, raise_flags
from opsdata.format import rounded
from opsdata.i18n import t
from opsdata.metrics import Metric

HEIGHT = 300


def pacing(days: pd.DataFrame, pace: Pace, one: Metric, flags: Sequence[Flag] = ()) -> go.Figure:
    """Return the total day by day with its band to the last day, and the target.

    ``days`` has the columns day, so_far, low, mid, high; ``flags`` are what the team noted.
    """
    figure = theme.figure(HEIGHT)
    ahead = days.dropna(subset=["mid"])
    for name, fill in (("high", None), ("low", "tonexty")):
        figure.add_scatter(
            x=ahead["day"], y=ahead[name], mode="lines", line={"width": 0}, fill=fill,
            fillcolor="rgba(59, 118, 246, 0.16)", name=t(f"pacing.{name}"),
            customdata=texts(ahead[name].map(rounded, na_action="ignore"), one),
            hovertemplate="%{customdata}",
        )  # fmt: skip
    for name, dash in (("mid", "dot"), ("so_far", "solid")):
        figure.add_scatter(
            x=days["day"], y=days[name], mode="lines", name=_name(name),
            line={"color": theme.ACCENT, "width": 2.5, "dash": dash},
            customdata=texts(days[name].map(rounded, na_action="ignore"), one),
            hovertemplate="%{customdata}",
        )  # fmt: skip
    day_axis(figure, days["day"])
    goal = pd.Series([pace.target] if pace.target is not None else [], dtype=float)
    series = [days["so_far"], days["high"], goal]
    ends = [(t("pacing.mid"), theme.ACCENT, days["mid"])]
    if len(goal):
        figure.add_hline(y=pace.target, line={"color": theme.SERIES[1], "width": 2, "dash": "dash"})
        ends.append((t("pacing.target"), theme.SERIES[1], goal))
    scale = value_axis(figure, one, series)
    if one.stock:
        scale = _closer(figure, [*series, days["low"]])
    end_labels(figure, ends, scale, HEIGHT)
    raise_flags(figure, flags)
    return figure


def _name(column: str) -> str:
    return t("pacing.now") if column == "so_far" else t("pacing.mid")


def _closer(figure: go.Figure, series: list[pd.Series[float]]) -> tuple[float, float]:
    """Show a level near its own values, where a line needs no zero; return the range."""
    known = pd.concat([values.dropna() for values in series])
    low, high = float(known.min()), float(known.max())
    room = (high - low) * 0.15 or 1.0
    figure.update_yaxes(
        range=[low - room, high + room], rangemode="normal", tickmode="auto", tickvals=None,
        ticktext=None, tickformat=",.0f",
    )  # fmt: skip
    return low - room, high + room
