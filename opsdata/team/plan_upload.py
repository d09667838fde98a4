"""Tables of planned works that were brought in, each with what it did and the way back."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from opsdata.errors import Refused
from opsdata.store import Session, Store
from opsdata.team.plan import Item, forget, plan, write
from opsdata.team.plan_rows import (
    Fields,
    change,
    changes,
    keep,
    last_said,
    meant,
    said,
    take_back,
)


@dataclass(frozen=True)
class Upload:
    """What one table of planned works did."""

    file: str
    made: datetime
    new: int = 0
    same: int = 0
    """Rows that the plan had already, as they are."""
    rejected: tuple[tuple[int, str, str], ...] = ()
    """Rows that were not taken: line, reason, and what stood there."""
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    undone: bool = False
    key: int = 0
    changed: int = 0
    """Rows that changed a planned work which was there."""

    @property
    def rows(self) -> int:
        """How many rows the table had."""
        return self.new + self.changed + self.same + len(self.rejected)


def uploads(store: Store) -> tuple[Upload, ...]:
    """Return all tables that were brought in, the newest first."""
    rows = store.rows(
        "select file, made, new, same, rejected, unknown, missing, undone, upload_id, "
        "coalesce(changed, 0) "
        "from plan_upload order by upload_id desc"
    )
    return tuple(_made(*row) for row in rows)


def _made(*row: Any) -> Upload:
    file, made, new, same, rejected, unknown, missing, undone, key, changed = row
    told = tuple((line, why, value) for line, why, value in json.loads(rejected))
    names = tuple(json.loads(unknown)), tuple(json.loads(missing))
    return Upload(file, made, new, same, told, *names, undone, key, changed)


@dataclass(frozen=True)
class _Found:
    """What a table brings: works that are new, and for the others what it says and changes."""

    new: list[Item]
    known: list[tuple[Item, Fields, Fields]]

    def counted(self, told: Upload, rows: int) -> Upload:
        """Return what is told of it, with its counts."""
        changed = sum(bool(fields) for _, _, fields in self.known)
        same = rows - len(self.new) - changed
        return replace(told, new=len(self.new), changed=changed, same=same)


def _find(
    session: Session, known: Sequence[Item], items: Sequence[Item], told: Upload,
    unstaged: Collection[Item],
) -> _Found:  # fmt: skip
    rows = list(dict.fromkeys(items))
    works = meant(rows, known, told.made)
    last = last_said(session)
    found = []
    for row, work in works.items():
        fields = said(row, unstaged)
        found.append((work, fields, changes(work, fields, last.get(work.key, {}))))
    return _Found([row for row in rows if row not in works], found)


def look(
    store: Store, items: Sequence[Item], told: Upload, unstaged: Collection[Item] = ()
) -> Upload:
    """Return what a table would do; nothing is written."""
    known = plan(store)
    with store.session() as session:
        return _find(session, known, items, told, unstaged).counted(told, len(items))


def take(
    store: Store, items: Sequence[Item], told: Upload, unstaged: Collection[Item] = ()
) -> Upload:
    """Put the rows of a table into the plan and change the works it has; return what that did.

    The stage of ``unstaged`` rows is not what anybody wrote, so it changes nothing.
    """
    known = plan(store)
    with store.writing() as session:
        key = session.new_key("plan_upload", "upload_id")
        found = _find(session, known, items, told, unstaged)
        for row in found.new:
            made = write(session, replace(row, upload=key))
            keep(session, key, made, said(row, unstaged))
        for work, fields, changed in found.known:
            change(session, key, work, fields, changed)
        done = replace(found.counted(told, len(items)), key=key)
        _keep(session, done)
    return done


def undo(store: Store, key: int) -> int:
    """Take back what a table put into the plan, whatever became of it; return how many works.

    What it changed in others is as it was before, but for what was changed since.
    """
    known = plan(store)
    mine = [one.key for one in known if one.upload == key]
    if not any(one.key == key and not one.undone for one in uploads(store)):
        raise Refused("no_such_upload")
    with store.writing() as session:
        take_back(session, key, [one for one in known if one.key not in mine])
        forget(session, mine)
        session.do("update plan_upload set undone = true where upload_id = $key", {"key": key})
    return len(mine)


def _keep(session: Session, one: Upload) -> None:
    session.do(
        "insert into plan_upload by name select $key as upload_id, $file as file, $made as made, "
        "$new as new, $same as same, $rejected as rejected, $unknown as unknown, "
        "$missing as missing, false as undone, $changed as changed",
        {
            "key": one.key, "file": one.file, "made": one.made, "new": one.new, "same": one.same,
            "rejected": json.dumps(one.rejected, ensure_ascii=False),
            "unknown": json.dumps(one.unknown, ensure_ascii=False),
            "missing": json.dumps(one.missing, ensure_ascii=False),
            "changed": one.changed,
        },
    )  # fmt: skip
