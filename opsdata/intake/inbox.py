"""The inbox: files that a scheduler drops into a folder are imported by the running app.

A file directly in the inbox waits for a person to say whose it is; one in a folder named
after an account is imported at once. What has ended moves to ``done`` or ``refused``.
"""

from __future__ import annotations

import logging
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

from opsdata.intake.importer import Wish
from opsdata.intake.jobs import JobQueue, State
from opsdata.intake.receipt import Status

_log = logging.getLogger(__name__)

_DONE, _REFUSED = "done", "refused"
_SETTLED_SECONDS = 2.0
"""A file that did not change for so long is complete."""


class Inbox:
    """Watches one folder for one job queue."""

    def __init__(
        self, jobs: JobQueue, folder: Path, then: Callable[[], None] = lambda: None
    ) -> None:
        """Watch a folder; ``then`` is called after files of it were imported."""
        self.jobs = jobs
        self.folder = folder
        self._then = then
        self._taken: dict[Path, int] = {}
        self._stuck: set[Path] = set()
        """Files that were read but could not be moved; they are not read again."""
        self._stop = threading.Event()
        folder.mkdir(parents=True, exist_ok=True)

    def start(self, every: float = 3.0) -> None:
        """Look into the folder every few seconds, in a thread."""

        def watch() -> None:
            while not self._stop.wait(every):
                try:
                    self.look()
                except Exception:  # a file that vanishes or cannot be moved stops nothing
                    _log.exception("looking into the inbox failed")

        threading.Thread(target=watch, daemon=True, name="opsdata-inbox").start()

    def stop(self) -> None:
        """Stop looking."""
        self._stop.set()

    def look(self) -> None:
        """Hand new files to the job queue, put away those that have ended, and go on with them."""
        for path in self._waiting():
            if path not in self._taken and path not in self._stuck:
                account = path.parent.name if path.parent != self.folder else None
                self._taken[path] = self.jobs.take(path, Wish(account), "inbox")
        if self._put_away():
            self._then()

    def _waiting(self) -> list[Path]:
        """Return the complete files that lie in the inbox or in an account's folder."""
        kept = {self.folder / _DONE, self.folder / _REFUSED}
        return [
            path
            for path in sorted(self.folder.glob("*")) + sorted(self.folder.glob("*/*"))
            if path.parent not in kept and not path.name.startswith(".") and _is_complete(path)
        ]

    def _put_away(self) -> bool:
        """Move the files that have ended; return whether any was imported."""
        imported = False
        jobs = {job.number: job for job in self.jobs.all()}
        for path, number in list(self._taken.items()):
            job = jobs.get(number)
            if job is None:  # taken off the list before it was put away: read once more
                del self._taken[path]
                continue
            if not job.has_ended:
                continue
            good = all(r.status in (Status.DONE, Status.SAME) for r in job.receipts)
            ended_well = job.state is State.ENDED and good
            del self._taken[path]
            try:
                _move(path, self.folder / (_DONE if ended_well else _REFUSED))
            except OSError as error:
                self._stuck.add(path)
                _log.warning("%s was read but stays in the inbox: %s", path.name, error)
            imported = imported or ended_well
        return imported


def _is_complete(path: Path) -> bool:
    """Return whether it is a file that nobody writes to; what vanished meanwhile is not."""
    try:
        return path.is_file() and path.stat().st_mtime <= time.time() - _SETTLED_SECONDS
    except OSError:
        return False


def _move(path: Path, folder: Path) -> None:
    """Move a file into a folder without replacing another of its name."""
    if not path.exists():
        return
    folder.mkdir(exist_ok=True)
    target = folder / path.name
    if target.exists():
        target = folder / f"{path.stem}-{int(time.time())}{path.suffix}"
    shutil.move(str(path), str(target))
