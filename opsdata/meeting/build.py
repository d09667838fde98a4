"""Starting a meeting: every page computed once, on one version of the data, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from opsdata import i18n
from opsdata.errors import Refused
from opsdata.i18n import t
from opsdata.meeting import decided, numbers, others, three
from opsdata.reports import minutes
from opsdata.reports.minutes import Minutes, Slide
from opsdata.store import Store
from opsdata.team import decisions, meetings
from opsdata.team.decisions import Outcome
from opsdata.team.meetings import Item

BLOCKS: dict[str, Callable[[Store], Slide | None]] = {
    "reviews": decided.reviews,
    "until": numbers.until,
    "goals": numbers.goals,
    "why": numbers.why,
    "works": three.three,
    "competitors": others.competitors,
    "voices": others.voices,
    "last": decided.last,
    "new": decided.new,
}
"""Every point of the agenda in its usual order; reviews that are due come first."""

USUAL = tuple(
    Item(key, True, minutes_)
    for key, minutes_ in zip(BLOCKS, (5, 1, 5, 8, 8, 5, 5, 3, 10), strict=True)
)
_TRIES = 3


def agenda(store: Store) -> tuple[Item, ...]:
    """Return the points of the next meeting, as the team left them."""
    return meetings.agenda(store, USUAL)


def start(store: Store, now: datetime) -> int:
    """Freeze a meeting and return its key.

    Should an import end meanwhile, everything is computed again on what is there then.
    """
    for _ in range(_TRIES):
        version = store.version
        made = [build(store, lang, now, version) for lang in i18n.LANGUAGES]
        reviews = _outcomes(store)
        if store.version == version:
            break
    else:
        raise Refused("meeting_while_importing")
    return meetings.start(store, now, version, minutes.to_json(made), reviews)


def build(store: Store, lang: str, now: datetime, version: int) -> Minutes:
    """Return the minutes of a meeting in a language; points without data stay out."""
    spoken = i18n.current()
    i18n.use(lang)
    try:
        slides = tuple(
            replace(slide, minutes=item.minutes, spoken=t(f"meeting.hint_{item.key}"))
            for item in agenda(store)
            if item.on and (slide := BLOCKS[item.key](store)) is not None
        )
    finally:
        i18n.use(spoken)
    sample = store.recall("sample") is not None
    made = Minutes(now.isoformat(timespec="minutes"), version, lang, sample, slides)
    return minutes.plain(made)


def load(store: Store, key: int, lang: str) -> Minutes | None:
    """Return the minutes of a meeting as they were frozen, None when there is none."""
    text = meetings.snapshot(store, key)
    return None if text is None else minutes.from_json(text)[lang]


def speak(store: Store, key: int, slide: str, spoken: str) -> None:
    """Keep what the presenter noted on a page."""
    _rewrite(store, key, slide, lambda one: replace(one, spoken=spoken))


def decide(store: Store, key: int, one: decisions.Decision) -> None:
    """Keep a decision of a meeting, and put it into its minutes."""
    decisions.keep(store, one)
    refresh_new(store, key)


def refresh_new(store: Store, key: int) -> None:
    """Put what was decided in a meeting into its minutes."""
    held = next(one for one in meetings.meetings(store) if one.key == key)

    def again(slide: Slide) -> Slide:
        made = decided.new(store, held.decisions_before)
        return replace(made, minutes=slide.minutes, spoken=slide.spoken)

    _rewrite(store, key, "new", again)


def _rewrite(store: Store, key: int, slide: str, change: Callable[[Slide], Slide]) -> None:
    """Change one page of a meeting in every language; all others stay as they were frozen."""
    text = meetings.snapshot(store, key)
    if text is None:
        return
    spoken, made = i18n.current(), []
    try:
        for lang, one in minutes.from_json(text).items():
            i18n.use(lang)
            old = next((page for page in one.slides if page.key == slide), None)
            made.append(one if old is None else one.with_slide(change(old)))
    finally:
        i18n.use(spoken)
    meetings.keep_snapshot(store, key, minutes.to_json(made))


def _outcomes(store: Store) -> str:
    """Return what the due reviews found, to be kept with their decisions later."""
    found = [(one.decision.key, asdict(one.outcome(store))) for one in decided.due(store)]
    return json.dumps(found, default=str)


def outcomes(store: Store, key: int) -> Sequence[tuple[int, Outcome]]:
    """Return the reviews of a meeting that are not kept yet: the decision and what came of it."""
    waiting = {one.key for one in decisions.decisions(store) if one.outcome is None}
    return [
        (one, Outcome(**{**raw, "reviewed": datetime.fromisoformat(raw["reviewed"]).date()}))
        for one, raw in json.loads(meetings.reviews(store, key))
        if one in waiting
    ]
