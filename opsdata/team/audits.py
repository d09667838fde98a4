"""What people said in the weekly audit: whether a comment is really a complaint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opsdata.store import Session, Store


@dataclass(frozen=True)
class Label:
    """What somebody said of one comment, and what it was flagged as when it was drawn."""

    week: date
    account_id: str
    comment: str
    flagged: bool
    negative: bool


def labels(store: Store, week: date | None = None) -> list[Label]:
    """Return what was said in a week's audit, or in all, the oldest week first."""
    rows = store.rows(
        "select week, account_id, comment, flagged, negative from audit_label "
        "where week = coalesce($week, week) order by week, account_id, comment",
        {"week": week},
    )
    return [Label(*row) for row in rows]


def say(store: Store, one: Label) -> None:
    """Keep what somebody said of a comment; it replaces what was said before."""
    with store.writing() as session:
        _forget(session, one)
        session.do(
            "insert into audit_label values ($week, $account, $comment, $flagged, $negative)",
            {**_key(one), "flagged": one.flagged, "negative": one.negative},
        )


def take_back(store: Store, one: Label) -> None:
    """Forget what somebody said of a comment."""
    with store.writing() as session:
        _forget(session, one)


def _forget(session: Session, one: Label) -> None:
    session.do(
        "delete from audit_label "
        "where week = $week and account_id = $account and comment = $comment",
        _key(one),
    )


def _key(one: Label) -> dict[str, object]:
    return {"week": one.week, "account": one.account_id, "comment": one.comment}
