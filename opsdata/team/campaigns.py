"""Campaigns and challenges: when they ran, whose they are, and what they are to reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from opsdata.errors import Refused
from opsdata.store import Store
from opsdata.team.accounts import account_id

KINDS = ("campaign", "challenge")


@dataclass(frozen=True)
class Campaign:
    """One campaign or challenge; its works are those of its account, days and hashtags."""

    name: str
    since: date
    until: date
    kind: str = "campaign"
    account: str = ""
    """Empty means all own accounts."""
    hashtags: tuple[str, ...] = ()
    """A work with any of them belongs to it; none means every work of its days."""
    metric: str = "views"
    goal: float | None = None
    budget: float | None = None
    """In yuan; None where nobody said."""
    key: int = 0
    """0 while it is not kept yet."""

    @property
    def days(self) -> int:
        """The number of its days."""
        return (self.until - self.since).days + 1

    @property
    def accounts(self) -> tuple[str, ...]:
        """Its account as filters take it."""
        return (self.account,) if self.account else ()


def campaigns(store: Store) -> tuple[Campaign, ...]:
    """Return all campaigns, the latest first."""
    rows = store.rows(
        "select c.name, c.since, c.until, c.kind, coalesce(a.name, ''), c.hashtags, c.metric, "
        "c.goal, c.budget, c.campaign_id from campaign as c "
        "left join account as a on a.account_id = c.account_id "
        "order by c.since desc, c.campaign_id desc"
    )
    return tuple(_made(*row) for row in rows)


def _made(*row: Any) -> Campaign:
    name, since, until, kind, account, hashtags, *rest = row
    return Campaign(name, since, until, kind, account, tuple(hashtags), *rest)


def keep(store: Store, one: Campaign) -> int:
    """Keep a campaign, a known one in place of what it was; return its key."""
    name = " ".join(one.name.split())[:80]
    if not name:
        raise Refused("campaign_unnamed")
    if one.until < one.since:
        raise Refused("campaign_backwards")
    with store.writing() as session:
        key = one.key or session.new_key("campaign", "campaign_id")
        session.do(
            "insert or replace into campaign values ($key, $name, $kind, $since, $until, "
            "$account, $hashtags, $metric, $goal, $budget)",
            {
                "key": key, "name": name, "kind": one.kind, "since": one.since, "until": one.until,
                "account": account_id(session, one.account), "hashtags": _tidy(one.hashtags),
                "metric": one.metric, "goal": one.goal, "budget": one.budget,
            },
        )  # fmt: skip
    return key


def drop(store: Store, key: int) -> None:
    """Forget a campaign; what was planned for it stays in the plan."""
    with store.writing() as session:
        session.do("delete from campaign where campaign_id = $key", {"key": key})
        session.do("update plan_item set campaign_id = 0 where campaign_id = $key", {"key": key})


def busy_days(found: tuple[Campaign, ...], account: str = "") -> frozenset[date]:
    """Return the days on which any campaign ran that concerns an account, empty for all."""
    return frozenset(
        one.since + timedelta(days=at)
        for one in found
        if not account or one.account in ("", account)
        for at in range(one.days)
    )


def _tidy(hashtags: tuple[str, ...]) -> list[str]:
    return list(
        dict.fromkeys(tag for one in hashtags if (tag := one.strip().lstrip("#＃").strip()))
    )
