"""The way from one value to another."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import plotly.graph_objects as go

from opsdata import theme
from opsdata.format import short
from opsdata.i18n import t
from opsdata.metrics import Metric, Unit


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
