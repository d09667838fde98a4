"""The view in the address: every filter is a query parameter, so every view is a link.

Streamlit can bind a widget to the address, but writes the option's label there, which
differs between languages. So hidden text fields carry the plain values, and the visible
widgets take their value from them and give it back. What a callback writes into such a field
stays, while an address written by hand is undone by a rerun that set out before it arrived.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

SINGLE = (
    "tag", "posts",
    "period", "from", "to", "q", "basis", "lang", "public", "metric", "by", "without",
    "crowd", "whose", "seen", "against", "shade",
    "survey", "said", "cross", "crossed", "wave",
    "group", "keyword",
    "campaign", "view", "monday", "doer", "plan_of",
    "meeting", "slide", "tab",
)  # fmt: skip
"""Parameters with one value; empty means the default."""

SEVERAL = ("account", "genre", "hashtag", "label", "slot")
"""Parameters that may stand several times."""


def carry() -> None:
    """Draw the hidden fields that hold the parameters; every page needs them."""
    with st.container(key="carriers"):
        for name in SINGLE:
            st.text_input(name, key=name, bind="query-params", label_visibility="collapsed")
        for name in SEVERAL:
            st.multiselect(
                name,
                [],
                accept_new_options=True,
                key=name,
                bind="query-params",
                label_visibility="collapsed",
            )


def single(name: str, allowed: Sequence[str], default: str) -> str:
    """Return a parameter if it is one of the allowed values, else the default."""
    value = str(st.session_state.get(name) or "")
    return value if value in allowed else default


def several(name: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """Return the values of a parameter that are allowed."""
    chosen: list[str] = st.session_state.get(name) or []
    return tuple(value for value in chosen if value in allowed)


def many(name: str) -> int:
    """Return how many values a parameter has in the address, allowed or not."""
    return len(st.session_state.get(name) or [])


def text(name: str) -> str:
    """Return a parameter as it stands in the address."""
    return str(st.session_state.get(name) or "").strip()


def show(name: str, value: Any) -> str:
    """Give the visible widget of a parameter its value; return the widget's key."""
    key = f"see_{name}"
    st.session_state[key] = value
    return key


def take(name: str, default: Any = "") -> None:
    """Carry what the visible widget of a parameter says; a callback for its change."""
    value = st.session_state[f"see_{name}"]
    if name in SEVERAL:
        st.session_state[name] = list(value)
    else:
        st.session_state[name] = "" if value in (None, default, False) else _plain(value)


def _plain(value: Any) -> str:
    return (
        "true"
        if value is True
        else value.isoformat()
        if hasattr(value, "isoformat")
        else str(value)
    )


def put(**values: str | list[str]) -> None:
    """Set parameters from a callback."""
    st.session_state.update(values)


def reset() -> None:
    """Set every filter back; the language stays, and the part of the page that is open."""
    for name in SINGLE:
        if name not in ("lang", "tab"):
            st.session_state[name] = ""
    for name in SEVERAL:
        st.session_state[name] = []


def videos() -> list[str]:
    """Return the works named in the address."""
    return list(st.query_params.get_all("video"))
