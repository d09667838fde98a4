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
    """Freeze a meeting and return its key; that of one just started, where somebody did so.

    Should an import end meanwhile, everything is computed again on what is there then.
    """
    if begun := meetings.begun(store, now):
        return begun
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
    _rewrite(store, key, slide, lambda one: one and replace(one, spoken=spoken))


def decide(store: Store, key: int, one: decisions.Decision) -> None:
    """Keep a decision of a meeting, and put it into its minutes."""
    decisions.keep(store, replace(one, meeting=key))
    refresh_new(store, key)


def drop(store: Store, key: int) -> None:
    """Forget a decision, in the minutes of its meeting too."""
    held = next((of for of, one in _by_meeting(store) if one.key == key), 0)
    decisions.drop(store, key)
    refresh_new(store, held)


def _by_meeting(store: Store) -> list[tuple[int, decisions.Decision]]:
    """Return each decision with its meeting, 0 outside of one.

    Where that was not written down, it is the last meeting that began before the decision.
    """
    held = meetings.meetings(store)

    def of(one: decisions.Decision) -> int:
        if one.meeting is not None:
            return one.meeting
        return max((it.key for it in held if it.decisions_before < one.key), default=0)

    return [(of(one), one) for one in decisions.decisions(store)]


def refresh_new(store: Store, key: int) -> None:
    """Put what was decided in a meeting into its minutes, on a page of its own."""
    made = [one for of, one in _by_meeting(store) if of == key]
    usual = next(one for one in agenda(store) if one.key == "new")

    def again(slide: Slide | None) -> Slide | None:
        if slide is None and not made:
            return None
        page = decided.new(store, made)
        if slide is None:
            return replace(page, minutes=usual.minutes, spoken=t(f"meeting.hint_{page.key}"))
        return replace(page, minutes=slide.minutes, spoken=slide.spoken)

    _rewrite(store, key, "new", again)


def _rewrite(
    store: Store, key: int, slide: str, change: Callable[[Slide | None], Slide | None]
) -> None:
    """Change one page of a meeting in every language; all others stay as they were frozen."""
    text = meetings.snapshot(store, key)
    if text is None:
        return
    spoken, made = i18n.current(), []
    try:
        for lang, one in minutes.from_json(text).items():
            i18n.use(lang)
            page = change(next((page for page in one.slides if page.key == slide), None))
            made.append(one if page is None else one.with_slide(page))
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
