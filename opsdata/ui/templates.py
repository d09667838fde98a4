"""Templates for tables that teams type by hand."""

from __future__ import annotations

from functools import partial

import streamlit as st

from opsdata.i18n import t
from opsdata.reports import templates
from opsdata.ui import save


def draw() -> None:
    """Draw a button for each template."""
    with st.expander(t("template.title"), icon=":material/edit_note:"):
        st.caption(t("template.help"))
        with st.container(horizontal=True, gap="small", key="templates"):
            for source in templates.templates():
                name = t(f"source.{source.key}")
                save.button(
                    t("template.button", name=name),
                    partial(templates.to_xlsx, source),
                    f"{name}.xlsx",
                    f"template_{source.key}",
                    type="secondary",
                )
