"""Accounts as the team names them in what it writes; kept by their keys, which outlast names."""

from __future__ import annotations

from opsdata.errors import Refused
from opsdata.store import Session


def account_id(session: Session, name: str) -> str:
    """Return the key of an account by its name, own ones first, empty for all.

    Refused when no account has that name.
    """
    key = name and session.one(
        "select account_id from account where name = $name order by own desc, account_id",
        {"name": name},
    )
    if key is None:
        raise Refused("no_such_account", name=name)
    return str(key)
