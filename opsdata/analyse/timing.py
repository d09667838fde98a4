"""When to publish, as plain values."""

from __future__ import annotations

from dataclasses import replace

from opsdata.analyse.asked import Answer, Asked, window
from opsdata.analysis import timing as when
from opsdata.analysis.slotplan import CANDIDATES, WORTH
from opsdata.analysis.timing import Effect, Slot, Timing, Verdict
from opsdata.i18n import t
from opsdata.metrics import Basis
from opsdata.store import Store


def timing(store: Store, asked: Asked) -> Answer:
    """Return which times do better in the window, with every group of hours.

    The page looks at all works instead, as a month seldom tells times apart.
    """
    filters = window(store, replace(asked.filters, basis=Basis.PUBLISHED))
    found = when.timing(store, filters)
    best = next((_group(slot, one) for slot, one in found.slots if slot == found.best), None)
    return {
        "from": filters.since.isoformat() if filters.since else None,
        "to": filters.until.isoformat() if filters.until else None,
        "verdict": str(found.verdict),
        "reason": _reason(found),
        "works": found.works,
        "best": best,
        "groups": [_group(slot, one) for slot, one in found.slots],
        "posts_needed": found.still_needed(WORTH, CANDIDATES),
    }


def _group(slot: Slot, one: Effect) -> Answer:
    return {
        "name": slot_name(slot),
        "day_type": str(slot.day_type),
        "hour_from": slot.hour_from,
        "hour_to": slot.hour_to,
        "n": one.n,
        "effect": one.effect,
        "low": one.low,
        "high": one.high,
    }


def _reason(found: Timing) -> str | None:
    """Return why there is no best time, None when there is one."""
    if found.verdict is Verdict.BEST:
        return None
    if found.works < when.ENOUGH_WORKS:
        return t("timing.few", n=found.works, needed=when.ENOUGH_WORKS)
    return t(f"timing.{found.verdict}")


def slot_name(slot: Slot, lang: str | None = None) -> str:
    """Return what people call a slot."""
    days = t(f"timing.{slot.day_type}", lang)
    return t("timing.slot", lang, days=days, a=slot.hour_from, b=slot.hour_to)
