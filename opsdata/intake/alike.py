"""Accounts that may be one account spelled in two ways: by their names, and by their works."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

from opsdata.intake.accounts import Account, accounts
from opsdata.store import Store

_ALIKE = 0.75
"""Names less alike than this are not taken for one, unless their works are the same."""
_SHARED = 3
"""So many works of one second and title are no coincidence."""


@dataclass(frozen=True)
class Alike:
    """Two accounts that may be one; the one with fewer works would become part of the other."""

    lesser: Account
    greater: Account
    shared: int
    """How many works of both have the same title and publish second."""


def alike(store: Store) -> list[Alike]:
    """Return the pairs of accounts of one platform and side that may be one account."""
    known = accounts(store)
    rows = store.rows(
        "select a.account_id, b.account_id, count(*) from video as a inner join video as b "
        "on a.published_at = b.published_at and a.title = b.title and a.account_id < b.account_id "
        "where a.to_second and b.to_second group by a.account_id, b.account_id"
    )
    shared = {frozenset((one, other)): n for one, other, n in rows}
    found = []
    for pair in combinations(known, 2):
        lesser, greater = sorted(pair, key=lambda one: (one.works, one.days, one.key))
        works = shared.get(frozenset((lesser.key, greater.key)), 0)
        if lesser.platform == greater.platform and _is_one(lesser, greater, works):
            found.append(Alike(lesser, greater, works))
    return found


def _is_one(one: Account, other: Account, works: int) -> bool:
    names = _tidy(one.name), _tidy(other.name)
    if works >= _SHARED or names[0] == names[1]:
        return True
    ratio = SequenceMatcher(None, *names).ratio()
    return one.own == other.own and min(map(len, names)) > 3 and ratio >= _ALIKE


def _tidy(name: str) -> str:
    """Return a name without blanks and signs, in one width and case.

    >>> _tidy("美食 号"), _tidy("Ａ_b·C")
    ('美食号', 'abc')
    """
    plain = unicodedata.normalize("NFKC", name).lower()
    return "".join(sign for sign in plain if sign.isalnum())
