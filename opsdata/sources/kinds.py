"""What cells can hold, and which facts the rows of an export become."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What the cells of a column hold, so how their text is read."""

    TEXT = "text"
    TIME = "time"
    DAY = "day"
    PERIOD = "period"
    """A day, or two with all between them: 2026-04-23 ~ 2026-07-22."""
    COUNT = "count"
    NUMBER = "number"
    """Any number, also of money."""
    SHARE = "share"
    POINTS = "points"
    """A share in hundredths: 1.68 means 1.68 %; only the header says so."""
    SECONDS = "seconds"
    ID = "id"
    LINK_ID = "link_id"
    """The digits at the end of a link."""
    EPOCH = "epoch"
    """A moment as seconds or milliseconds since 1970, shown as Beijing time."""
    US_TIME = "us_time"
    """A time whose day and month stand as in the United States: 03/27/2026 06:08."""


NUMBERS = frozenset({Kind.COUNT, Kind.NUMBER, Kind.SHARE, Kind.POINTS, Kind.SECONDS})
"""The kinds whose cells are numbers, or ranges of them."""


class Target(StrEnum):
    """Which facts the rows of an export become."""

    WORKS = "works"
    DAYS = "days"
    COMMENTS = "comments"
    SURVEYS = "surveys"
    AUDIENCE = "audience"
    REPORTS = "reports"
    """Single numbers that stand beside works and days and never count among them."""


PEOPLE = frozenset({Target.COMMENTS, Target.SURVEYS})
"""What people said: their rows hold personal data, which must never be stored."""
