"""The choice of the account that something is about, in every window that asks for one."""

from __future__ import annotations

import streamlit as st

from opsdata import works
from opsdata.ui import data


def choose(words: str, none: str, now: str, key: str) -> str:
    """Draw the choice of one account or none; return its name, empty for none."""
    names = ["", *data.ask(works.choices).accounts]
    at = names.index(now) if now in names else 0
    return str(st.selectbox(words, names, at, format_func=lambda name: name or none, key=key))
