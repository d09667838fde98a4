"""What each import changed of one work: old and new value, with file and line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from opsdata.metrics import METRICS
from opsdata.store import Store

_COLUMNS = ("published_at", "platform_id", "title", "genre", "status", "duration_seconds")
FIELDS = (
    *_COLUMNS, "views", "likes", "comments", "shares", "favorites", "profile_visits",
    "follower_gain", "completion_rate", "completion_5s", "bounce_2s", "cover_ctr",
    "avg_watch_seconds",
)  # fmt: skip
"""Everything an export can say of a work, in the order it is shown."""


@dataclass(frozen=True)
class Change:
    """One field of a work that an import changed; what was unknown before has no old value."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Touch:
    """One import that a work stands in, and what it changed against the export before."""

    batch: int
    file: str
    part: str | None
    line: int
    captured_at: datetime
    imported_at: datetime
    who: str
    first: bool
    changes: tuple[Change, ...]


def touches(store: Store, video: str) -> list[Touch]:
    """Return every import of a work in the order of the exports, the oldest first.

    A cell that says nothing changes nothing: an old value stays until another is told.
    """
    rows = store.frame(
        f"select {', '.join(f's.{name}' for name in FIELDS)}, s.batch_id, s.line, s.captured_at, "
        "s.to_second, b.file, b.part, b.imported_at, b.who from video_snapshot as s "
        "inner join batch as b on b.batch_id = s.batch_id "
        "where s.video = $video order by s.captured_at, s.batch_id",
        {"video": video},
    )
    known: dict[str, Any] = {}
    found: list[Touch] = []
    for row in rows.to_dict("records"):
        told = {name: _plain(name, row[name]) for name in FIELDS if not pd.isna(row[name])}
        if known.get("published_at") and not row["to_second"]:
            told.pop("published_at")  # a time to the minute never replaces one to the second
        changes = tuple(
            Change(name, known.get(name), value)
            for name, value in told.items()
            if known.get(name) != value
        )
        known |= told
        found.append(_touch(row, not found, changes))
    return found


def _plain(name: str, value: Any) -> Any:
    if name in METRICS or name == "duration_seconds":
        return float(value)
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value


def _touch(row: dict[str, Any], first: bool, changes: tuple[Change, ...]) -> Touch:
    return Touch(
        batch=int(row["batch_id"]),
        file=str(row["file"]),
        part=row["part"] if isinstance(row["part"], str) else None,
        line=int(row["line"]),
        captured_at=row["captured_at"].to_pydatetime(),
        imported_at=row["imported_at"].to_pydatetime(),
        who=str(row["who"]),
        first=first,
        changes=changes,
    )
