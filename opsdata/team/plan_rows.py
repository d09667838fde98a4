"""Which planned work a row of a table means, what it changes there, and how that is taken back.

What a table said of a work is kept. So the same table again changes nothing, though the work
was moved on meanwhile, and a table that is taken back gives back what stood there before.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from opsdata.store import Session
from opsdata.team.plan import Item, plain, write

Fields = Mapping[str, str]
"""What is written of a work, by column; empty where nothing is."""

_COLUMNS = ("slot", "stage", "proposer", "owner", "note")
_TAKEN = "select upload_id from plan_upload where not undone"


def meant(rows: Iterable[Item], known: Sequence[Item], now: datetime) -> dict[Item, Item]:
    """Return which planned work each row means, of those that mean one.

    It has the same title, time and account; else it is the only work of that title and account
    that is still to come, where the table has but one such row.
    """
    exact = {_same(one): one for one in known}
    found = {row: exact[_same(row)] for row in rows if _same(row) in exact}
    taken = {one.key for one in found.values()}
    free = _by_name(one for one in known if one.key not in taken and _is_to_come(one, now))
    for name, mine in _by_name(row for row in rows if row not in found).items():
        if len(mine) == len(free[name]) == 1:
            found[mine[0]] = free[name][0]
    return found


def _same(one: Item) -> tuple[object, ...]:
    return plain(one.title), one.slot, one.account


def _by_name(items: Iterable[Item]) -> dict[tuple[str, str], list[Item]]:
    found: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for one in items:
        found[plain(one.title), one.account].append(one)
    return found


def _is_out(one: Item) -> bool:
    return one.stage == "done" or bool(one.video)


def _is_to_come(one: Item, now: datetime) -> bool:
    return not _is_out(one) and (one.slot is None or one.slot >= now)


def said(row: Item, unstaged: Collection[Item] = ()) -> Fields:
    """Return what a row says; an empty cell says nothing, nor does a stage nobody wrote."""
    written = {name: value for name, value in _facts(row).items() if value}
    if row in unstaged:
        del written["stage"]
    return written


def _facts(one: Item) -> Fields:
    """Return what the columns of a planned work hold, as text."""
    texts = {name: str(getattr(one, name)).strip() for name in _COLUMNS if name != "slot"}
    return {"slot": one.slot.isoformat() if one.slot else "", **texts}


def changes(one: Item, told: Fields, last: Fields) -> Fields:
    """Return what a row changes in a planned work that is not out yet.

    What the last table said already was changed by people since, so it stays as they left it.
    """
    if _is_out(one):
        return {}
    stands = _facts(one)
    return {
        name: value
        for name, value in told.items()
        if value != stands[name] and value != last.get(name)
    }


def last_said(session: Session) -> dict[int, Fields]:
    """Return what tables said last of each planned work, by its key."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for key, text in session.rows(
        f"select plan_id, said from plan_row where upload_id in ({_TAKEN}) order by upload_id"
    ):
        found[key] |= json.loads(text)
    return dict(found)


def change(session: Session, upload: int, one: Item, told: Fields, changed: Fields) -> None:
    """Write into a planned work what a row changes, and keep what stood there."""
    if changed:
        write(session, _with(one, changed))
    keep(session, upload, one.key, told, {name: _facts(one)[name] for name in changed})


def _with(one: Item, fields: Fields) -> Item:
    values: dict[str, Any] = dict(fields)
    if "slot" in values:
        values["slot"] = datetime.fromisoformat(fields["slot"]) if fields["slot"] else None
    return replace(one, **values)


def keep(
    session: Session, upload: int, key: int, told: Fields, before: Fields | None = None
) -> None:
    """Keep what a row said of a planned work, and what stood there before it."""
    texts = (json.dumps(fields or {}, ensure_ascii=False) for fields in (told, before))
    session.do(
        "insert into plan_row values ($upload, $key, $said, $before)",
        {"upload": upload, "key": key, **dict(zip(("said", "before"), texts, strict=True))},
    )


def take_back(session: Session, upload: int, known: Sequence[Item]) -> None:
    """Give planned works back what a table changed in them, but for what was changed since."""
    by_key = {one.key: one for one in known}
    for key, told, before in session.rows(
        "select plan_id, said, before from plan_row where upload_id = $upload", {"upload": upload}
    ):
        wanted, stood = json.loads(told), json.loads(before)
        left = _hand_on(session, upload, key, stood)
        one = by_key.get(key)
        if one is None:
            continue
        stands = _facts(one)
        fields = {name: value for name, value in left.items() if stands[name] == wanted[name]}
        if fields:
            write(session, _with(one, fields))


def _hand_on(session: Session, upload: int, key: int, stood: Fields) -> Fields:
    """Let the next table that changed a column know what stood there; return all other columns."""
    left = dict(stood)
    for later, text in session.rows(
        f"select upload_id, before from plan_row where upload_id in ({_TAKEN}) "
        "and upload_id > $upload and plan_id = $key order by upload_id",
        {"upload": upload, "key": key},
    ):
        before = json.loads(text)
        handed = {name: left.pop(name) for name in before if name in left}
        session.do(
            "update plan_row set before = $before where upload_id = $later and plan_id = $key",
            {"before": json.dumps(before | handed, ensure_ascii=False), "later": later, "key": key},
        )
    return left
