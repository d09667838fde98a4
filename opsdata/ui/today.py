"""Which day it is for what lies ahead: the clock's, the newest data's for the sample team."""

from __future__ import annotations

from datetime import date, timedelta

from opsdata import queries
from opsdata.metrics import Basis
from opsdata.ui import data


def today() -> date:
    """Return today; for the sample team the day after its last, so that its plan lies ahead."""
    if not data.is_sample():
        return date.today()
    newest = data.ask(queries.newest, Basis.HAPPENED)
    return newest + timedelta(days=1) if newest else date.today()
