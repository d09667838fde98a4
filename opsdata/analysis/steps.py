"""Which findings are worth a sentence on the first page: plain rules over what analyses found.

Each rule looks at one analysis and returns what it would name, None when nothing is sure
enough. What is sure is for the analyses to say; here are only the limits from which on a
manager should hear of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from opsdata.analysis.ages import Newcomer
from opsdata.analysis.anomalies import Unusual, peak
from opsdata.analysis.factors import Factors, Group
from opsdata.analysis.factors import Verdict as Said
from opsdata.analysis.outlook import Outlook
from opsdata.analysis.timing import Effect, Slot, Timing, Verdict
from opsdata.analysis.top_work import TopWork
from opsdata.health import Reach

UNLIKELY = 0.35
"""A target with a smaller chance is at risk."""
NEW_DAYS = 7
"""An unusual day is news for so long."""
HANGS = 0.5
"""A period hangs on a work that has at least this share of it."""
AMONG = 10
"""A work that leads fewer of its kind has not shown much."""
LATELY = 30
"""Days missing longer ago change no comparison of now."""


def gap(reaches: Sequence[Reach], newest: date) -> Reach | None:
    """Return the account whose daily data lack most days of late."""
    lately = newest - timedelta(days=LATELY)
    found = [
        one
        for one in reaches
        if one.source == "days" and any(until >= lately for _, until in one.missing)
    ]
    return max(found, key=lambda one: one.gaps, default=None)


def at_risk(outlooks: Iterable[Outlook | None]) -> Outlook | None:
    """Return the target that is least likely to be hit, if that is unlikely."""
    risky = [
        one
        for one in outlooks
        if one and one.target and one.pace.chance is not None and one.pace.chance < UNLIKELY
    ]
    return min(risky, key=lambda one: one.pace.chance or 0.0, default=None)


def unusual(days: Sequence[Unusual], newest: date, seen: Collection[date] = ()) -> Unusual | None:
    """Return the unusual day farthest out that is still news and nobody has looked at.

    While days in its wake are news, so is the day that they follow.
    """
    since = newest - timedelta(days=NEW_DAYS)
    peaks = {peak(one, days) for one in days if one.day > since}
    return max(
        (one for one in peaks if one.day not in seen),
        key=lambda one: (one.far, one.day),
        default=None,
    )


def leading(newest: Sequence[Newcomer]) -> Newcomer | None:
    """Return a new work that is ahead of all it is ranked with."""
    return next((one for one in newest if one.rank == 1 and one.n >= AMONG), None)


def hangs(found: TopWork | None) -> TopWork | None:
    """Return the work that most of a period hangs on."""
    return found if found and found.share >= HANGS else None


def slot(found: Timing) -> tuple[Slot, Effect] | None:
    """Return the best time to publish, when one survived the control of errors."""
    if found.verdict is not Verdict.BEST:
        return None
    return next(((one, effect) for one, effect in found.slots if one == found.best), None)


def trait(found: Factors) -> Group | None:
    """Return the trait that lifts works most, when one survived the control of errors."""
    return next((one for one in found.groups if one.verdict is Said.SUPPORTS), None)
