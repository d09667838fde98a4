"""The week in slots, and weeks by how much was published."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from opsdata import format as formats
from opsdata import i18n, theme
from opsdata.analysis.timing import BLOCK_HOURS, BLOCKS, Effect
from opsdata.format import exact, short
from opsdata.i18n import t
from opsdata.metrics import Unit

_UP, _DOWN = (59, 118, 246), (224, 138, 0)
_STRONGEST = 0.6
"""An effect of this size has the full colour."""
_GAP = 0.04
_HATCH = "rgba(128, 136, 150, 0.36)"
_TIMES = (0.1, 0.25, 0.5, 1, 2, 4, 10)


def week(cells: Sequence[tuple[int, int, Effect]]) -> go.Figure:
    """Return the week by day and hours: colour is the effect, hatched where it is unsure.

    Each cell says its effect and how many works it has, so nothing hangs on colour alone.
    """
    figure = theme.figure(96 + 62 * len(BLOCKS))
    figure.add_bar(
        x=[day for day, _, _ in cells],
        y=[1 - 2 * _GAP] * len(cells),
        base=[BLOCKS.index(hour) + _GAP for _, hour, _ in cells],
        width=1 - 2 * _GAP,
        marker={
            "color": [_colour(one) for *_, one in cells],
            "line": {"width": 0},
            "pattern": {
                "shape": ["" if one.is_sure else "/" for *_, one in cells],
                "fgcolor": _HATCH,
                "fillmode": "overlay",
                "size": 8,
                "solidity": 0.12,
            },
        },
        text=[_text(one) for *_, one in cells],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"size": theme.TEXT_SIZE},
        customdata=[_hover(day, hour, one) for day, hour, one in cells],
        hovertemplate="%{customdata}<extra></extra>",
    )
    names = [t(f"timing.day_{day}") for day in range(1, 8)]
    figure.update_xaxes(tickvals=list(range(1, 8)), ticktext=names, side="top")
    figure.update_yaxes(
        tickvals=[row + 0.5 for row in range(len(BLOCKS))],
        ticktext=[t("timing.hours", a=hour, b=hour + BLOCK_HOURS) for hour in BLOCKS],
        range=[len(BLOCKS), 0],
        showgrid=False,
    )
    figure.update_layout(barmode="overlay", hovermode="closest")
    return figure


def _colour(one: Effect) -> str:
    if not one.n:
        return "rgba(0, 0, 0, 0)"
    red, green, blue = _UP if one.effect >= 0 else _DOWN
    strength = min(abs(one.effect) / _STRONGEST, 1.0) * (0.6 if one.is_sure else 0.3)
    return f"rgba({red}, {green}, {blue}, {strength:.2f})"


def _text(one: Effect) -> str:
    return f"{percent(one.effect)}<br>n={one.n}" if one.n else ""


def percent(value: float) -> str:
    """Return a change with its sign, without one when it rounds to nothing.

    >>> percent(0.123), percent(-0.2), percent(0.001)
    ('+12%', '-20%', '0%')
    """
    return formats.percent(value, sign=True)


def _hover(day: int, hour: int, one: Effect) -> str:
    name = f"{t(f'timing.day_{day}')} {hour}:00–{hour + BLOCK_HOURS}:00"
    if not one.n:
        return f"{name}<br>{t('timing.no_works')}"
    said = t("timing.interval", low=percent(one.low), high=percent(one.high), n=one.n)
    return f"{name}<br>{percent(one.effect)}<br>{said}"


def frequency(weeks: pd.DataFrame) -> go.Figure:
    """Return weeks as dots: how many works, and how many times the expected they were played."""
    figure = theme.figure(300)
    figure.add_scatter(
        x=weeks["posts"],
        y=np.exp(weeks["residual"]),
        mode="markers",
        marker={"color": theme.ACCENT, "size": 10, "opacity": 0.45},
        customdata=[_week_text(week) for week in weeks.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
    )
    texts = [f"{times:g}×" for times in _TIMES]
    figure.update_yaxes(type="log", tickvals=_TIMES, ticktext=texts, rangemode="normal")
    figure.add_hline(y=1, line={"color": theme.BEFORE, "width": 1})
    most = int(weeks["posts"].max())
    step = max(1, round(most / 6))
    figure.update_xaxes(
        title={"text": t("rhythm.posts"), "font": {"size": theme.TEXT_SIZE}},
        tickvals=list(range(0, most + 1, step)), range=[0, most + 1],
    )  # fmt: skip
    figure.update_layout(hovermode="closest")
    return figure


def _week_text(week: dict) -> str:  # type: ignore[type-arg]
    typical = exact(float(week["typical"]), Unit.COUNT)
    times = f"{math.exp(week['residual']):.1f}"
    return t(
        "rhythm.week", day=i18n.day(week["week"].date(), year=True), n=week["posts"],
        typical=typical, times=times, plays=short(float(week["plays"]), Unit.COUNT),
    )  # fmt: skip
