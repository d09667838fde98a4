"""What the team noted on the days and works that a page of the meeting shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from opsdata import i18n
from opsdata.format import noted, short_title
from opsdata.i18n import t
from opsdata.store import Store
from opsdata.team import notes
from opsdata.team.notes import Note

_MOST, _LETTERS = 3, 60
"""A page has room for so many notes, the latest, each so long."""


@dataclass(frozen=True)
class Lines:
    """Notes as lines: the latest, for a page, with how many there are before; and those."""

    shown: tuple[str, ...]
    earlier: tuple[str, ...]


def on_days(store: Store, since: date | None, until: date | None) -> Lines:
    """Return the notes on some days, each with its day."""
    return _lines(notes.within(store, since, until))


def on_works(store: Store, videos: Collection[str]) -> Lines:
    """Return the notes on some works."""
    return _lines(one for one in notes.notes(store) if one.video in videos)


def _lines(found: Iterable[Note]) -> Lines:
    lines = tuple(
        t("meeting.noted", day=i18n.day(one.day), text=short_title(noted(one), _LETTERS))
        for one in found
    )
    earlier = lines[:-_MOST]
    more = (t("meeting.more_noted", n=len(earlier)),) if earlier else ()
    return Lines((*lines[-_MOST:], *more), earlier)
