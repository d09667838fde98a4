"""Who follows and watches, and how works stand against their active hours, as plain values."""

from __future__ import annotations

from datetime import date

from opsdata.analyse.asked import Answer, Asked, window
from opsdata.analysis import active
from opsdata.analysis.audience import Known, Part, known, portrait
from opsdata.i18n import t
from opsdata.store import Store


def audience(store: Store, asked: Asked) -> Answer:
    """Return the newest portrait of each account and crowd, beside the one before it."""
    found = [
        _crowd(store, one, crowd, days, asked)
        for one in known(store, asked.filters)
        for crowd, days in one.days
    ]
    return {"audiences": found, "reason": None if found else t("empty.audience")}


def _crowd(store: Store, whose: Known, crowd: str, days: tuple[date, ...], asked: Asked) -> Answer:
    before = days[1] if len(days) > 1 else None
    parts = portrait(store, whose.account_id, crowd, days[0], before)
    return {
        "account": whose.account,
        "crowd": crowd,
        "day": days[0].isoformat(),
        "before": before.isoformat() if before else None,
        "dimensions": [_dimension(part) for part in parts],
        "publishing": _publishing(store, whose, parts, asked),
    }


def _dimension(part: Part) -> Answer:
    return {
        "dimension": part.dimension,
        "day": part.day.isoformat(),
        "before": part.before.isoformat() if part.before else None,
        "total": part.total,
        "buckets": [
            {
                "bucket": one.bucket,
                "share": one.share,
                "tgi": one.tgi,
                "before": one.before,
                "change": one.change,
                "other": one.other,
            }
            for one in part.shares
        ],
    }


def _publishing(store: Store, whose: Known, parts: tuple[Part, ...], asked: Asked) -> Answer | None:
    """Return how works of the window stand against activity, None when nothing tells of it."""
    hours = active.activity(parts)
    if hours is None:
        return None
    works = active.published(store, whose.account_id, window(store, asked.filters))
    found = active.step(hours, active.by_hour(works))
    return {
        "n": found.n,
        "out_of_step": found.out_of_step,
        "hours": list(found.quiet),
        "works": found.works,
        "share": found.share,
        "activity": found.activity,
        "bound": found.bound,
        "reason": t(f"audience.{found.reason}", n=found.n) if found.reason else None,
    }
