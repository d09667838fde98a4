"""How active people are in each hour of a week, and where works went out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.charts.tiles import SHARE_SCALE
from opsdata.format import short
from opsdata.i18n import t
from opsdata.metrics import Unit

_HEIGHT = 300


def active_week(rows: pd.DataFrame, days: list[str]) -> go.Figure:
    """Return a heat map of weekday by hour with a dot for works.

    ``rows`` has the columns weekday (0 to 6), hour, share, works; ``days`` are the names.
    """
    figure = theme.figure(_HEIGHT)
    grid = np.full((7, 24), np.nan)
    hover = np.full((7, 24), "", dtype=object)
    for row in rows.itertuples():
        day, hour = int(row.weekday), int(row.hour)
        grid[day, hour] = np.nan if pd.isna(row.share) else row.share
        share = short(float(row.share), Unit.SHARE)
        works = t("unit.posts", n=int(row.works))
        hover[day, hour] = f"{days[day]} {t('audience.hour', n=hour)}<br>{share} · {works}"
    figure.add_heatmap(
        z=grid, colorscale=SHARE_SCALE, zmin=0, showscale=False, xgap=2, ygap=2,
        customdata=hover, hovertemplate="%{customdata}<extra></extra>", hoverongaps=False,
    )  # fmt: skip
    out = rows[rows["works"] > 0]
    figure.add_scatter(
        x=out["hour"], y=out["weekday"], mode="markers", hoverinfo="skip",
        marker={"color": theme.SERIES[1], "size": _sizes(out["works"]), "line": {"width": 0}},
    )  # fmt: skip
    figure.update_xaxes(
        range=[-0.5, 23.5], tickvals=list(range(0, 24, 3)),
        ticktext=[t("audience.hour", n=hour) for hour in range(0, 24, 3)],
    )  # fmt: skip
    figure.update_yaxes(
        range=[6.5, -0.5],
        tickvals=list(range(7)),
        ticktext=days,
        showgrid=False,
        rangemode="normal",
    )
    figure.update_layout(hovermode="closest")
    return figure


def _sizes(works: pd.Series[float]) -> list[float]:
    """Return dots whose areas are as the works they stand for."""
    most = max(float(works.max()), 1.0) if len(works) else 1.0
    return [max(5.0, 15.0 * float(np.sqrt(n / most))) for n in works]
