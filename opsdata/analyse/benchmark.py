"""Own accounts beside competitors, as plain values."""

from __future__ import annotations

from opsdata.analyse.asked import Answer, Asked
from opsdata.analysis import benchmark as side_by_side
from opsdata.analysis.benchmark import Line
from opsdata.analysis.interactions import company
from opsdata.i18n import t
from opsdata.store import Store


def benchmark(store: Store, asked: Asked) -> Answer:
    """Return how own accounts and competitors did over the same days."""
    whose = company(store, asked.filters.accounts)
    filters = side_by_side.window(store, asked.filters, whose)
    found = side_by_side.benchmark(store, filters, whose)
    lines = [line for line in found.lines if line.until is not None]
    return {
        "from": filters.since.isoformat() if filters.since else None,
        "to": filters.until.isoformat() if filters.until else None,
        "accounts": [_account(line) for line in lines],
        "reason": None if any(not line.own for line in lines) else t("competitors.none"),
    }


def _account(line: Line) -> Answer:
    return {
        "account": line.account,
        "own": line.own,
        "posts": line.posts,
        "interactions": line.interactions,
        "typical_interactions": line.typical,
        "mean_interactions": line.mean,
        "typical_low": line.low,
        "typical_high": line.high,
        "counted": line.counted,
        "ranged": line.ranged,
        "posts_per_week": line.per_week,
        "share_of_voice": line.share_of_voice,
        "share_of_interactions": line.share_of_interactions,
        "rank": line.rank,
        "lacks": list(line.lacks),
        "known_until": line.until.isoformat() if line.until else None,
        "followers": line.growth.followers if line.growth else None,
        "follower_growth_per_week": line.growth.weekly if line.growth else None,
    }
