"""The layouts of tables that are known from before, each with a way to forget it."""

from __future__ import annotations

import streamlit as st

from opsdata.format import literal, moment
from opsdata.i18n import t
from opsdata.intake.layouts import Layout
from opsdata.ui import data, language
from opsdata.ui.mapper import field_name


@st.fragment(run_every=2)
@language.spoken
def draw() -> None:
    """Draw the layouts that are known from before, each with a way to forget it."""
    known = data.layouts()
    if not known:
        return
    st.markdown(f"### {t('mapper.remembered')}")
    st.caption(t("mapper.remembered_help"))
    for layout in known:
        _layout_line(layout)


def _layout_line(layout: Layout) -> None:
    mapping = layout.mapping
    pairs = [f"{literal(one.header)} → {field_name(one.field)}" for one in mapping.columns]
    with st.container(horizontal=True, vertical_alignment="center", key=f"layout_{layout.number}"):
        st.markdown(
            f"**{t(f'mapper.grain_{mapping.grain}')}** · {t('list.comma').join(pairs)} "
            f":gray[{moment(layout.made)}]",
            width="stretch",
        )
        st.button(
            t("mapper.forget"),
            icon=":material/delete:",
            type="tertiary",
            on_click=data.installation().jobs.forget_layout,
            args=(layout.number,),
            key=f"forget_{layout.number}",
        )
