"""A copy of the database, and the database from a copy."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from opsdata.errors import Damaged, Refused
from opsdata.store import Store


def backup(store: Store, target: Path) -> None:
    """Write a complete copy of an open database."""
    if store.path is None:
        raise Refused("no_such_file")
    with store.still():
        _copy_elsewhere(store.path, target)


def restore(source: Path, database: Path) -> None:
    """Put a copy in the place of the database, which is kept beside it as ``.before``.

    Refused when the copy cannot be opened; Busy while another program holds the database. The
    database in its place may be damaged: it is kept as it is.
    """
    if not source.is_file():
        raise Refused("no_such_file")
    part = database.with_name(database.name + ".part")
    try:
        _copy(source, part)
        _open(part)
        if database.exists():
            _set_aside(database)
        part.replace(database)
    finally:
        part.unlink(missing_ok=True)


def _open(copy: Path) -> None:
    """Open a copy once; Refused when that is not a database."""
    try:
        Store(copy).close()
    except Damaged as error:
        raise Refused("no_backup") from error


def _set_aside(database: Path) -> None:
    """Keep a database as ``.before``, with the log of what it has not taken in yet."""
    before = database.with_name(database.name + ".before")
    log = Path(f"{database}.wal")
    with suppress(Damaged):
        Store(database).close()
    _copy(database, before)
    if log.exists():
        log.replace(f"{before}.wal")


def _copy_elsewhere(source: Path, target: Path) -> None:
    """Copy a file in a process of its own.

    A process that opens and closes a file loses every lock it has on it, so the one that
    holds the database must not touch its file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    copy = "import shutil, sys; shutil.copyfile(sys.argv[1], sys.argv[2])"
    done = subprocess.run(  # noqa: S603 (our own interpreter, paths as arguments)
        [sys.executable, "-c", copy, str(source), str(target)], check=False
    )
    if done.returncode:
        raise Refused("no_copy", path=str(target))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
