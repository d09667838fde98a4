"""Windows over a page. While one is open the page behind it is left alone: what is being typed
would be lost when the page is drawn again because an import has ended elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import streamlit as st

from opsdata.ui import language

_OPEN = "_dialog"


def window(
    title: str, width: Literal["small", "medium", "large"] = "small"
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Return what makes a function draw in a window over the page, in the reader's language."""

    def wrap(draw: Callable[[], None]) -> Callable[[], None]:
        opened = st.dialog(title, width=width, on_dismiss="rerun")(language.spoken(draw))

        def open_() -> None:
            st.session_state[_OPEN] = True
            opened()

        return open_

    return wrap


def none_yet() -> None:
    """Note that a run of the whole page begins: no window is open until one is opened."""
    st.session_state[_OPEN] = False


def is_open() -> bool:
    """Whether a window is open over the page."""
    return bool(st.session_state.get(_OPEN))
