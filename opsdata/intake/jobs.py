"""What the running app is asked to take in: jobs, one after the other, in one thread.

No page ever writes. It hands over bytes and wishes, and looks at jobs; the thread reads,
previews, imports and undoes. A closed tab changes nothing. Files that a scheduler puts
into the inbox come the same way.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from opsdata.errors import OpsdataError
from opsdata.intake import guess
from opsdata.intake.accounts import merge
from opsdata.intake.check import preview
from opsdata.intake.comment_readings import bring_up_to_date
from opsdata.intake.importer import Importer, Parcel, Wish
from opsdata.intake.job import BUSY_STATES, Job, State
from opsdata.intake.layouts import forget, remember
from opsdata.intake.limits import BROWSER, Limits
from opsdata.intake.mapping import Mapping
from opsdata.intake.reading import Reading
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.retention import Keeper
from opsdata.intake.undo import undo
from opsdata.store import Store
from opsdata.workspace import Workspace

__all__ = ["BUSY_STATES", "Job", "JobQueue", "State"]

_log = logging.getLogger(__name__)

_LOOKS_SECONDS = 600
"""How often an idle thread looks whether a new day has begun."""

_KEPT = 200
"""So many finished jobs stay listed."""


class JobQueue:
    """Takes files for one database; all methods return at once."""

    def __init__(self, store: Store, space: Workspace, limits: Limits = BROWSER) -> None:
        self.store = store
        self.space = space
        self._importer = Importer(store, space.archive, limits)
        self._jobs: dict[int, Job] = {}
        self._numbers = itertools.count(1)
        self._keeper = Keeper(space.archive)
        self._changed = threading.Condition()
        self._tasks: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, daemon=True, name="opsdata-jobs")
        self._thread.start()
        self._tasks.put(lambda: bring_up_to_date(store))

    def close(self) -> None:
        """Finish what is being done and stop."""
        self._tasks.put(None)
        self._thread.join()
        self._importer.close()

    def all(self) -> list[Job]:
        """Return all jobs, the newest first."""
        with self._changed:
            return sorted(self._jobs.values(), key=lambda job: job.number, reverse=True)

    def busy(self) -> bool:
        """Whether anything is being done or waits to be."""
        return any(job.state in BUSY_STATES for job in self.all())

    def wait(self, timeout: float = 60) -> list[Job]:
        """Return the jobs once nothing is being done any more."""
        with self._changed:
            self._changed.wait_for(
                lambda: not any(job.state in BUSY_STATES for job in self._jobs.values()), timeout
            )
        return self.all()

    def submit(self, name: str, data: bytes, who: str) -> int:
        """Take the bytes of a file; it will be read and previewed. Returns the job's number."""
        number = self._new(name, who)

        def read() -> None:
            path = self._importer.folder(f"upload{number}") / "file"
            path.write_bytes(data)
            self._read(number, path, dated=False)
            path.unlink()

        self._tasks.put(read)
        return number

    def take(self, path: Path, wish: Wish, who: str) -> int:
        """Take a file that lies on disk; without open questions it is imported at once."""
        number = self._new(path.name, who)

        def read() -> None:
            self._set(number, wish=wish)
            self._read(number, path, dated=True)
            job = self._jobs[number]
            if job.open and (wish.account is not None or not job.needs_owner):
                self._write(number)

        self._tasks.put(read)
        return number

    def confirm(self, numbers: Sequence[int], wish: Wish) -> None:
        """Import previewed files with these answers."""
        for number in self._open(numbers):
            self._set(number, state=State.WRITING, wish=wish)
            self._tasks.put(lambda number=number: self._write(number))  # type: ignore[misc]

    def ask(self, numbers: Sequence[int], wish: Wish) -> None:
        """Preview files again with other answers."""
        for number in self._open(numbers):
            self._set(number, wish=wish)
            self._tasks.put(lambda number=number: self._preview(number))  # type: ignore[misc]

    def map(self, numbers: Sequence[int], mapping: Mapping, remember: bool = True) -> None:
        """Read waiting files again with what a person said of their columns."""
        for number in self._waiting(numbers, State.MAPPING):
            mappings = (mapping, *self._jobs[number].mappings)
            self._set(number, state=State.WAITING, mappings=mappings, remembers=remember)
            self._tasks.put(lambda number=number: self._read_again(number))  # type: ignore[misc]

    def forget_layout(self, layout: int) -> None:
        """Remove a remembered mapping."""
        self._tasks.put(lambda: forget(self.store, layout))

    def cancel(self, numbers: Sequence[int]) -> None:
        """Drop files that wait for a person; nothing of them was imported."""
        for number in self._waiting(numbers, State.REVIEW, State.MAPPING):
            self._forget(number)
            self._set(number, state=State.CANCELLED)

    def undo(self, batch: int, who: str) -> int:
        """Take an import back. Returns the job's number."""
        number = self._new(str(batch), who)

        def back() -> None:
            self._set(number, state=State.WRITING)
            receipt = undo(self.store, batch)
            self._set(number, state=State.ENDED, receipts=(receipt,))

        self._tasks.put(lambda: self._guarded(number, back))
        return number

    def merge(self, old: str, new: str, who: str) -> int:
        """Give everything of one account to another name. Returns the job's number."""
        number = self._new(_plain(old), who)

        def both() -> None:
            self._set(number, state=State.WRITING)
            made = merge(self.store, old, new)
            reason = "merged" if made.was_there else "renamed"
            told = {"old": _plain(old), "new": made.account.name, "works": made.account.works}
            receipt = Receipt(_plain(old), Status.DONE, reason=reason, values=told)
            self._set(number, state=State.ENDED, receipts=(receipt,))

        self._tasks.put(lambda: self._guarded(number, both))
        return number

    def dismiss(self) -> None:
        """Take ended jobs off the list; the ledger keeps what they did."""
        with self._changed:
            self._jobs = {
                n: job for n, job in self._jobs.items() if job.state in BUSY_STATES or job.waits
            }

    def _open(self, numbers: Sequence[int]) -> list[int]:
        return self._waiting(numbers, State.REVIEW)

    def _waiting(self, numbers: Sequence[int], *states: State) -> list[int]:
        with self._changed:
            return [n for n in numbers if n in self._jobs and self._jobs[n].state in states]

    def _new(self, name: str, who: str) -> int:
        with self._changed:
            number = next(self._numbers)
            self._jobs[number] = Job(number, name, who)
            ended = [n for n, job in self._jobs.items() if job.state not in BUSY_STATES]
            for old in ended[: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[old]
        return number

    def _set(self, number: int, **changes: object) -> None:
        with self._changed:
            if number in self._jobs:
                self._jobs[number] = replace(self._jobs[number], **changes)  # type: ignore[arg-type]
            self._changed.notify_all()

    def _work(self) -> None:
        while True:
            self._keeper.tidy()
            try:
                task = self._tasks.get(timeout=_LOOKS_SECONDS)
            except queue.Empty:
                continue
            if task is None:
                return
            try:
                task()
            except Exception:
                _log.exception("a job failed")

    def _guarded(self, number: int, task: Callable[[], None]) -> None:
        """Run a step of a job; whatever goes wrong ends the job, with a reason."""
        try:
            task()
        except OpsdataError as error:
            refused = Receipt(
                self._jobs[number].name, Status.REFUSED, reason=error.code, values=error.values
            )
            self._set(number, state=State.ENDED, receipts=(refused,))
        except Exception:
            _log.exception("job %s (%s) failed", number, self._jobs[number].name)
            self._set(number, state=State.FAILED)

    def _read(self, number: int, path: Path, dated: bool) -> None:
        def read() -> None:
            self._set(number, state=State.READING)
            self._understand(number, self._importer.receive(path, self._jobs[number].name, dated))

        self._guarded(number, read)

    def _read_again(self, number: int) -> None:
        def read() -> None:
            self._set(number, state=State.READING)
            job = self._jobs[number]
            assert job.parcel is not None
            self._understand(number, self._importer.again(job.parcel, job.mappings))

        self._guarded(number, read)

    def _understand(self, number: int, parcel: Parcel) -> None:
        """Take what was read: guess whose it is, and preview it."""
        owners: tuple[guess.Owner, ...] = ()
        for reading in parcel.readings:
            if not reading.refused and reading.account is None and not owners:
                owners = tuple(guess.owners(self.store, reading))
        self._set(number, parcel=parcel, owners=owners)
        wish = self._jobs[number].wish
        if wish.account is None and owners:
            self._set(number, wish=replace(wish, account=owners[0].account))
        self._preview_now(number)

    def _preview(self, number: int) -> None:
        if self._jobs[number].open and not self._jobs[number].settled:
            self._guarded(number, lambda: self._preview_now(number))

    def _preview_now(self, number: int) -> None:
        job = self._jobs[number]
        assert job.parcel is not None
        receipts = tuple(self._previewed(job, reading) for reading in job.parcel.readings)
        if all(receipt.status is Status.REFUSED for receipt in receipts):
            self._forget(number)
            self._set(number, state=State.ENDED, receipts=receipts)
        else:
            state = State.MAPPING if job.parcel.asks else State.REVIEW
            self._set(number, state=state, receipts=receipts, checked=job.wish)

    def _previewed(self, job: Job, reading: Reading) -> Receipt:
        assert job.parcel is not None
        if reading.refused or reading.ask:
            return preview(self.store, reading, None)
        return preview(self.store, reading, job.wish.answers(reading, job.parcel.file_time))

    def _write(self, number: int) -> None:
        def write() -> None:
            self._set(number, state=State.WRITING)
            job = self._jobs[number]
            assert job.parcel is not None
            receipts = tuple(
                self._importer.settle(job.parcel, reading, job.wish, job.who)
                for reading in job.parcel.readings
            )
            self._forget(number)
            for mapping in job.mappings if job.remembers else ():
                remember(self.store, mapping)
            self._set(number, state=State.ENDED, receipts=receipts)

        self._guarded(number, write)

    def _forget(self, number: int) -> None:
        parcel = self._jobs[number].parcel
        if parcel is not None:
            self._importer.forget(parcel)


def _plain(account: str) -> str:
    """Return an account's name from its name or its key."""
    return account.split(":", 1)[-1]
