"""Tables of planned works that were brought in, each with what it did and the way back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from opsdata.errors import Refused
from opsdata.store import Session, Store
from opsdata.team.plan import Item, forget, plain, plan, write


@dataclass(frozen=True)
class Upload:
    """What one table of planned works did."""

    file: str
    made: datetime
    new: int = 0
    same: int = 0
    """Rows that the plan had already, by title and time."""
    rejected: tuple[tuple[int, str, str], ...] = ()
    """Rows that were not taken: line, reason, and what stood there."""
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    undone: bool = False
    key: int = 0

    @property
    def rows(self) -> int:
        """How many rows the table had."""
        return self.new + self.same + len(self.rejected)


def uploads(store: Store) -> tuple[Upload, ...]:
    """Return all tables that were brought in, the newest first."""
    rows = store.rows(
        "select file, made, new, same, rejected, unknown, missing, undone, upload_id "
        "from plan_upload order by upload_id desc"
    )
    return tuple(_made(*row) for row in rows)


def _made(*row: Any) -> Upload:
    file, made, new, same, rejected, unknown, missing, undone, key = row
    told = tuple((line, why, value) for line, why, value in json.loads(rejected))
    names = tuple(json.loads(unknown)), tuple(json.loads(missing))
    return Upload(file, made, new, same, told, *names, undone, key)


def fresh(store: Store, items: Sequence[Item]) -> list[Item]:
    """Return the rows of a table that the plan does not have yet, by title, time and account."""
    known = {_same(one) for one in plan(store)}
    return [one for one in dict.fromkeys(items) if _same(one) not in known]


def take(store: Store, items: Sequence[Item], told: Upload) -> Upload:
    """Put the rows of a table into the plan, but for those it has; return what that did."""
    new = fresh(store, items)
    with store.writing() as session:
        key = session.new_key("plan_upload", "upload_id")
        for one in new:
            write(session, replace(one, upload=key))
        done = replace(told, new=len(new), same=len(items) - len(new), key=key)
        _keep(session, done)
    return done


def undo(store: Store, key: int) -> int:
    """Take back what a table put into the plan, whatever became of it; return how many works."""
    mine = [one.key for one in plan(store) if one.upload == key]
    if not any(one.key == key and not one.undone for one in uploads(store)):
        raise Refused("no_such_upload")
    with store.writing() as session:
        forget(session, mine)
        session.do("update plan_upload set undone = true where upload_id = $key", {"key": key})
    return len(mine)


def _same(one: Item) -> tuple[object, ...]:
    return plain(one.title), one.slot, one.account


def _keep(session: Session, one: Upload) -> None:
    session.do(
        "insert into plan_upload values ($key, $file, $made, $new, $same, $rejected, $unknown, "
        "$missing, false)",
        {
            "key": one.key, "file": one.file, "made": one.made, "new": one.new, "same": one.same,
            "rejected": json.dumps(one.rejected, ensure_ascii=False),
            "unknown": json.dumps(one.unknown, ensure_ascii=False),
            "missing": json.dumps(one.missing, ensure_ascii=False),
        },
    )  # fmt: skip
