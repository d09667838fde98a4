"""Planned works as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from opsdata.i18n import t
from opsdata.reports.calendar import Event, to_ics
from opsdata.team.plan import Item


def calendar(items: Sequence[Item], lang: str) -> bytes:
    """Return planned works that have a time as a calendar, in a language."""
    events = [
        Event(
            uid=f"plan-{one.key}@opsdata",
            start=one.slot,
            summary=one.title or t("plan.untitled", lang),
            description=t(
                "plan.event_help", lang, stage=t(f"plan.{one.stage}", lang),
                note=" · ".join(text for text in (one.account, one.owner, one.note) if text),
            ),
        )
        for one in items
        if one.slot is not None
    ]  # fmt: skip
    return to_ics(t("plan.calendar", lang), events, datetime.now(UTC))
