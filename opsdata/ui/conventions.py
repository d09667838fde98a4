"""The habits of the team that pages follow: for now, which colour is good news."""

from __future__ import annotations

import streamlit as st

from opsdata.i18n import t
from opsdata.team import settings
from opsdata.ui import colours, data


def draw() -> None:
    """Draw the choice of colours with an example of it."""
    st.markdown(f"### {t('conventions.title')}")
    chosen = data.ask(settings.setting, colours.SETTING) or colours.CHOICES[0]
    st.session_state.setdefault("up_colour", chosen)
    st.segmented_control(
        t("conventions.colours"),
        colours.CHOICES,
        format_func=lambda key: t(f"conventions.colours_{key}"),
        key="up_colour",
        required=True,
        help=t("conventions.colours_help"),
        on_change=_choose,
    )
    rise, fall = colours.of_change("views", 1), colours.of_change("views", -1)
    st.markdown(f":gray[{t('conventions.example')}] :{rise}[↑ +12.0%] :{fall}[↓ -12.0%]")


def _choose() -> None:
    data.change(settings.choose, colours.SETTING, st.session_state["up_colour"])
