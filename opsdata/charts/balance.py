"""Two sides of one number, week by week."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import day_axis, end_labels, texts, value_axis
from opsdata.i18n import t
from opsdata.metrics import Metric

_HEIGHT = 260


def balance(weeks: pd.DataFrame, one: Metric) -> go.Figure:
    """Return the official totals as bars and the works' sums as a line over them.

    ``weeks`` has the columns monday, official, works.
    """
    figure = theme.figure(_HEIGHT)
    days = pd.to_datetime(weeks["monday"]).astype("datetime64[us]")
    figure.add_bar(
        x=days, y=weeks["official"], name=t("balance.official"), marker_color=theme.BEFORE,
        opacity=0.45, customdata=texts(weeks["official"], one), hovertemplate="%{customdata}",
    )  # fmt: skip
    figure.add_scatter(
        x=days, y=weeks["works"], name=t("balance.works"), mode="lines+markers",
        line={"color": theme.ACCENT, "width": 2.5}, marker={"size": 7},
        customdata=texts(weeks["works"], one), hovertemplate="%{customdata}",
    )  # fmt: skip
    day_axis(figure, days)
    sides = (weeks["official"], weeks["works"])
    scale = value_axis(figure, one, sides)
    names = (
        (t("balance.official"), theme.BEFORE, sides[0]),
        (t("balance.works"), theme.ACCENT, sides[1]),
    )
    end_labels(figure, names, scale, _HEIGHT)
    return figure
