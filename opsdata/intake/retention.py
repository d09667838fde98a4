"""How long the received bytes are kept: they hold what the database must not.

A file whose bytes are gone stays in the ledger, with all it brought.
"""

from __future__ import annotations

import logging
import os
import re
import time
from datetime import date
from pathlib import Path

_log = logging.getLogger(__name__)

DAYS = 90
"""So long by default; ``OPSDATA_KEEP_DAYS`` says otherwise."""

_DAY = 86400
_ARRIVING = 600
"""A file that is still arriving after so many seconds never will."""

_OURS = re.compile(r"[0-9a-f]{64}(\.part)?")


def kept_days() -> int:
    """Return how many days this installation keeps received files."""
    said = os.environ.get("OPSDATA_KEEP_DAYS", "")
    return int(said) if said.isdigit() else DAYS


def purge(archive: Path, days: int, now: float | None = None) -> int:
    """Remove the files that were received more than some days ago; returns how many."""
    now = time.time() if now is None else now
    removed = 0
    for path in archive.glob("*") if archive.is_dir() else ():
        kept = min(_ARRIVING, days * _DAY) if path.suffix else days * _DAY
        if _OURS.fullmatch(path.name) and path.is_file() and path.stat().st_mtime < now - kept:
            path.unlink(missing_ok=True)
            removed += 1
    return removed


class Keeper:
    """Purges one archive, once a day at most, for a program that runs on."""

    def __init__(self, archive: Path) -> None:
        self.archive = archive
        self._tidied: date | None = None

    def tidy(self) -> None:
        """Remove what was kept long enough, if that was not done today."""
        if date.today() == self._tidied:
            return
        self._tidied = date.today()
        try:
            purge(self.archive, kept_days())
        except OSError:
            _log.exception("old files stay in the archive")
