"""What a reading is as JSON values, so that one process can hand it to another."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from opsdata.intake import asking
from opsdata.intake.reading import Reading
from opsdata.intake.table import Other

_TIMES = ("first", "last")


def to_json(reading: Reading) -> dict[str, Any]:
    """Return a Reading as JSON values."""
    plain = asdict(reading)
    for key in _TIMES:
        plain[key] = plain[key].isoformat() if plain[key] else None
    plain["stamps"] = {what: stamp.isoformat() for what, stamp in reading.stamps.items()}
    return plain


def from_json(plain: dict[str, Any]) -> Reading:
    """Return the Reading that ``to_json`` wrote."""
    times = {key: datetime.fromisoformat(plain[key]) if plain[key] else None for key in _TIMES}
    names = ("header", "unknown", "fields", "places", "accounts")
    lists = {key: tuple(plain[key]) for key in names}
    stamps = {what: datetime.fromisoformat(stamp) for what, stamp in plain["stamps"].items()}
    others = tuple(Other(**other) for other in plain["others"])
    ask = asking.from_json(plain["ask"]) if plain["ask"] else None
    spare = asking.from_json(plain["spare"]) if plain["spare"] else None
    told = {"stamps": stamps, "others": others, "ask": ask, "spare": spare}
    return Reading(**{**plain, **times, **lists, **told})
