"""A plan as a calendar file that phones and mail programs open (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

ICS_TYPE = "text/calendar"
_ZONE = "Asia/Shanghai"
_MOST_OCTETS = 75


@dataclass(frozen=True)
class Event:
    """One appointment, in Beijing wall time."""

    uid: str
    """Stays the same when the plan is made again, so that it is moved and not doubled."""
    start: datetime
    summary: str
    description: str = ""
    minutes: int = 30


def to_ics(name: str, events: Iterable[Event], made: datetime) -> bytes:
    """Return a calendar of a name; ``made`` is when, in Coordinated Universal Time."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//opsdata//publishing plan//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        f"X-WR-TIMEZONE:{_ZONE}",
        "BEGIN:VTIMEZONE",
        f"TZID:{_ZONE}",
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "TZNAME:CST",
        "END:STANDARD",
        "END:VTIMEZONE",
    ]
    for event in events:
        lines += _event(event, made)
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in folded(line)).encode()


def _event(event: Event, made: datetime) -> list[str]:
    end = event.start + timedelta(minutes=event.minutes)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(event.uid)}",
        f"DTSTAMP:{made:%Y%m%dT%H%M%S}Z",
        f"DTSTART;TZID={_ZONE}:{event.start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={_ZONE}:{end:%Y%m%dT%H%M%S}",
        f"SUMMARY:{escaped(event.summary)}",
    ]
    if event.description:
        lines.append(f"DESCRIPTION:{escaped(event.description)}")
    return [*lines, "TRANSP:TRANSPARENT", "END:VEVENT"]


def escaped(text: str) -> str:
    r"""Return text as a calendar writes it.

    >>> print(escaped("a, b; c\\d\ne"))
    a\, b\; c\\d\ne
    """
    plain = "\n".join(text.splitlines())
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, never cut inside a character.

    >>> [len(piece.encode()) for piece in folded("汉" * 30)]
    [75, 16]
    """
    piece, room = "", _MOST_OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            yield piece
            piece, room = " ", _MOST_OCTETS - 1
        piece += character
        room -= size
    yield piece
