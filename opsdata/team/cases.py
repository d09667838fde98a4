"""Comments that somebody takes care of: who, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from opsdata.store import Store

STATUSES = ("open", "doing", "done", "ignored")
"""How far a comment is; the last two take it off the list of those that wait."""
CLOSED = ("done", "ignored")


@dataclass(frozen=True)
class Case:
    """What the team says of one comment."""

    account_id: str
    comment: str
    status: str = "open"
    owner: str | None = None


def settle(store: Store, cases: Sequence[Case], at: datetime | None = None) -> None:
    """Keep what the team says of some comments; it replaces what was said before."""
    with store.writing() as session:
        for case in cases:
            values: dict[str, object] = {
                "account_id": case.account_id, "comment": case.comment, "status": case.status,
                "owner": case.owner or None, "at": at or datetime.now().replace(microsecond=0),
            }  # fmt: skip
            session.do(
                "delete from comment_case where account_id = $account_id and comment = $comment",
                values,
            )
            session.do(
                "insert into comment_case values ($account_id, $comment, $status, $owner, $at)",
                values,
            )
