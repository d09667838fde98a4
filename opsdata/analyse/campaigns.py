"""What came of campaigns and challenges, as plain values."""

from __future__ import annotations

from opsdata.analyse.asked import Answer, Asked
from opsdata.analysis.campaign import Result, results
from opsdata.analysis.placebo import Effect
from opsdata.i18n import t
from opsdata.store import Store


def campaigns(store: Store, asked: Asked) -> Answer:
    """Return what came of each campaign that touches the window, the latest first."""
    since, until = asked.filters.since, asked.filters.until
    found = [
        one
        for one in results(store)
        if (since is None or one.campaign.until >= since)
        and (until is None or one.campaign.since <= until)
        and (not asked.filters.accounts or one.campaign.account in ("", *asked.filters.accounts))
    ]
    return {
        "campaigns": [_campaign(one) for one in found],
        "reason": None if found else t("campaigns.none"),
    }


def _campaign(found: Result) -> Answer:
    one, days = found.campaign, found.days
    return {
        "campaign": one.name,
        "kind": one.kind,
        "from": one.since.isoformat(),
        "to": one.until.isoformat(),
        "account": one.account or None,
        "hashtags": list(one.hashtags),
        "metric": found.metric,
        "goal": {
            "metric": found.goal.metric,
            "goal": found.goal.goal,
            "so_far": found.goal.so_far,
            "share": found.goal.share,
            "budget": found.goal.budget,
            "cost": found.goal.cost,
        },
        "age_days": found.age,
        "before": found.before,
        "during": _effect(found.during.effect),
        "after": _effect(found.after.effect),
        "days": None
        if days is None
        else {
            **_effect(days.effect),
            "actual": days.actual,
            "expected": days.expected,
            "extra": days.extra,
        },
        "works": len(found.works),
    }


def _effect(one: Effect) -> Answer:
    return {
        "verdict": str(one.verdict),
        "n": one.n,
        "effect": one.effect,
        "low": one.low,
        "high": one.high,
        "p": one.p,
        "placebos": one.placebos,
        "reason": t(f"campaigns.{one.reason}", n=one.n, needed=one.needed) if one.reason else None,
    }
