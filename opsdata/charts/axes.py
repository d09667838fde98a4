"""What all figures share: axes in the reader's words, names at the ends of lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from html import escape

import pandas as pd
import plotly.graph_objects as go

from opsdata import i18n, theme
from opsdata.format import exact, short
from opsdata.i18n import t
from opsdata.metrics import Metric, Unit


def texts(values: pd.Series[float], one: Metric) -> list[str]:
    """Return what each value says on hover."""
    return [exact(None if pd.isna(v) else float(v), one.unit) for v in values]


_FEW_DAYS = 10
_LEAST_WIDTH = 300
"""So many pixels wide are the days of a chart on a phone."""
_LATIN, _NARROW, _WIDE = 0x2E80, 7, 13
"""Where wide letters begin, and the pixels that each sort takes."""


def day_axis(figure: go.Figure, days: pd.Series[datetime]) -> None:
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


def mark_days(
    figure: go.Figure, spans: Sequence[tuple[date, date, str]], days: pd.Series[datetime]
) -> None:
    """Put faint bands behind some of the days drawn, such as holidays, with their names.

    Where names would stand on each other the longer spans keep theirs.
    """
    half = timedelta(hours=12)
    room = named_days(spans, (days.iloc[-1] - days.iloc[0]).days + 1) if len(days) else set()
    for span in spans:
        since, until, name = span
        first = datetime.combine(since, time()) - half
        figure.add_vrect(
            x0=first,
            x1=datetime.combine(until, time()) + half,
            fillcolor=theme.FAINT,
            opacity=0.55,
            line_width=0,
            layer="below",
        )
        if span not in room:
            continue
        figure.add_annotation(
            x=first, y=1, yref="paper", xanchor="left", yanchor="top", showarrow=False,
            text=name, opacity=0.7, font={"size": theme.TEXT_SIZE - 1},
        )  # fmt: skip


def named_days(spans: Sequence[tuple[date, date, str]], days: int) -> set[tuple[date, date, str]]:
    """Return the spans whose names have room on a chart of so many days, on a phone too.

    >>> week, day = date(2026, 10, 1), date(2026, 10, 10)
    >>> spans = [(day, day, "补班"), (week, date(2026, 10, 7), "国庆节")]
    >>> [name for *_, name in named_days(spans, 400)], len(named_days(spans, 30))
    (['国庆节'], 2)
    """
    taken: list[tuple[date, date]] = []
    named: set[tuple[date, date, str]] = set()
    for span in sorted(spans, key=lambda one: (one[0] - one[1], one[0])):
        since, _, name = span
        wide = sum(_WIDE if ord(letter) > _LATIN else _NARROW for letter in name)
        ends = since + timedelta(days=math.ceil(days * wide / _LEAST_WIDTH))
        if all(ends <= first or since >= last for first, last in taken):
            taken.append((since, ends))
            named.add(span)
    return named


def value_axis(
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


def end_labels(
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
            text=f"<span style='color:{colour}'>●</span> {escape(name)}",
        )  # fmt: skip
    longest = max((text_width(name) for name, _, _ in known), default=0)
    figure.update_layout(margin={"r": 30 + longest})


def text_width(text: str) -> int:
    """Return about how many pixels a text takes: a Han character is twice as wide as a letter."""
    return sum(theme.TEXT_SIZE if ord(c) > 0x2E80 else round(theme.TEXT_SIZE * 0.56) for c in text)
