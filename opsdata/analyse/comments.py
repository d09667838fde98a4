"""What people say, as plain values."""

from __future__ import annotations

from opsdata.analyse.asked import Answer, Asked
from opsdata.analysis import comments as said
from opsdata.analysis.terms import new_terms
from opsdata.analysis.waiting import replies
from opsdata.i18n import t
from opsdata.store import Store


def comments(store: Store, asked: Asked) -> Answer:
    """Return how many comments there are, how many complain, what is new, what waits."""
    found = said.summary(store, asked.filters)
    fresh = new_terms(store, asked.filters)
    answered = replies(store, asked.filters)
    kinds = said.by_kind(store, asked.filters)
    return {
        "total": found.total,
        "negative": found.negative.count,
        "negative_low": found.negative.low,
        "negative_high": found.negative.high,
        "terms": [
            {
                "term": one.term,
                "count": one.count,
                "before": one.before,
                "change": round(one.change, 4),
                "z": round(one.z, 3),
            }
            for one in fresh.terms
        ],
        "waiting": answered.waiting,
        "positive": found.positive,
        "textless": found.textless,
        "answers": found.answers,
        "unknown": found.unknown,
        "kinds": dict(zip(kinds["kind"], kinds["total"].tolist(), strict=True)),
        "median_minutes": answered.median_minutes,
        "reason": None if found.total else t("comments.none"),
    }
