"""The layouts that people have mapped before, so that the next such file goes in by itself."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from opsdata.intake import clock
from opsdata.intake.mapping import Mapping, from_json
from opsdata.store import Store


@dataclass(frozen=True)
class Layout:
    """One remembered mapping, with the number it is known by."""

    number: int
    mapping: Mapping
    made: datetime


def layouts(store: Store) -> list[Layout]:
    """Return all remembered mappings, the newest first.

    One that this version does not understand is left alone, for the version that wrote it.
    """
    rows = store.rows("select layout_id, mapping, made from layout order by layout_id desc")
    found = []
    for number, text, made in rows:
        with suppress(ValueError):
            found.append(Layout(number, from_json(json.loads(text)), made))
    return found


def known(store: Store) -> tuple[Mapping, ...]:
    """Return the remembered mappings, the newest first."""
    return tuple(layout.mapping for layout in layouts(store))


def remember(store: Store, mapping: Mapping) -> None:
    """Keep a mapping for the next table of its layout, in the place of an older one."""
    values = {
        "signature": json.dumps(mapping.signature, ensure_ascii=False),
        "mapping": json.dumps(mapping.as_json(), ensure_ascii=False),
        "made": clock.now(),
    }
    with store.writing() as session:
        session.do("delete from layout where signature = $signature", values)
        session.do(
            "insert into layout values ($key, $signature, $mapping, $made)",
            {**values, "key": session.new_key("layout", "layout_id")},
        )


def forget(store: Store, number: int) -> None:
    """Remove a remembered mapping; what was imported with it stays."""
    with store.writing() as session:
        session.do("delete from layout where layout_id = $number", {"number": number})
