"""Meetings as they were held: the frozen figures of each; and the agenda of the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from opsdata.store import Session, Store
from opsdata.team import settings

_AGENDA = "meeting_agenda"
_TWICE = timedelta(minutes=1)
"""Who starts again so soon, with nothing changed meanwhile, means the meeting that has begun."""


@dataclass(frozen=True)
class Item:
    """One point of the agenda: whether it is on, and for how many minutes."""

    key: str
    on: bool
    minutes: int


@dataclass(frozen=True)
class Meeting:
    """A meeting that was started."""

    key: int
    started: datetime
    version: int
    """The version of the data that its numbers are of."""
    decisions_before: int
    """The last decision that was made before it."""
    ended: datetime | None = None


def agenda(store: Store, usual: Sequence[Item]) -> tuple[Item, ...]:
    """Return the agenda as the team left it; points that it does not know yet come as usual."""
    known = {one.key: one for one in usual}
    kept = settings.setting(store, _AGENDA) or ""
    found = []
    for line in kept.splitlines():
        key, on, minutes = line.split()
        if known.pop(key, None):
            found.append(Item(key, on == "on", int(minutes)))
    return (*found, *known.values())


def keep_agenda(store: Store, items: Sequence[Item]) -> None:
    """Keep the order of the points, which are on, and their minutes."""
    lines = (f"{one.key} {'on' if one.on else 'off'} {one.minutes}" for one in items)
    settings.choose(store, _AGENDA, "\n".join(lines))


def start(store: Store, started: datetime, version: int, snapshot: str, reviews: str) -> int:
    """Keep a new meeting with all that it shows, and return its key.

    Started twice, as by a double click, it is the one that has just begun.
    """
    with store.writing() as session:
        if begun := _begun(session, started, version):
            return begun
        key = session.new_key("meeting", "meeting_id")
        last = int(session.one("select coalesce(max(decision_id), 0) from decision"))
        session.do(
            "insert into meeting by name select $key as meeting_id, $started as started, "
            "$version as version, $snapshot as snapshot, $reviews as reviews, "
            "$last as decisions_before",
            {
                "key": key, "started": started, "version": version,
                "snapshot": snapshot, "reviews": reviews, "last": last,
            },
        )  # fmt: skip
    return key


def begun(store: Store, now: datetime) -> int | None:
    """Return the meeting that somebody has just started, None when there is none."""
    with store.session() as session:
        return _begun(session, now, store.version)


def _begun(session: Session, now: datetime, version: int) -> int | None:
    """Return the open meeting of this version; starting it made one version more."""
    key: int | None = session.one(
        "select max(meeting_id) from meeting where ended is null "
        "and version between $version - 1 and $version and started between $since and $now",
        {"version": version, "since": now - _TWICE, "now": now},
    )
    return key


def meetings(store: Store) -> tuple[Meeting, ...]:
    """Return all meetings, the newest first."""
    rows = store.rows(
        "select meeting_id, started, version, decisions_before, ended from meeting "
        "order by started desc, meeting_id desc"
    )
    return tuple(Meeting(*row) for row in rows)


def snapshot(store: Store, key: int) -> str | None:
    """Return what a meeting shows, None when there is none of that key."""
    text: str | None = store.one(
        "select snapshot from meeting where meeting_id = $key", {"key": key}
    )
    return text


def reviews(store: Store, key: int) -> str:
    """Return what the reviews of a meeting found, as they were stored."""
    text: str | None = store.one(
        "select reviews from meeting where meeting_id = $key", {"key": key}
    )
    return text or "[]"


def keep_snapshot(store: Store, key: int, text: str) -> None:
    """Keep what a meeting shows, with what was decided or said in it."""
    with store.writing() as session:
        session.do(
            "update meeting set snapshot = $text where meeting_id = $key",
            {"key": key, "text": text},
        )


def end(store: Store, key: int, ended: datetime) -> None:
    """Keep when a meeting ended; one that had ended already stays as it was."""
    with store.writing() as session:
        session.do(
            "update meeting set ended = $ended where meeting_id = $key and ended is null",
            {"key": key, "ended": ended},
        )
