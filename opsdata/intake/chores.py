"""What is done to accounts as a job, each with a receipt that says what it did."""

from __future__ import annotations

from typing import Any

from opsdata.intake.accounts import choose_side, merge
from opsdata.intake.merging import unmerge
from opsdata.intake.receipt import Receipt, Status
from opsdata.store import Store


def merged(store: Store, old: str, new: str) -> Receipt:
    """Give everything of one account to another name."""
    made = merge(store, old, new)
    reason = "merged" if made.was_there else "renamed"
    told = {"old": plain(old), "new": made.account.name, "works": made.account.works}
    return _receipt(plain(old), reason, told)


def unmerged(store: Store, number: int) -> Receipt:
    """Undo a merge."""
    made = unmerge(store, number)
    return _receipt(made.old_name, "unmerged", {"old": made.old_name, "new": made.new_name})


def sided(store: Store, account: str, own: bool) -> Receipt:
    """Make an account own or a competitor."""
    found = choose_side(store, account, own)
    return _receipt(found.name, "made_own" if own else "made_competitor", {"name": found.name})


def _receipt(name: str, reason: str, told: dict[str, Any]) -> Receipt:
    return Receipt(name, Status.DONE, reason=reason, values=told)


def plain(account: str) -> str:
    """Return an account's name from its name or its key."""
    return account.split(":", 1)[-1]
