"""How charts look: few colours, the reader's own ink, room to breathe.

Text in charts takes the colour of the page's text (see ``ui/chrome.py``), so it is as
readable in the dark theme as in the light one; lines and bars use colours that stand out
on both.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

FONT = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, sans-serif"

ACCENT = "#3b76f6"
BEFORE = "#9aa3b2"
FAINT = "rgba(128, 136, 150, 0.22)"
EXPECTED = "rgba(224, 138, 0, 0.16)"
SERIES = ("#3b76f6", "#e08a00", "#12a594", "#b25fd6", "#d9486e", "#7a8794")
"""Six colours for categories, told apart also by the colour-blind; always in this order."""

TEXT_SIZE = 13


def template() -> dict[str, Any]:
    """Return the layout that every chart starts from."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "ticks": "",
        "fixedrange": True,
        "automargin": True,
        "tickfont": {"size": TEXT_SIZE},
        "ticklabelstandoff": 8,
    }
    return {
        "font": {"family": FONT, "size": TEXT_SIZE},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "hovermode": "x unified",
        "hoverlabel": {"font": {"family": FONT, "size": TEXT_SIZE}},
        "colorway": list(SERIES),
        "xaxis": axis,
        "yaxis": {**axis, "showgrid": True, "gridcolor": FAINT, "rangemode": "tozero", "nticks": 5},
        "dragmode": False,
    }


def figure(height: int) -> go.Figure:
    """Return an empty chart of a height in pixels; its place is kept while it loads."""
    return go.Figure(layout={"template": "none", **template(), "height": height})


CONFIG = {"displayModeBar": False, "showSendToCloud": False, "responsive": True}
"""What every chart may do in the browser: nothing but show itself."""
