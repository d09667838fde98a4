"""The reader's language, also where Streamlit runs only a part of the page again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import streamlit as st

from opsdata import i18n
from opsdata.ui import address

Given = ParamSpec("Given")
Result = TypeVar("Result")


def choose() -> None:
    """Set the language of this run: the one in the address, else the browser's."""
    start = i18n.from_locale(st.context.locale)
    st.session_state["_language"] = address.single("lang", i18n.LANGUAGES, start)
    i18n.use(st.session_state["_language"])


def spoken(part: Callable[Given, Result]) -> Callable[Given, Result]:
    """Return a part of a page that speaks the reader's language when it runs by itself."""

    @wraps(part)
    def run(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        i18n.use(st.session_state.get("_language", i18n.LANGUAGES[0]))
        return part(*args, **kwargs)

    return run
