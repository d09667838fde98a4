"""Works over their age."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.axes import end_labels, texts, value_axis
from opsdata.charts.flags import Flag, raise_flags
from opsdata.i18n import t
from opsdata.metrics import Metric


def life(
    curve: pd.DataFrame,
    band: pd.DataFrame,
    expected: tuple[float, float, float, float] | None,
    one: Metric,
    flags: Sequence[Flag] = (),
) -> go.Figure:
    """Return a work's life curve over the band of its kind, and what it is expected to reach.

    ``curve`` has age and total at its exports; ``band`` age, low, middle, high; ``expected``
    is an age and the low, middle and high total at it; ``flags`` are notes at ages.
    """
    figure = theme.figure(_HEIGHT)
    _draw_band(figure, band, one)
    _draw_own(figure, curve, one)
    if expected is not None:
        _draw_expected(figure, curve, expected, one)
    figure.update_xaxes(title={"text": t("chart.age"), "font": {"size": theme.TEXT_SIZE}})
    reach = [curve["total"], band["high"], pd.Series(expected[1:] if expected else [])]
    scale = value_axis(figure, one, reach)
    ends = [(t("life.middle"), theme.BEFORE, band["middle"])]
    if expected is not None:
        ends.append((t("life.expected"), theme.SERIES[1], pd.Series([expected[2]])))
    else:
        ends.append((t("life.own"), theme.ACCENT, curve["total"]))
    end_labels(figure, ends, scale, _HEIGHT)
    raise_flags(figure, flags)
    return figure


_HEIGHT = 320


def _draw_band(figure: go.Figure, band: pd.DataFrame, one: Metric) -> None:
    hidden = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure.add_scatter(x=band["age"], y=band["low"], **hidden)
    figure.add_scatter(
        x=band["age"], y=band["high"], fill="tonexty", fillcolor=theme.FAINT, **hidden
    )
    figure.add_scatter(
        x=band["age"],
        y=band["middle"],
        mode="lines",
        line={"color": theme.BEFORE, "width": 1.5},
        name=t("life.middle"),
        customdata=texts(band["middle"], one),
        hovertemplate="%{customdata}",
    )


def _draw_own(figure: go.Figure, curve: pd.DataFrame, one: Metric) -> None:
    first = curve.iloc[0]
    figure.add_scatter(
        x=[0, first["age"]],
        y=[0, first["total"]],
        mode="lines",
        line={"color": theme.ACCENT, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=curve["age"],
        y=curve["total"],
        mode="lines+markers",
        line={"color": theme.ACCENT, "width": 2.5},
        marker={"size": 8},
        name=t("life.own"),
        customdata=texts(curve["total"], one),
        hovertemplate="%{customdata}",
    )


def _draw_expected(
    figure: go.Figure,
    curve: pd.DataFrame,
    expected: tuple[float, float, float, float],
    one: Metric,
) -> None:
    """Draw the range as a cone from the newest export; only its end was learned from works."""
    last, (age, low, mid, high) = curve.iloc[-1], expected
    ages = np.linspace(last["age"], age, 24)
    way = (np.log1p(ages) - np.log1p(last["age"])) / (np.log1p(age) - np.log1p(last["age"]))
    lows, mids, highs = (last["total"] + (end - last["total"]) * way for end in (low, mid, high))
    figure.add_scatter(
        x=np.concatenate([ages, ages[::-1]]),
        y=np.concatenate([highs, lows[::-1]]),
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=theme.EXPECTED,
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=ages,
        y=mids,
        mode="lines",
        line={"color": theme.SERIES[1], "width": 2, "dash": "dash"},
        hoverinfo="skip",
    )
    figure.add_scatter(
        x=[age],
        y=[mid],
        error_y={"array": [high - mid], "arrayminus": [mid - low], "color": theme.SERIES[1]},
        mode="markers",
        marker={"color": theme.SERIES[1], "size": 8, "symbol": "diamond"},
        name=t("life.expected"),
        customdata=[f"{texts(pd.Series([low]), one)[0]} – {texts(pd.Series([high]), one)[0]}"],
        hovertemplate="%{customdata}",
    )


_LONGEST = 90
"""Days after which works hardly grow; a longer life would press the others' to the edge."""


def lives(
    curves: Sequence[tuple[str, pd.DataFrame]], one: Metric, flags: Sequence[Flag] = ()
) -> go.Figure:
    """Return life curves of some works over their age in days, each labelled at its end.

    Each curve has the columns age and the metric's key.
    """
    figure = theme.figure(300)
    for i, (name, curve) in enumerate(curves):
        colour = theme.SERIES[i % len(theme.SERIES)]
        figure.add_scatter(
            x=curve["age"],
            y=curve[one.key],
            mode="lines+markers",
            name=escape(name),
            line={"color": colour, "width": 2.5},
            marker={"size": 7, "symbol": ("circle", "square", "diamond", "triangle-up")[i % 4]},
            customdata=texts(curve[one.key], one),
            hovertemplate="%{customdata}",
        )
    figure.update_xaxes(title={"text": t("chart.age"), "font": {"size": theme.TEXT_SIZE}})
    oldest = max(float(curve["age"].max()) for _, curve in curves)
    if oldest > _LONGEST and min(float(curve["age"].max()) for _, curve in curves) < _LONGEST:
        figure.update_xaxes(range=[0, _LONGEST])
    scale = value_axis(figure, one, [curve[one.key] for _, curve in curves])
    ends = [
        (name, theme.SERIES[i % len(theme.SERIES)], curve[one.key])
        for i, (name, curve) in enumerate(curves)
    ]
    end_labels(figure, ends, scale, 300)
    raise_flags(figure, flags)
    return figure
