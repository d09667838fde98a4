"""A metric day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import day_axis, end_labels, mark_days, texts, value_axis
from opsdata.charts.flags import Flag, raise_flags
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
    now: pd.DataFrame,
    before: pd.DataFrame | None,
    one: Metric,
    bars: bool = False,
    holidays: Sequence[tuple[date, date, str]] = (),
    dots: Mapping[date, tuple[float, str]] | None = None,
    flags: Sequence[Flag] = (),
) -> go.Figure:
    """Return a metric day by day, the period before as a thin grey line behind.

    ``now`` has the columns day, value, smooth, running; ``before`` day and value, laid over
    the same days in order. Bars show what belongs to single days, such as publishing.
    Holidays are faint bands behind, with their names. ``dots`` mark single days: their
    value, and what is to be said of them. ``flags`` are what the team noted.
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
    _mark_running(figure, now[now["running"]].dropna(subset=["value"]))
    if dots:
        _mark(figure, dots)
    day_axis(figure, days)
    if not bars:
        figure.update_xaxes(range=[days.iloc[0], days.iloc[-1]])
    mark_days(figure, holidays, days)
    raise_flags(figure, flags)
    low, high = value_axis(figure, one, [now["value"], now["smooth"], _values(before)])
    ends = [
        (t("chart.now"), theme.ACCENT, now["value"]),
        (t("chart.before"), theme.BEFORE, _values(before)),
    ]
    ends.append((t("chart.smooth"), theme.SERIES[1], now["smooth"]))
    end_labels(figure, ends, (low, high), TREND_HEIGHT)
    return figure


def _mark_running(figure: go.Figure, days: pd.DataFrame) -> None:
    """Draw the days that were not over as open circles, and say so at the last one."""
    if days.empty:
        return
    figure.add_scatter(
        x=days["day"], y=days["value"], mode="markers", hoverinfo="skip", name=t("chart.running"),
        marker={"symbol": "circle-open", "size": 11, "color": theme.ACCENT, "line": {"width": 2}},
    )  # fmt: skip
    last = days.iloc[-1]
    figure.add_annotation(
        x=last["day"], y=last["value"], text=t("chart.running"), showarrow=False,
        xanchor="right", xshift=-10, yshift=-2, font={"size": theme.TEXT_SIZE},
    )  # fmt: skip


def _mark(figure: go.Figure, dots: Mapping[date, tuple[float, str]]) -> None:
    figure.add_scatter(
        x=[pd.Timestamp(day) for day in dots],
        y=[value for value, _ in dots.values()],
        mode="markers",
        name=t("anomalies.dot"),
        marker={"color": theme.SERIES[4], "size": 11, "line": {"color": "white", "width": 1.5}},
        customdata=[text for _, text in dots.values()],
        hovertemplate="%{customdata}",
    )


def _values(frame: pd.DataFrame | None) -> pd.Series[float]:
    return pd.Series(dtype=float) if frame is None else frame["value"]
