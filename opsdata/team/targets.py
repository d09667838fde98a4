"""What the team wants to reach: a value of a KPI by the end of some days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opsdata.store import Store


@dataclass(frozen=True)
class Target:
    """A value of a KPI over some days, of one account or, without a name, of all own ones."""

    metric: str
    account: str
    since: date
    until: date
    value: float

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.until - self.since).days + 1


def targets(store: Store) -> list[Target]:
    """Return all targets, the newest days first."""
    rows = store.rows(
        "select metric, account, since, until, value from target "
        "order by until desc, since desc, account, metric"
    )
    return [Target(*row) for row in rows]


def target_for(store: Store, metric: str, accounts: Sequence[str], day: date) -> Target | None:
    """Return the target in force on a day, that of the fewest days when there are several.

    Some but not all accounts together have no target of their own.
    """
    if len(accounts) > 1:
        return None
    account = accounts[0] if accounts else ""
    inside = [
        one
        for one in targets(store)
        if (one.metric, one.account) == (metric, account) and one.since <= day <= one.until
    ]
    return min(inside, key=lambda one: one.days, default=None)


def keep(store: Store, one: Target) -> None:
    """Keep a target; the same KPI, account and days have one."""
    with store.writing() as session:
        session.do(
            "insert or replace into target values ($metric, $account, $since, $until, $value)",
            {
                "metric": one.metric,
                "account": one.account,
                "since": one.since,
                "until": one.until,
                "value": one.value,
            },
        )


def drop(store: Store, one: Target) -> None:
    """Forget a target."""
    with store.writing() as session:
        session.do(
            "delete from target where metric = $metric and account = $account "
            "and since = $since and until = $until",
            {
                "metric": one.metric,
                "account": one.account,
                "since": one.since,
                "until": one.until,
            },
        )
