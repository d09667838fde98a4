"""The time an import reckons with: Beijing's, wherever the machine and its clock are set.

Exports are written in Beijing time. A server that runs on another clock would otherwise
date one file hours before another of the same minute, and take the newer for the older.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))
_AHEAD = timedelta(days=1)
"""A clock may run a little fast, and a day's export be named after the next day."""


def now() -> datetime:
    """Return the present moment, to the second."""
    return wall(datetime.now(UTC))


def of_seconds(since_1970: float) -> datetime:
    """Return a moment that a file system tells.

    >>> of_seconds(1777900000)
    datetime.datetime(2026, 5, 4, 21, 6, 40)
    """
    return wall(datetime.fromtimestamp(since_1970, UTC))


def wall(moment: datetime) -> datetime:
    """Return a moment that names its zone as what the clocks in Beijing show.

    >>> wall(datetime(2026, 5, 4, 18, 30, tzinfo=UTC))
    datetime.datetime(2026, 5, 5, 2, 30)
    """
    return moment.astimezone(BEIJING).replace(tzinfo=None, microsecond=0)


def may_be_past(moment: datetime, at: datetime | None = None) -> bool:
    """Whether something can have happened then, as far as clocks can be trusted."""
    return moment <= (at or now()) + _AHEAD
