"""Which days slides speak of: those that the pages choose by themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from opsdata import queries
from opsdata.analysis import coverage
from opsdata.filters import Filters, resolve
from opsdata.ui import data


def chosen(asked: Filters) -> Filters:
    """Return filters with the days that pages give this period, so that they compare fairly."""
    newest = data.ask(queries.newest, asked.basis, asked.accounts) or date.today()
    since, until = resolve(asked.period, newest, asked.since, asked.until)
    return data.ask(coverage.fair, replace(asked, since=since, until=until))
