"""A copy of the database, and the database from a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

from opsdata.errors import Refused
from opsdata.store import Store


def backup(database: Path, target: Path) -> None:
    """Write a complete copy of the database; Busy while another program holds it."""
    store = Store(database)
    store.checkpoint()
    store.close()
    _copy(database, target)


def restore(source: Path, database: Path) -> None:
    """Put a copy in the place of the database, which is kept beside it as ``.before``.

    Refused when the copy cannot be opened; Busy while another program holds the database.
    """
    if not source.is_file():
        raise Refused("no_such_file")
    part = database.with_name(database.name + ".part")
    _copy(source, part)
    try:
        Store(part).close()
    except Exception as error:
        part.unlink(missing_ok=True)
        raise Refused("no_backup") from error
    if database.exists():
        Store(database).close()
        _copy(database, database.with_name(database.name + ".before"))
    part.replace(database)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
