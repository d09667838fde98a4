"""Dates that can be read in several ways, such as 05/01/2026: read only when one way fits.

A column is judged whole: one 13/05/2026 says that days come first. When more than one
reading fits every cell, a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

ORDERS = ("dmy", "mdy", "ymd")
"""Day, month and year in the order they may stand in."""

_PARTS = re.compile(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})((?:[ T]+\d.*)?)\s*")
_FIRST_SHORT_YEAR = 16
"""A year of two digits is none before short videos began, in 2016."""


class Ambiguous(Exception):
    """Several readings fit every date of a column."""

    def __init__(self, header: str, value: str, found: tuple[str, ...]) -> None:
        super().__init__(header)
        self.header = header
        self.value = value
        self.orders = found


def orders(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the readings that fit all dates which only an order can read.

    >>> orders(["05/01/2026", "13/05/2026"]), orders(["01-05-26"]), orders(["soon"])
    (('dmy',), ('dmy', 'mdy'), ())
    """
    left = set(ORDERS)
    met = False
    for text in texts:
        fitting = {order for order in ORDERS if rewritten(text, order)}
        if fitting:
            met = True
            left &= fitting
    return tuple(order for order in ORDERS if met and order in left)


def rewritten(text: str, order: str) -> str | None:
    """Return a date in the order year, month, day; None when the reading does not fit.

    >>> rewritten("5.1.2026 08:30", "dmy"), rewritten("05/13/2026", "dmy")
    ('2026-01-05 08:30', None)
    """
    found = _PARTS.fullmatch(text)
    if found is None:
        return None
    one, _, two, three, rest = found.groups()
    if order == "ymd" and len(three) == 4:
        return None
    part = dict(zip(order, (one, two, three), strict=True))
    year = int(part["y"]) + (0 if len(part["y"]) == 4 else 2000)
    if len(part["y"]) < 2 or year < 2000 + _FIRST_SHORT_YEAR * (len(part["y"]) == 2):
        return None
    try:
        day = date(year, int(part["m"]), int(part["d"]))
    except ValueError:
        return None
    return f"{day.isoformat()}{rest}".strip()
