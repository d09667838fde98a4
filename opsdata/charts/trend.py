"""A metric day by day."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import day_axis, end_labels, texts, value_axis
from opsdata.i18n import t
from opsdata.metrics import Metric

TREND_HEIGHT = 320

_CLICKABLE = {
    "marker": {"size": 9, "opacity": 0},
    "cliponaxis": False,
    "selected": {"marker": {"opacity": 0}},
    "unselected": {"marker": {"opacity": 0}},
}
"""Only what has a mark can be clicked, so lines get one that is not seen."""


def trend(
    now: pd.DataFrame, before: pd.DataFrame | None, one: Metric, bars: bool = False
) -> go.Figure:
    """Return a metric day by day, the period before as a thin grey line behind.

    ``now`` has the columns day, value, smooth; ``before`` day and value, laid over the
    same days in order. Bars show what belongs to single days, such as publishing.
    """
    figure = theme.figure(TREND_HEIGHT)
    days = now["day"]
    if before is not None and len(before):
        shifted = before.iloc[: len(now)]
        figure.add_scatter(
            x=days.iloc[: len(shifted)],
            y=shifted["value"],
            mode="lines+markers",
            line={"color": theme.BEFORE, "width": 1.5},
            **_CLICKABLE,
            name=t("chart.before"),
            customdata=texts(shifted["value"], one),
            hovertemplate="%{customdata}",
        )
    marks = {"name": t("chart.now"), "customdata": texts(now["value"], one)}
    if bars:
        figure.add_bar(
            x=days, y=now["value"], marker_color=theme.ACCENT, opacity=0.55,
            unselected={"marker": {"opacity": 1}},
            hovertemplate="%{customdata}", **marks,
        )  # fmt: skip
    else:
        figure.add_scatter(
            x=days, y=now["value"], mode="lines+markers",
            line={"color": theme.ACCENT, "width": 2.5},
            **_CLICKABLE,
            hovertemplate="%{customdata}", **marks,
        )  # fmt: skip
    if now["smooth"].notna().any():
        figure.add_scatter(
            x=days,
            y=now["smooth"],
            mode="lines+markers",
            **_CLICKABLE,
            line={"color": theme.SERIES[1], "width": 2, "dash": "dot"},
            name=t("chart.smooth"),
            customdata=texts(now["smooth"], one),
            hovertemplate="%{customdata}",
        )
    day_axis(figure, days)
    if not bars:
        figure.update_xaxes(range=[days.iloc[0], days.iloc[-1]])
    low, high = value_axis(figure, one, [now["value"], now["smooth"], _values(before)])
    ends = [
        (t("chart.now"), theme.ACCENT, now["value"]),
        (t("chart.before"), theme.BEFORE, _values(before)),
    ]
    ends.append((t("chart.smooth"), theme.SERIES[1], now["smooth"]))
    end_labels(figure, ends, (low, high), TREND_HEIGHT)
    return figure


def _values(frame: pd.DataFrame | None) -> pd.Series[float]:
    return pd.Series(dtype=float) if frame is None else frame["value"]
