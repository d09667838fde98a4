"""What the running app is asked to take in: jobs, one after the other, in one thread.

No page ever writes. It hands over bytes and wishes, and looks at jobs; the thread reads,
previews, imports and undoes. A closed tab changes nothing. Files that a scheduler puts
into the inbox come the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from opsdata.errors import Refused
from opsdata.intake import chores, guess, linking
from opsdata.intake.check import preview
from opsdata.intake.comment_readings import bring_up_to_date
from opsdata.intake.importer import Importer, Parcel, Wish
from opsdata.intake.job import BUSY_STATES, Job, State
from opsdata.intake.layouts import forget, remember
from opsdata.intake.limits import Limits, browser
from opsdata.intake.mapping import Mapping, of_known
from opsdata.intake.reading import Reading
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.retention import Keeper
from opsdata.intake.undo import undo
from opsdata.intake.worker import Worker
from opsdata.sources.plan import PLANNED
from opsdata.store import Store
from opsdata.workspace import Workspace

__all__ = ["BUSY_STATES", "Job", "JobQueue", "State"]


class JobQueue(Worker):
    """Takes files for one database; all methods return at once."""

    def __init__(self, store: Store, space: Workspace, limits: Limits | None = None) -> None:
        self.store = store
        self.space = space
        self.limits = limits or browser()
        self._importer = Importer(store, space.archive, self.limits)
        super().__init__(Keeper(space.archive))
        self._tasks.put(lambda: bring_up_to_date(store))

    def close(self) -> None:
        """Finish what is being done and stop."""
        super().close()
        self._importer.close()

    def submit(self, name: str, data: bytes, who: str) -> int:
        """Take the bytes of a file; it will be read and previewed. Returns the job's number."""
        number = self._new(name, who)

        def read() -> None:
            path = self._importer.folder(f"upload{number}") / "file"
            path.write_bytes(data)
            self._read(number, path, dated=False)
            path.unlink()

        self._tasks.put(lambda: self._guarded(number, read))
        return number

    def take(self, path: Path, wish: Wish, who: str) -> int:
        """Take a file that lies on disk; without open questions it is imported at once."""
        number = self._new(path.name, who)

        def read() -> None:
            self._set(number, wish=wish)
            self._read(number, path, dated=True)
            job = self._jobs[number]
            told = wish.account is not None or not job.needs_owner
            if job.open and told and not job.needs_work:
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

    def read_as(self, numbers: Sequence[int], encoding: str, remember: bool = True) -> None:
        """Read waiting files again in the encoding that a person chose."""
        for number in self._waiting(numbers, State.MAPPING):
            told = _known_in(self._jobs[number], encoding)
            mappings = (*told, *self._jobs[number].mappings)
            self._set(
                number,
                state=State.WAITING,
                mappings=mappings,
                encoding=encoding,
                remembers=remember,
            )
            self._tasks.put(lambda number=number: self._read_again(number))  # type: ignore[misc]

    def explain(self, number: int) -> None:
        """Let a person say what the columns without a name are of a file that waits."""
        for one in self._waiting([number], State.REVIEW):
            parcel = self._jobs[one].parcel
            assert parcel is not None
            readings = tuple(replace(r, ask=r.spare) if r.spare else r for r in parcel.readings)
            parcel = replace(parcel, readings=readings)
            self._set(one, state=State.MAPPING, parcel=parcel)

    def take_known(self, number: int) -> None:
        """Let the known tables of a file go ahead; the others wait as a job of their own."""
        for one in self._waiting([number], State.MAPPING):
            job = self._jobs[one]
            assert job.parcel is not None
            known, open_ = job.parcel.split()
            rest = self._new(job.name, job.who)
            self._set(rest, state=State.MAPPING, parcel=open_, wish=job.wish)
            self._go_on(one, known)

    def leave_out(self, number: int) -> None:
        """Leave the unknown tables of a file out; the known ones go on."""
        for one in self._waiting([number], State.MAPPING):
            parcel = self._jobs[one].parcel
            assert parcel is not None
            self._go_on(one, parcel.split()[0])

    def _go_on(self, number: int, parcel: Parcel) -> None:
        self._set(number, state=State.READING, parcel=parcel)
        self._tasks.put(lambda: self._guarded(number, lambda: self._understand(number, parcel)))

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
        return self._chore(str(batch), who, lambda: undo(self.store, batch))

    def merge(self, old: str, new: str, who: str) -> int:
        """Give everything of one account to another name. Returns the job's number."""
        return self._chore(chores.plain(old), who, lambda: chores.merged(self.store, old, new))

    def unmerge(self, number: int, who: str) -> int:
        """Undo a merge of accounts. Returns the job's number."""
        return self._chore(str(number), who, lambda: chores.unmerged(self.store, number))

    def choose_side(self, account: str, own: bool, who: str) -> int:
        """Make an account own or a competitor. Returns the job's number."""
        name = chores.plain(account)
        return self._chore(name, who, lambda: chores.sided(self.store, account, own))

    def _chore(self, name: str, who: str, work: Callable[[], Receipt]) -> int:
        """Do something that changes what is there already, as a job of its own."""
        number = self._new(name, who)
        self._set(number, chore=True)

        def task() -> None:
            self._set(number, state=State.WRITING)
            self._set(number, state=State.ENDED, receipts=(work(),))

        self._tasks.put(lambda: self._guarded(number, task))
        return number

    def _open(self, numbers: Sequence[int]) -> list[int]:
        return self._waiting(numbers, State.REVIEW)

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
            self._understand(number, self._importer.again(job.parcel, job.mappings, job.encoding))

        self._guarded(number, read)

    def _understand(self, number: int, parcel: Parcel) -> None:
        """Take what was read: guess whose it is, and preview it."""
        owners: tuple[guess.Owner, ...] = ()
        for reading in parcel.readings:
            if not reading.refused and reading.account is None and not owners:
                owners = tuple(guess.owners(self.store, reading))
        self._set(number, parcel=parcel, owners=owners)
        of_work = next(filter(linking.asks_work, parcel.readings), None)
        if of_work:
            works = tuple(linking.candidates(self.store, of_work))
            self._set(number, works=works, linked=linking.before(self.store, parcel.sha) or "")
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
        if reading.refused == PLANNED:
            return self._importer.planned(job.parcel, reading, look=True)
        if reading.refused or reading.ask:
            return preview(self.store, reading, None)
        answers = self._importer.answers(job.parcel, reading, job.wish)
        if answers:
            with suppress(Refused):
                answers = self._importer.linked(reading, answers, job.wish, job.parcel.sha)
        return preview(self.store, reading, answers)

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


def _known_in(job: Job, encoding: str) -> list[Mapping]:
    """Return the known export that a file is in an encoding, as a mapping to be remembered."""
    sketches = dict(job.asks.encodings) if job.asks else {}
    made = of_known(sketches[encoding].header, encoding) if encoding in sketches else None
    return [made] if made else []
