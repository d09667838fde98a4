"""Files in, receipts out: the whole way of a file, for the command line and for the app."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

from opsdata.errors import Refused
from opsdata.intake import clock, guess, linking, plans
from opsdata.intake.check import preview, question
from opsdata.intake.child import Reader
from opsdata.intake.layouts import known, remember
from opsdata.intake.limits import COMMAND_LINE, MEGABYTE, Limits
from opsdata.intake.load import Origin, commit
from opsdata.intake.mapping import Mapping, Taught, of_known
from opsdata.intake.naming import named, stored
from opsdata.intake.reading import Reading, refused
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.staging import Answers
from opsdata.sources import SOURCES
from opsdata.sources.plan import PLANNED
from opsdata.store import Store

_WORK = "opsdata-work-"


def remove_leftovers() -> None:
    """Remove what a program that was killed while it read left among the temporary files."""
    for path in Path(tempfile.gettempdir()).glob(f"{_WORK}*"):
        owner = path.name.removeprefix(_WORK).split("-")[0]
        if owner.isdigit() and not _runs(int(owner)):
            shutil.rmtree(path, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether a process is there; where nobody can tell, it is."""
    if not Path("/proc/self").exists():
        return True
    return Path(f"/proc/{process}").exists()


def asks_account(reading: Reading) -> bool:
    """Return whether somebody must say whose a table is: no survey's, and none that says so."""
    if reading.refused or reading.ask or reading.account or reading.accounts:
        return False
    return SOURCES[str(reading.kind)].asks_account


def named_by(reading: Reading) -> str | None:
    """Return the accounts that a table names itself, None when it names none."""
    return reading.account or "、".join(reading.accounts) or None


@dataclass(frozen=True)
class Wish:
    """What a person said about the files: any of it may be left open.

    An account that a file names itself is not up to them.
    """

    account: str | None = None
    captured_at: datetime | None = None
    own: bool | None = None
    mapping: Mapping | None = None
    """What the columns are, where they are not to be recognised."""
    work: str | None = None
    """The work that workbooks of one work are of, by key or title; see ``linking``."""
    encoding: str = ""
    """How the bytes are read, where a file can be read in two ways."""
    remember: bool = False
    """Whether the mapping is kept for the next such file."""

    def answers(self, reading: Reading, file_time: datetime | None) -> Answers | None:
        """Return the answers for one table, guessing the time; None when the account is open."""
        said = named(self.account or "") or None
        account = named_by(reading) or (said if asks_account(reading) else "")
        if account is None:
            return None
        own = SOURCES[str(reading.kind)].own if self.own is None else self.own
        if self.captured_at is not None:
            return Answers(account, self.captured_at, "given", own)
        moment, source = guess.captured(reading, file_time)
        return Answers(account, moment, source, own)


@dataclass(frozen=True)
class Parcel:
    """One received file: its archived bytes, their hash, and the tables found in it."""

    name: str
    sha: str
    file_time: datetime | None
    readings: tuple[Reading, ...]
    parts: tuple[str | None, ...] = ()
    """The tables it is about, when others of the file have gone ahead; empty means all."""

    def split(self) -> tuple[Parcel, Parcel]:
        """Return it as two: the tables that need no explaining, and those that do."""
        open_ = tuple(one for one in self.readings if one.ask)
        rest = tuple(one for one in self.readings if not one.ask)
        parts = tuple(one.part for one in open_)
        return replace(self, readings=rest), replace(self, readings=open_, parts=parts)

    def has(self, reading: Reading) -> bool:
        """Whether a table is one of those it is about."""
        starts = tuple(f"{part} · " for part in self.parts if part)
        part = reading.part or ""
        return not self.parts or reading.part in self.parts or part.startswith(starts)

    @property
    def asks(self) -> Reading | None:
        """The first table that a person must explain, None when there is none."""
        return next((reading for reading in self.readings if reading.ask), None)


class Importer:
    """One database, its archive, and the child process that reads for it."""

    def __init__(self, store: Store, archive: Path, limits: Limits = COMMAND_LINE) -> None:
        self.store = store
        self.archive = archive
        self.limits = limits
        remove_leftovers()
        self._work = Path(tempfile.mkdtemp(prefix=f"{_WORK}{os.getpid()}-"))
        self._reader = Reader(limits, archive, self._work)
        self._count = 0

    def close(self) -> None:
        """End the child process and remove what it left."""
        self._reader.stop()
        shutil.rmtree(self._work, ignore_errors=True)

    def receive(
        self,
        path: Path,
        name: str | None = None,
        dated: bool = True,
        mapping: Mapping | None = None,
        encoding: str = "",
    ) -> Parcel:
        """Return a file read: archived, hashed, its tables cleaned. Nothing is imported.

        ``dated`` says whether the file's own time means anything; that of an upload does not.
        """
        name = name or path.name
        try:
            size = path.stat().st_size
        except OSError:
            return Parcel(name, "", None, (refused(name, Refused("no_such_file")),))
        if self.limits.file_bytes is not None and size > self.limits.file_bytes:
            limit = self.limits.file_bytes // MEGABYTE
            return Parcel(name, "", None, (refused(name, Refused("too_large", limit=limit)),))
        self._reader.start()
        try:
            with path.open("rb") as file:
                sha = file_digest(file, "sha256").hexdigest()
            kept = self._keep(path, sha)
        except OSError as error:
            why = error.strerror or type(error).__name__
            return Parcel(name, "", None, (refused(name, Refused("unreadable_file", why=why)),))
        readings = self._read(kept, name, Taught(mapping, known(self.store), encoding))
        time = clock.of_seconds(path.stat().st_mtime)
        return Parcel(name, sha, time if dated else None, readings)

    def again(self, parcel: Parcel, mappings: Sequence[Mapping], encoding: str = "") -> Parcel:
        """Return a received file read anew, with what a person said of it since."""
        self.forget(parcel)
        taught = Taught(known=(*mappings, *known(self.store)), encoding=encoding)
        readings = self._read(self.archive / parcel.sha, parcel.name, taught)
        return replace(parcel, readings=tuple(filter(parcel.has, readings)))

    def _read(self, kept: Path, name: str, taught: Taught) -> tuple[Reading, ...]:
        self._count += 1
        return tuple(self._reader.read(kept, name, self.folder(str(self._count)), taught))

    def folder(self, name: str) -> Path:
        """Return a folder for temporary files, made when it is not there."""
        made = self._work / name
        made.mkdir(exist_ok=True)
        return made

    def _keep(self, path: Path, sha: str) -> Path:
        """Archive the bytes under their hash, so that every number can be followed to them."""
        self.archive.mkdir(parents=True, exist_ok=True)
        kept = self.archive / sha
        if not kept.exists():
            part = kept.with_suffix(".part")
            shutil.copyfile(path, part)
            part.replace(kept)
        return kept

    def forget(self, parcel: Parcel) -> None:
        """Remove what reading a file left on disk; the archived bytes stay."""
        for reading in parcel.readings:
            if reading.rows_file:
                shutil.rmtree(Path(reading.rows_file).parent, ignore_errors=True)

    def take(self, path: Path, wish: Wish, who: str, name: str | None = None) -> list[Receipt]:
        """Import a file and return the receipts of its tables, one each."""
        parcel = self.receive(path, name, mapping=wish.mapping, encoding=wish.encoding)
        try:
            receipts = [self.settle(parcel, reading, wish, who) for reading in parcel.readings]
            if wish.remember and all_taken(receipts):
                header = parcel.readings[0].header
                known_so = of_known(header, wish.encoding) if wish.encoding else None
                if kept := wish.mapping.of(header) if wish.mapping else known_so:
                    remember(self.store, kept)
            return receipts
        finally:
            self.forget(parcel)

    def answers(self, parcel: Parcel, reading: Reading, wish: Wish) -> Answers | None:
        """Return the answers for one table, the account as the database has it."""
        made = wish.answers(reading, parcel.file_time)
        if made is None:
            return None
        said = made.account if named_by(reading) else wish.account or made.account
        account = stored(self.store, SOURCES[str(reading.kind)].platform, said)
        return replace(made, account=account if made.account else "")

    def settle(self, parcel: Parcel, reading: Reading, wish: Wish, who: str) -> Receipt:
        """Import one table, or return the receipt that asks for what is missing."""
        if reading.refused == PLANNED:
            return self.planned(parcel, reading, look=False)
        answers = None if reading.refused or reading.ask else self.answers(parcel, reading, wish)
        if answers is None:
            return preview(self.store, reading, None)
        try:
            linked = self.linked(reading, answers, wish, parcel.sha)
        except Refused as open_:
            return question(reading, open_)
        return commit(self.store, reading, linked, Origin(who, parcel.sha))

    def planned(self, parcel: Parcel, reading: Reading, look: bool) -> Receipt:
        """Put a table of planned works into the plan, or only tell what that would do."""
        return plans.settle(self.store, reading, self.archive / parcel.sha, look)

    def linked(self, reading: Reading, answers: Answers, wish: Wish, sha: str) -> Answers:
        """Return the answers with the work that a table is of; Refused when that is open."""
        if not linking.asks_work(reading):
            return answers
        work = linking.resolved(self.store, reading, answers.account, wish.work, sha)
        return replace(answers, work=work)


@contextmanager
def importer(store: Store, archive: Path, limits: Limits = COMMAND_LINE) -> Iterator[Importer]:
    """Yield an Importer that is closed afterwards."""
    made = Importer(store, archive, limits)
    try:
        yield made
    finally:
        made.close()


def all_taken(receipts: list[Receipt]) -> bool:
    """Whether every table was imported or was there already."""
    return all(receipt.status in (Status.DONE, Status.SAME) for receipt in receipts)
