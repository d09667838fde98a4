"""How much is said a day, and how much of it complains."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import day_axis, texts, value_axis
from opsdata.charts.flags import Flag, raise_flags
from opsdata.i18n import t
from opsdata.metrics import METRICS

_HEIGHT = 250
COMPLAINT = theme.SERIES[1]


def volume(days: pd.DataFrame) -> go.Figure:
    """Return comments a day as bars, complaints as their lower part: day, total, negative."""
    one = METRICS["comments"]
    figure = theme.figure(_HEIGHT)
    others = days["total"] - days["negative"]
    for name, values, shown, colour in (
        (t("comments.negative"), days["negative"], days["negative"], COMPLAINT),
        (t("comments.total"), others, days["total"], theme.BEFORE),
    ):
        figure.add_bar(
            x=days["day"], y=values, name=name, marker_color=colour,
            opacity=0.9 if colour == COMPLAINT else 0.45,
            customdata=texts(shown, one), hovertemplate="%{customdata}",
        )  # fmt: skip
    figure.update_layout(barmode="stack")
    day_axis(figure, days["day"])
    value_axis(figure, one, [days["total"]])
    return figure


def share(days: pd.DataFrame) -> go.Figure:
    """Return the share of complaints a day inside its interval: day, share, low, high."""
    one = METRICS["completion_rate"]
    known = days[days["share"].notna()]
    figure = theme.figure(_HEIGHT)
    for edge, fill in (("high", None), ("low", "tonexty")):
        figure.add_scatter(
            x=known["day"], y=known[edge], mode="lines", line={"width": 0},
            fill=fill, fillcolor=theme.FAINT, name=t(f"comments.{edge}"),
            customdata=texts(known[edge], one), hovertemplate="%{customdata}",
        )  # fmt: skip
    figure.add_scatter(
        x=known["day"], y=known["share"], mode="lines", name=t("comments.share"),
        line={"color": COMPLAINT, "width": 2.5},
        customdata=texts(known["share"], one), hovertemplate="%{customdata}",
    )  # fmt: skip
    day_axis(figure, known["day"])
    value_axis(figure, one, [known["high"]])
    return figure


def crisis(
    days: pd.DataFrame, marks: Sequence[tuple[date, str]], flags: Sequence[Flag] = ()
) -> go.Figure:
    """Return complaints and answers a day around a crisis, its moments and notes on top."""
    one = METRICS["comments"]
    figure = theme.figure(300)
    figure.add_bar(
        x=days["day"], y=days["negative"], name=t("comments.negative"), marker_color=COMPLAINT,
        customdata=texts(days["negative"], one), hovertemplate="%{customdata}",
    )  # fmt: skip
    figure.add_scatter(
        x=days["day"], y=days["answers"], name=t("comments.answers"), mode="lines+markers",
        line={"color": theme.ACCENT, "width": 2}, marker={"size": 6},
        customdata=texts(days["answers"], one), hovertemplate="%{customdata}",
    )  # fmt: skip
    day_axis(figure, days["day"])
    top = value_axis(figure, one, [days["negative"], days["answers"]])[1]
    for at, (when, name) in enumerate(marks):
        figure.add_annotation(
            x=pd.Timestamp(when), y=top * (1.52 - 0.13 * at), text=name, showarrow=False,
            xanchor="center",
        )  # fmt: skip
        figure.add_vline(
            x=pd.Timestamp(when), line={"color": theme.BEFORE, "width": 1, "dash": "dot"}
        )
    figure.update_yaxes(range=[0, top * 1.6])
    raise_flags(figure, flags)
    return figure
