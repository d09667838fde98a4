"""The days around a campaign: what they brought, and what was to be expected of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import day_axis, end_labels, mark_days, texts, value_axis
from opsdata.charts.flags import Flag, raise_flags
from opsdata.format import rounded
from opsdata.i18n import t
from opsdata.metrics import Metric

HEIGHT = 320


def campaign(
    days: pd.DataFrame,
    one: Metric,
    span: tuple[date, date],
    name: str,
    flags: Sequence[Flag] = (),
) -> go.Figure:
    """Return days as a line over the expected one, with the campaign's days shaded.

    ``days`` has the columns day, value, expected, low, high.
    """
    figure = theme.figure(HEIGHT)
    for side, fill in (("high", None), ("low", "tonexty")):
        figure.add_scatter(
            x=days["day"], y=days[side], mode="lines", line={"width": 0}, fill=fill,
            fillcolor=theme.EXPECTED, hoverinfo="skip",
        )  # fmt: skip
    lines = (
        ("expected", theme.SERIES[1], "dot", 2.0),
        ("value", theme.ACCENT, "solid", 2.5),
    )
    for key, colour, dash, width in lines:
        figure.add_scatter(
            x=days["day"], y=days[key], mode="lines", name=_name(key),
            line={"color": colour, "width": width, "dash": dash},
            customdata=texts(days[key].map(rounded, na_action="ignore"), one),
            hovertemplate="%{customdata}",
        )  # fmt: skip
    day_axis(figure, days["day"])
    mark_days(figure, [(*span, escape(name))], days["day"])
    scale = value_axis(figure, one, [days["value"], days["expected"]])
    ends = [(_name(key), colour, days[key]) for key, colour, _, _ in lines]
    end_labels(figure, ends, scale, HEIGHT)
    raise_flags(figure, flags)
    return figure


def _name(key: str) -> str:
    return t("campaigns.actual") if key == "value" else t("campaigns.expected")
