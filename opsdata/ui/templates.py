"""Templates for tables that teams type by hand."""

from __future__ import annotations

from functools import partial

import streamlit as st

from opsdata import i18n
from opsdata.i18n import t
from opsdata.reports import templates
from opsdata.reports.sheets import XLSX_TYPE
from opsdata.ui import frame


def draw() -> None:
    """Draw a button for each template."""
    with st.expander(t("template.title"), icon=":material/edit_note:"):
        st.caption(t("template.help"))
        with st.container(horizontal=True, gap="small", key="templates"):
            for source in templates.templates():
                name = t(f"source.{source.key}")
                st.download_button(
                    t("template.button", name=name),
                    data=partial(templates.to_xlsx, source, i18n.current()),
                    file_name=f"{name}.xlsx",
                    mime=XLSX_TYPE,
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"template_{source.key}",
                )
        st.page_link(frame.page("plan"), label=t("plan.elsewhere"), icon=":material/view_kanban:")
