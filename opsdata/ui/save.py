"""A button that saves a file, which is made when it is asked for and there until it is fetched."""

from __future__ import annotations

import logging
from collections.abc import Callable
from itertools import count
from pathlib import PurePath
from typing import Literal

import streamlit as st
from streamlit import runtime

from opsdata import i18n
from opsdata.reports.calendar import ICS_TYPE
from opsdata.reports.minutes_html import HTML_TYPE
from opsdata.reports.minutes_pptx import PPTX_TYPE
from opsdata.reports.sheets import CSV_TYPE, XLSX_TYPE

_TYPES = {
    ".csv": CSV_TYPE,
    ".html": HTML_TYPE,
    ".ics": ICS_TYPE,
    ".pptx": PPTX_TYPE,
    ".xlsx": XLSX_TYPE,
}
_HELD = 16
"""So many of the newest files stay to be fetched."""
_turns = count()
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
"""It would warn at each download that the file belongs to no session, as is meant."""


def button(
    words: str,
    make: Callable[[], bytes],
    file_name: str,
    key: str,
    *,
    icon: str = ":material/download:",
    type: Literal["secondary", "tertiary"] = "tertiary",  # noqa: A002 - Streamlit's word
    shortcut: str | None = None,
) -> None:
    """Draw a button that saves what is made; the ending of the name says what kind of file."""
    mime, lang = _TYPES[PurePath(file_name).suffix], i18n.current()

    def made() -> bytes:
        i18n.use(lang)  # a file is made in a thread of its own
        content = make()
        _hold(content, mime, file_name)
        return content

    st.download_button(
        words,
        data=made,
        file_name=file_name,
        mime=mime,
        icon=icon,
        type=type,
        on_click="ignore",
        key=key,
        shortcut=shortcut,
    )


def _hold(content: bytes, mime: str, file_name: str) -> None:
    """Keep a file until others have been asked for.

    Streamlit drops it when two runs have ended, of whomever: with a wall and a few tabs open
    that is sooner than a browser at the end of a slow line asks for it.
    """
    if runtime.exists():
        runtime.get_instance().media_file_mgr.add(
            content,
            mime,
            f"saved-{next(_turns) % _HELD}",
            file_name,
            is_for_static_download=True,
        )
