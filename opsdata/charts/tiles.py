"""The provinces of China as tiles: each one square, about where it lies, none larger than another.

A drawing of ours, without borders or coast lines: published outlines of China are subject to
official review, so one of unclear origin would be worse than none.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from opsdata import theme
from opsdata.i18n import t

_ROWS = (
    ". . . . . . . . 黑龙江",
    ". . . . . 内蒙古 . 辽宁 吉林",
    "新疆 . 甘肃 宁夏 山西 河北 北京 天津 .",
    ". . 青海 陕西 河南 山东 . . .",
    ". 西藏 四川 重庆 湖北 安徽 江苏 上海 .",
    ". . 云南 贵州 湖南 江西 浙江 . .",
    ". . . 广西 广东 福建 . 台湾 .",
    ". . . 海南 澳门 香港 . . .",
)
PLACES = {
    name: (column, row)
    for row, line in enumerate(_ROWS)
    for column, name in enumerate(line.split())
    if name != "."
}
"""Each province's column and row, the north-west first."""

_COLUMNS = 9
_HEIGHT = 420
SHARE_SCALE = ((0.0, "rgba(59, 118, 246, 0.05)"), (1.0, "rgba(59, 118, 246, 0.62)"))
_INDEX_SCALE = (
    (0.0, "rgba(224, 138, 0, 0.55)"),
    (0.5, "rgba(128, 136, 150, 0.10)"),
    (1.0, "rgba(59, 118, 246, 0.60)"),
)
_UNKNOWN = "rgba(128, 136, 150, 0.08)"


def tiles(rows: pd.DataFrame, index: bool) -> go.Figure:
    """Return the provinces coloured by a value: a share, or an index around 100.

    ``rows`` has the columns bucket, name, value, text; provinces without a row stay grey.
    """
    figure = theme.figure(_HEIGHT)
    known = {row.bucket: row for row in rows.itertuples() if row.bucket in PLACES}
    values = np.full((len(_ROWS), _COLUMNS), np.nan)
    blank = np.full((len(_ROWS), _COLUMNS), np.nan)
    hover = np.full((len(_ROWS), _COLUMNS), "", dtype=object)
    for name, (column, row) in PLACES.items():
        one = known.get(name)
        blank[row, column] = 0
        if one is not None and pd.notna(one.value):
            values[row, column] = _on_scale(float(one.value), index)
            hover[row, column] = f"{one.name}  {one.text}"
        figure.add_annotation(
            x=column, y=row, showarrow=False, font={"size": 12}, text=_label(name, one)
        )
    ends = _ends(values, index)
    for layer, scale, lowest, highest in (
        (blank, ((0, _UNKNOWN), (1, _UNKNOWN)), 0.0, 1.0),
        (values, _INDEX_SCALE if index else SHARE_SCALE, *ends),
    ):
        figure.add_heatmap(
            z=layer, colorscale=scale, zmin=lowest, zmax=highest, showscale=False, xgap=3, ygap=3,
            customdata=hover, hovertemplate="%{customdata}<extra></extra>", hoverongaps=False,
        )  # fmt: skip
    figure.update_xaxes(visible=False, range=[-0.5, _COLUMNS - 0.5])
    figure.update_yaxes(visible=False, range=[len(_ROWS) - 0.5, -0.5])
    figure.update_layout(hovermode="closest", margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return figure


def _label(name: str, one: Any) -> str:
    text = "" if one is None else str(one.text)
    return f"{t(f'tile.{name}')}<br>{text}"


def _on_scale(value: float, index: bool) -> float:
    """Return where a value lies on its scale: indices by ratio, so that 50 is as far as 200."""
    return math.log(max(value, 1.0) / 100) if index else value


def _ends(values: np.ndarray, index: bool) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return 0.0, 1.0
    if index:
        far = max(float(np.abs(known).max()), math.log(1.5))
        return -far, far
    return 0.0, float(known.max())
