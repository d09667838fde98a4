"""What the team wants to reach: a value of a KPI by the end of some days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opsdata.store import Session, Store
from opsdata.team.accounts import account_id


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
        "select t.metric, coalesce(a.name, ''), t.since, t.until, t.value from target as t "
        "left join account as a on a.account_id = t.account_id "
        "where t.account_id = '' or a.name is not null "
        "order by t.until desc, t.since desc, a.name nulls first, t.metric, t.value"
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
    """Keep a target; the same KPI, account and days have one. Refused for an unknown account."""
    with store.writing() as session:
        values = _named(session, one)
        session.do(_DROP, values)
        session.do("insert into target values ($metric, $account, $since, $until, $value)", values)


def drop(store: Store, one: Target) -> None:
    """Forget a target."""
    with store.writing() as session:
        session.do(_DROP, _named(session, one))


_DROP = (
    "delete from target where metric = $metric and account_id = $account "
    "and since = $since and until = $until"
)


def _named(session: Session, one: Target) -> dict[str, object]:
    """Return the values of a target, its account by key: a name may change."""
    return {
        "metric": one.metric,
        "account": account_id(session, one.account),
        "since": one.since,
        "until": one.until,
        "value": one.value,
    }
