"""When works go out beside when people are active, hour by hour."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import value_axis
from opsdata.format import short
from opsdata.i18n import t
from opsdata.metrics import Metric, Unit

_HEIGHT = 280
_SHARE = Metric("share", unit=Unit.SHARE)


def active_hours(rows: pd.DataFrame, crowd: str, works: str) -> go.Figure:
    """Return the activity as an area and the share of works as bars over it.

    ``rows`` has the columns hour, activity, works, share.
    """
    figure = theme.figure(_HEIGHT)
    figure.add_bar(
        x=rows["hour"], y=rows["share"], name=works, marker_color=theme.SERIES[1], opacity=0.8,
        width=0.55, customdata=[_said(row.share, row.works) for row in rows.itertuples()],
        hovertemplate="%{customdata}",
    )  # fmt: skip
    figure.add_scatter(
        x=rows["hour"], y=rows["activity"], name=crowd, mode="lines",
        line={"color": theme.ACCENT, "width": 2.5, "shape": "spline", "smoothing": 0.6},
        fill="tozeroy", fillcolor="rgba(59, 118, 246, 0.12)",
        customdata=[short(v, Unit.SHARE) for v in rows["activity"]], hovertemplate="%{customdata}",
    )  # fmt: skip
    hours = list(range(0, 24, 3))
    figure.update_xaxes(
        range=[-0.6, 23.6], tickvals=hours, ticktext=[t("audience.hour", n=h) for h in hours],
    )  # fmt: skip
    value_axis(figure, _SHARE, (rows["activity"], rows["share"]))
    return figure


def _said(share: Any, works: Any) -> str:
    return f"{short(float(share), Unit.SHARE)} ({works})"
