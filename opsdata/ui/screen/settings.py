"""What the team decides of its wall: how large it is, how far the seats are, when it sleeps."""

from __future__ import annotations

import streamlit as st

from opsdata.i18n import t
from opsdata.team.settings import choose, setting
from opsdata.ui import data, frame
from opsdata.ui.screen import options, television

SIZE, NIGHT = "screen_size", "screen_night"


def draw() -> None:
    """Draw the choices of the wall and the way to it."""
    st.markdown(f"### {t('walls.title')}")
    st.caption(t("walls.help"))
    inches, metres = options.screen_size(data.ask(setting, SIZE) or "") or options.SIZE
    with (
        st.form("walls", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        wide = st.number_input(
            t("walls.inches"), 10.0, 500.0, inches, 1.0, "%.0f", key="wall_inches", width=180
        )
        far = st.number_input(
            t("walls.metres"), 0.5, 50.0, metres, 0.5, "%.1f", key="wall_metres", width=180
        )
        night = st.text_input(
            t("walls.night"),
            data.ask(setting, NIGHT) or "",
            key="wall_night",
            help=t("walls.night_help"),
            width=180,
        )
        saved = st.form_submit_button(t("walls.save"), icon=":material/save:")
    if saved:
        _keep(wide, far, night.strip())
    st.page_link(frame.page("screen"), label=t("walls.open"), icon=":material/tv:")
    st.caption(t("walls.keys"))
    television.draw()


def _keep(inches: float, metres: float, night: str) -> None:
    if night and options.hours(night) is None:
        st.error(t("walls.bad"))
        return
    data.change(choose, SIZE, f"{inches:g},{metres:g}")
    data.change(choose, NIGHT, night)
    st.success(t("walls.kept"))
