"""Which days and accounts slides speak of: those that the pages choose by themselves."""

from __future__ import annotations

from datetime import date

from opsdata import queries
from opsdata.analysis import coverage
from opsdata.filters import Filters, resolve
from opsdata.metrics import Basis
from opsdata.ui import data


def chosen(period: str, accounts: tuple[str, ...], basis: Basis) -> Filters:
    """Return the filters of a page that shows this period of these accounts."""
    newest = data.ask(queries.newest, basis, accounts) or date.today()
    since, until = resolve(period, newest)
    wanted = Filters(since, until, accounts, basis=basis, period=period)
    return data.ask(coverage.fair, wanted)
