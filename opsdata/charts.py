"""Data frames into figures. Titles are the page's; here are only marks, axes and labels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from html import escape

import pandas as pd
import plotly.graph_objects as go

from opsdata import i18n, theme
from opsdata.format import exact, short
from opsdata.i18n import t
from opsdata.metrics import Metric, Unit

TREND_HEIGHT = 320


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
            mode="lines",
            line={"color": theme.BEFORE, "width": 1.5},
            name=t("chart.before"),
            customdata=_texts(shifted["value"], one),
            hovertemplate="%{customdata}",
        )
    marks = {"name": t("chart.now"), "customdata": _texts(now["value"], one)}
    if bars:
        figure.add_bar(
            x=days, y=now["value"], marker_color=theme.ACCENT, opacity=0.55,
            hovertemplate="%{customdata}", **marks,
        )  # fmt: skip
    else:
        figure.add_scatter(
            x=days, y=now["value"], mode="lines",
            line={"color": theme.ACCENT, "width": 2.5},
            hovertemplate="%{customdata}", **marks,
        )  # fmt: skip
    if now["smooth"].notna().any():
        figure.add_scatter(
            x=days,
            y=now["smooth"],
            mode="lines",
            line={"color": theme.SERIES[1], "width": 2, "dash": "dot"},
            name=t("chart.smooth"),
            customdata=_texts(now["smooth"], one),
            hovertemplate="%{customdata}",
        )
    _day_axis(figure, days)
    low, high = _value_axis(figure, one, [now["value"], now["smooth"], _values(before)])
    ends = [
        (t("chart.now"), theme.ACCENT, now["value"]),
        (t("chart.before"), theme.BEFORE, _values(before)),
    ]
    ends.append((t("chart.smooth"), theme.SERIES[1], now["smooth"]))
    _end_labels(figure, ends, (low, high), TREND_HEIGHT)
    return figure


def _values(frame: pd.DataFrame | None) -> pd.Series[float]:
    return pd.Series(dtype=float) if frame is None else frame["value"]


def _texts(values: pd.Series[float], one: Metric) -> list[str]:
    return [exact(None if pd.isna(v) else float(v), one.unit) for v in values]


_FEW_DAYS = 10


def _day_axis(figure: go.Figure, days: pd.Series[datetime]) -> None:
    """Write days in the reader's words, as many as there is room for.

    Over few days Plotly would write the same day twice, so these are chosen here; over
    many it chooses by the width of the screen.
    """
    figure.update_xaxes(tickformat=t("date.axis"), hoverformat=t("date.axis"))
    shown = days.dt.normalize().drop_duplicates()
    if len(shown) <= _FEW_DAYS:
        shown = shown.iloc[:: math.ceil(len(shown) / 4)]
        texts = [i18n.day(day.date()) for day in shown]
        figure.update_xaxes(tickmode="array", tickvals=list(shown), ticktext=texts)


def _value_axis(
    figure: go.Figure, one: Metric, series: Sequence[pd.Series[float]]
) -> tuple[float, float]:
    """Write values with the reader's units on round steps from zero; return the range."""
    known = pd.concat(
        [values.dropna() for values in series if len(values.dropna())] or [pd.Series([0.0])]
    )
    low, high = min(0.0, float(known.min())), max(0.0, float(known.max()))
    step = _round_step((high - low) / 4)
    first, last = (math.floor(low / step), math.ceil(high / step)) if step else (0, 0)
    ticks = [i * step for i in range(first, last + 1)]
    texts = [
        f"{tick * 100:.3g}%" if one.unit is Unit.SHARE else short(tick, one.unit) for tick in ticks
    ]
    ends = (ticks[0], max(ticks[-1], high) or 1.0)
    figure.update_yaxes(tickvals=ticks, ticktext=texts, range=[ends[0], ends[1] * 1.04])
    return ends


def _round_step(rough: float) -> float:
    """Return the next 1, 2 or 5 of any power of ten.

    >>> _round_step(1700), _round_step(0.03)
    (2000.0, 0.05)
    """
    if rough <= 0:
        return 0.0
    power = 10.0 ** len(str(int(rough))) / 10 if rough >= 1 else 1.0
    while rough < power:
        power /= 10
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if rough <= step * power)


_LABEL_GAP = 17
"""Pixels between the names of two lines."""


def _end_labels(
    figure: go.Figure,
    ends: Sequence[tuple[str, str, pd.Series[float]]],
    scale: tuple[float, float],
    height: int,
) -> None:
    """Name each line where it ends, instead of a legend; names that would touch move apart."""
    known = [
        (name, colour, float(values.dropna().iloc[-1]))
        for name, colour, values in ends
        if values.notna().any()
    ]
    per_pixel = (scale[1] - scale[0]) / (height * 0.8) or 1.0
    floor = -math.inf
    for name, colour, value in sorted(known, key=lambda end: end[2]):
        at = max(value, floor + _LABEL_GAP * per_pixel)
        floor = at
        figure.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=6, y=at, showarrow=False,
            text=f"<span style='color:{colour}'>●</span> {name}",
        )  # fmt: skip
    longest = max((_width(name) for name, _, _ in known), default=0)
    figure.update_layout(margin={"r": 30 + longest})


def _width(text: str) -> int:
    """Return about how many pixels a text takes: a Han character is twice as wide as a letter."""
    return sum(theme.TEXT_SIZE if ord(c) > 0x2E80 else round(theme.TEXT_SIZE * 0.56) for c in text)


def waterfall(
    before: float, after: float, steps: Sequence[tuple[str, float]], one: Metric
) -> go.Figure:
    """Return the way from one value to another: a bar for each step, named beside it.

    Bars lie, so that names can be read; the first and the last stand on zero. A name may
    have two lines; text from files in it is never markup.
    """
    names = [t("why.before"), *(name for name, _ in steps), t("why.after")]
    values = [before, *(amount for _, amount in steps), after]
    kinds = ["absolute", *("relative" for _ in steps), "total"]
    texts = [_step_text(value, one, kind) for value, kind in zip(values, kinds, strict=True)]
    figure = theme.figure(72 + 38 * len(names))
    figure.add_waterfall(
        orientation="h", y=list(range(len(names))), x=values, measure=kinds,
        text=texts, textposition="outside", cliponaxis=False, hoverinfo="skip",
        connector={"line": {"color": theme.FAINT, "width": 1}},
        increasing={"marker": {"color": theme.ACCENT}},
        decreasing={"marker": {"color": theme.SERIES[1]}},
        totals={"marker": {"color": theme.BEFORE}},
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=list(range(len(names))),
        ticktext=[escape(name).replace("\n", "<br>") for name in names],
        autorange="reversed",
        showgrid=False,
    )
    figure.update_xaxes(showticklabels=False, zeroline=True, zerolinecolor=theme.FAINT)
    figure.update_layout(margin={"r": 72}, hovermode=False)
    return figure


def _step_text(value: float, one: Metric, kind: str) -> str:
    """Return what stands beside a bar: a step with its sign, an end as it is."""
    if one.unit is Unit.SHARE:
        return f"{value * 100:+.2f}" if kind == "relative" else short(value, one.unit)
    sign = "+" if kind == "relative" and value > 0 else ""
    return sign + short(value, one.unit)


def history(snapshots: pd.DataFrame, one: Metric) -> go.Figure:
    """Return a work's totals over its exports: columns captured_at and the metric's key."""
    figure = theme.figure(260)
    figure.add_scatter(
        x=snapshots["captured_at"],
        y=snapshots[one.key],
        mode="lines+markers",
        line={"color": theme.ACCENT, "width": 2.5},
        marker={"size": 8},
        customdata=_texts(snapshots[one.key], one),
        hovertemplate="%{customdata}<extra></extra>",
    )
    _day_axis(figure, snapshots["captured_at"])
    _value_axis(figure, one, [snapshots[one.key]])
    return figure


def lives(curves: Sequence[tuple[str, pd.DataFrame]], one: Metric) -> go.Figure:
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
            name=name,
            line={"color": colour, "width": 2.5},
            marker={"size": 7, "symbol": ("circle", "square", "diamond", "triangle-up")[i % 4]},
            customdata=_texts(curve[one.key], one),
            hovertemplate="%{customdata}",
        )
    figure.update_xaxes(title={"text": t("chart.age"), "font": {"size": theme.TEXT_SIZE}})
    scale = _value_axis(figure, one, [curve[one.key] for _, curve in curves])
    ends = [
        (name, theme.SERIES[i % len(theme.SERIES)], curve[one.key])
        for i, (name, curve) in enumerate(curves)
    ]
    _end_labels(figure, ends, scale, 300)
    return figure


def standing(others: pd.Series[float], mine: float, one: Metric) -> go.Figure:
    """Return where one value lies among others: grey dots on a line, one of them marked."""
    figure = theme.figure(96)
    figure.add_scatter(
        x=others,
        y=[0] * len(others),
        mode="markers",
        marker={"color": theme.BEFORE, "size": 9, "opacity": 0.5},
        customdata=_texts(others, one),
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.add_scatter(
        x=[mine],
        y=[0],
        mode="markers",
        marker={"color": theme.ACCENT, "size": 16, "symbol": "diamond"},
        customdata=_texts(pd.Series([mine]), one),
        hovertemplate="%{customdata}<extra></extra>",
    )
    positive = bool((others > 0).all()) and mine > 0 and one.unit is Unit.COUNT
    ticks = (
        _decades(float(min(others.min(), mine)), float(max(others.max(), mine)))
        if positive
        else None
    )
    figure.update_xaxes(type="log" if positive else "linear", showline=True, linecolor=theme.FAINT)
    if ticks:
        figure.update_xaxes(tickvals=ticks, ticktext=[short(tick, one.unit) for tick in ticks])
    figure.update_yaxes(visible=False, range=[-1, 1])
    figure.update_layout(hovermode="closest")
    return figure


def _decades(low: float, high: float) -> list[float]:
    """Return the powers of ten around some values, so that a log axis names its ends."""
    ticks = [10.0**power for power in range(0, 12) if low / 10 < 10.0**power < high * 10]
    return ticks or [low, high]
