"""Who may see the wall: this machine, and a television that came with the team's link.

A visit that came with a link sees the wall only. The key leaves the address at once: the
session remembers it, and the browser keeps it in a cookie for its next visit.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from time import monotonic

import streamlit as st

from opsdata.team import television
from opsdata.team.television import Link
from opsdata.ui import data

PARAMETER, COOKIE = "tv", "opsdata_tv"
_HELD, _FAILED = "_tv", "_tv_failed"


class Tries:
    """Counts wrong keys, so that nobody can try one after the other."""

    def __init__(
        self, most: int = 10, seconds: float = 60.0, clock: Callable[[], float] = monotonic
    ) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._failed: dict[str, deque[float]] = defaultdict(deque)

    def may(self, who: str) -> bool:
        """Return whether somebody may try a key now."""
        failed, since = self._failed[who], self._clock() - self._seconds
        while failed and failed[0] < since:
            failed.popleft()
        return len(failed) < self._most

    def fail(self, who: str) -> None:
        """Count a wrong key."""
        self._failed[who].append(self._clock())


_tries = Tries()


def admits() -> bool:
    """Return whether this visit may see the wall; asked again at every beat."""
    own = data.installation().own
    if television.link(own) is Link.NONE:
        return True
    key = _key()
    if not key:
        return _is_here()
    if st.session_state.get(_FAILED) == key or not _tries.may(_who()):
        return False
    if television.opens(own, key):
        st.session_state[_HELD] = key
        return True
    _tries.fail(_who())
    st.session_state[_FAILED] = key
    return False


def is_television() -> bool:
    """Return whether this visit came with a link, so that it may see nothing but the wall."""
    return bool(_key()) and television.link(data.installation().own) is not Link.NONE


def _key() -> str:
    """Return the key of this visit; on this machine a cookie of earlier visits says nothing."""
    given = st.session_state.get(_HELD) or st.query_params.get(PARAMETER)
    kept = {} if _is_here() else st.context.cookies.to_dict()
    return str(given or kept.get(COOKIE, ""))


def _is_here() -> bool:
    """Return whether the visitor sits at this machine, as far as proxies tell."""
    return st.context.ip_address is None and "X-Forwarded-For" not in st.context.headers


def _who() -> str:
    return st.context.ip_address or st.context.headers.get("X-Forwarded-For") or ""
