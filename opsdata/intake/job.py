"""One file on its way in: where it is, what was found in it, what a person said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from opsdata.intake import clock, guess
from opsdata.intake.asking import Ask
from opsdata.intake.importer import Parcel, Wish, asks_account
from opsdata.intake.linking import Candidate
from opsdata.intake.mapping import Mapping
from opsdata.intake.naming import named
from opsdata.intake.reading import Reading
from opsdata.intake.receipt import Receipt


class State(StrEnum):
    """Where a job is on its way."""

    WAITING = "waiting"
    READING = "reading"
    MAPPING = "mapping"
    REVIEW = "review"
    WRITING = "writing"
    ENDED = "ended"
    CANCELLED = "cancelled"
    FAILED = "failed"


BUSY_STATES = frozenset({State.WAITING, State.READING, State.WRITING})


@dataclass(frozen=True)
class Job:
    """One file on its way; ``receipts`` are previews until it has ended."""

    number: int
    name: str
    who: str
    state: State = State.WAITING
    parcel: Parcel | None = None
    wish: Wish = field(default_factory=Wish)
    owners: tuple[guess.Owner, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    checked: Wish | None = None
    """The wish that the previews were made for."""
    mappings: tuple[Mapping, ...] = ()
    """What a person said of its unknown tables."""
    works: tuple[Candidate, ...] = ()
    """What it may be of, where it is of one work that it does not name."""
    linked: str = ""
    """The work that the same file was linked to before."""
    encoding: str = ""
    """How a person said that its bytes are read."""
    remembers: bool = False
    """Whether the mappings are kept for the next such file."""
    chore: bool = False
    """Whether it brings no file but changes what is there: an undo, a merge."""
    at: datetime = field(default_factory=clock.now)

    @property
    def open(self) -> bool:
        """Whether it waits for a person to confirm it."""
        return self.state is State.REVIEW

    @property
    def asks(self) -> Ask | None:
        """What a person must explain of its tables first, None when nothing."""
        found = self.parcel.asks if self.parcel and self.state is State.MAPPING else None
        return found.ask if found else None

    @property
    def known(self) -> tuple[Reading, ...]:
        """Its tables that need no explaining, while others of them do."""
        if self.asks is None or self.parcel is None:
            return ()
        return tuple(one for one in self.parcel.readings if not one.ask and not one.refused)

    @property
    def needs_owner(self) -> bool:
        """Whether it holds a table of which somebody must say whose it is."""
        return self.parcel is not None and any(map(asks_account, self.parcel.readings))

    @property
    def needs_work(self) -> bool:
        """Whether somebody must say which work of its account it is of."""
        said = self.wish.work is not None or self.linked
        whose = named(self.wish.account or "")
        return not said and any(named(one.account) == whose for one in self.works)

    @property
    def waits(self) -> bool:
        """Whether it waits for a person."""
        return self.state in (State.REVIEW, State.MAPPING)

    @property
    def has_ended(self) -> bool:
        """Whether nothing more happens with it."""
        return self.state not in BUSY_STATES and not self.waits

    @property
    def settled(self) -> bool:
        """Whether the previews shown are those of the wish as it is now."""
        return self.checked == self.wish
