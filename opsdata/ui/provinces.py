"""The provinces of an audience: tiles about where they lie, and the largest as bars."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from opsdata import theme
from opsdata.analysis.audience import Part
from opsdata.charts.tiles import PLACES, tiles
from opsdata.format import short
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.ui import address, portrait
from opsdata.ui.audience import View, crowd_name

_SHADES = ("share", "tgi")


def draw(view: View | None) -> None:
    """Draw where the crowd lives, coloured by share or by index; bars alone for other regions."""
    part = next((one for one in view.parts if one.dimension == "region"), None) if view else None
    if view is None or part is None:
        return
    st.markdown(f"### {t('audience.regions', crowd=crowd_name(view.crowd))}")
    st.caption(portrait.told(part, view))
    if not any(one.bucket in PLACES for one in part.shares):
        portrait.bars(part, view)
        return
    with st.grid(2, min_column_width=320, gap="medium"):
        with st.container(gap="small", key="region_tiles"):
            _tiles(part)
        with st.container(gap="small", key="region_bars"):
            st.caption(portrait.key_of(view))
            portrait.bars(part, view)


def _tiles(part: Part) -> None:
    shade = "share"
    if any(one.tgi is not None for one in part.shares):
        shade = address.single("shade", _SHADES, "share")
        st.segmented_control(
            t("audience.shade"),
            _SHADES,
            format_func=lambda key: t(f"audience.{key}"),
            key=address.show("shade", shade),
            required=True,
            label_visibility="collapsed",
            on_change=address.take,
            args=("shade", "share"),
        )
    rows = portrait.frame_of(part, list(part.shares))
    rows["value"] = rows[shade]
    rows["text"] = [_text(value, shade) for value in rows["value"]]
    st.plotly_chart(
        tiles(rows, index=shade == "tgi"),
        theme=None,
        config=theme.CONFIG,
        key="tiles",
        alt=t("audience.tiles_alt"),
    )
    st.caption(t(f"audience.tiles_{shade}"))


def _text(value: float, shade: str) -> str:
    if pd.isna(value):
        return "—"
    return short(value, Unit.SHARE) if shade == "share" else f"{value:.0f}"
