"""Unusual days that the team has looked at, so that they are not shown again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from opsdata.store import Store


def seen(store: Store, metric: str, accounts: Sequence[str]) -> frozenset[date]:
    """Return the days of a metric that were looked at, of some accounts or of all."""
    rows = store.rows(
        "select day from seen_alert where metric = $metric and scope = $scope",
        {"metric": metric, "scope": _scope(accounts)},
    )
    return frozenset(day for (day,) in rows)


def mark_seen(store: Store, metric: str, accounts: Sequence[str], days: Sequence[date]) -> None:
    """Keep that some days were looked at."""
    with store.writing() as session:
        for day in days:
            session.do(
                "insert or replace into seen_alert values ($metric, $day, $scope)",
                {"metric": metric, "day": day, "scope": _scope(accounts)},
            )


def mark_unseen(store: Store, metric: str, accounts: Sequence[str]) -> None:
    """Forget which days of a metric were looked at."""
    with store.writing() as session:
        session.do(
            "delete from seen_alert where metric = $metric and scope = $scope",
            {"metric": metric, "scope": _scope(accounts)},
        )


def _scope(accounts: Sequence[str]) -> str:
    return "\n".join(sorted(accounts))
