"""Why a figure is not compared, as a code with its values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from opsdata.filters import Filters

LONG_GONE = timedelta(days=14)
"""Who has been silent for longer is not late, but gone."""


@dataclass(frozen=True)
class Reason:
    """Why there is no percentage: code of a sentence, with its values."""

    code: str
    values: tuple[tuple[str, object], ...] = ()
    hides: bool = False
    """Whether not even the value can be trusted."""


def behind(account: str, last: date, now: Filters, newest: date) -> Reason:
    """Return that an account does not reach the end of a period, or is long gone before it.

    ``newest`` is the last day that any account knows: behind nobody it is only late.
    """
    assert now.since is not None
    gone = last < now.since and last < newest - LONG_GONE
    return Reason("gone" if gone else "late", (("account", account), ("day", last)))
