"""Everything one can slice by, one entry each.

A dimension is SQL over the columns that all views share (see ``sql/views.sql``), the
views that know it, and the table to join when a work can have several values at once.
The label is ``dimension.<key>`` in each locale.
"""

from __future__ import annotations

from dataclasses import dataclass

from opsdata.errors import Unanswerable
from opsdata.metrics import Grain

_ALL = frozenset(Grain)
_WORKS = frozenset({Grain.WORK, Grain.GAIN})
_PUBLISHING = frozenset({Grain.WORK})


@dataclass(frozen=True)
class Dimension:
    """One way to slice: its SQL, the views that know it, and what it needs joined."""

    key: str
    sql: str
    grains: frozenset[Grain] = _ALL
    join: str = ""
    """A table with ``video`` and the value; a work stands once under each of its values."""


DIMENSIONS: dict[str, Dimension] = {
    dimension.key: dimension
    for dimension in (
        Dimension("day", "day"),
        Dimension("week", "cast(date_trunc('week', day) as date)"),
        Dimension("month", "strftime(day, '%Y-%m')"),
        Dimension("weekday", "date_diff('day', cast(date_trunc('week', day) as date), day) + 1"),
        Dimension("hour", "hour(published_at)", _PUBLISHING),
        Dimension("account", "account"),
        Dimension("video", "video", _WORKS),
        Dimension("genre", "genre", _WORKS),
        Dimension("length_band", "length_band", _WORKS),
        Dimension("hashtag", "hashtag", _WORKS, join="video_hashtag"),
        Dimension("label", "label", _WORKS, join="video_label"),
    )
}


def dimension(key: str) -> Dimension:
    """Return the dimension of a key; Unanswerable when there is none."""
    if key not in DIMENSIONS:
        raise Unanswerable("unknown_dimension", key=key, known=", ".join(DIMENSIONS))
    return DIMENSIONS[key]
