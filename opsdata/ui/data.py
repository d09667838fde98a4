"""What pages know of the data: which database is shown, and cached answers from it.

Answers are cached by the question and the data version, so an import makes old ones
unreachable at once and nothing has to be cleared.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, TypeVar, TypeVarTuple

import streamlit as st

from opsdata import health, sample
from opsdata.alerts import send
from opsdata.door import Door
from opsdata.intake.accounts import Account
from opsdata.intake.accounts import accounts as accounts_of
from opsdata.intake.alike import Alike
from opsdata.intake.alike import alike as alike_of
from opsdata.intake.inbox import Inbox
from opsdata.intake.jobs import JobQueue
from opsdata.intake.layouts import Layout
from opsdata.intake.layouts import layouts as layouts_of
from opsdata.intake.merging import Merge
from opsdata.intake.merging import merges as merges_of
from opsdata.intake.undo import Entry, ledger
from opsdata.store import Store
from opsdata.workspace import Workspace, workspace

Asked = TypeVarTuple("Asked")
Answer = TypeVar("Answer")

_log = logging.getLogger(__name__)

_ANSWERS = 512
"""So many answers of each kind are kept."""


@dataclass
class Installation:
    """The databases of this process, and the thread that imports for it."""

    space: Workspace
    own: Store
    jobs: JobQueue
    inbox: Inbox
    sample: Store | None = None
    ready: threading.Event = field(default_factory=threading.Event)
    maker: threading.Thread | None = None
    door: Door | None = None

    def close(self) -> None:
        """Finish the import that runs, give up the sample that is being made, close the files."""
        atexit.unregister(self.close)
        if self.door is not None:
            self.door.close()
        self.inbox.stop()
        self.jobs.close()
        if self.sample is not None and self.maker is not None and self.maker.is_alive():
            self.sample.interrupt()
            self.maker.join(10)
        for store in (self.sample, self.own):
            if store is not None:
                store.close()


@st.cache_resource(show_spinner=False)
def installation() -> Installation:
    """Return the one installation of this process; Busy or Damaged as its database is."""
    space = workspace()
    own = Store(space.database)
    jobs = JobQueue(own, space)
    then = partial(send.after_import, own, os.environ)
    made = Installation(space, own, jobs, Inbox(jobs, space.inbox, then))
    made.inbox.start()
    made.door = Door(own, space.database)
    if is_empty(own):
        made.maker = threading.Thread(target=_make_sample, args=(made,), daemon=True, name="sample")
        made.maker.start()
    atexit.register(made.close)
    return made


def is_empty(store: Store) -> bool:
    """Return whether nothing was ever imported into a database."""
    return _is_empty(store, store.version)


@lru_cache(maxsize=4)
def _is_empty(store: Store, version: int) -> bool:  # noqa: ARG001 (part of the key)
    """Tell it once for each state: a page asks a hundred times which database it shows."""
    some = "select exists (select 1 from batch) or exists (select 1 from plan_upload)"
    return not store.one(some)


def _make_sample(made: Installation) -> None:
    """Open the sample team's database, building it the first time; the newest part comes first."""
    path = made.space.sample
    try:
        if path.exists() and not sample.is_complete(path):
            sample.remove(path)
        made.sample = Store(path)
        if made.sample.recall("sample_complete") is None:
            sample.fill(made.sample, on_first=made.ready.set)
    except Exception as error:
        _log.warning("the sample team is made anew at the next start: %s", error)
    finally:
        made.ready.set()


def is_preparing() -> bool:
    """Return whether the sample team is still being made, so that answers have to wait."""
    made = installation()
    return is_empty(made.own) and made.maker is not None and not made.ready.is_set()


def store() -> Store:
    """Return the database that is shown: the user's own once it has an import, else the sample."""
    made = installation()
    if not is_empty(made.own):
        return made.own
    made.ready.wait(60)
    return made.sample or made.own


def is_sample() -> bool:
    """Return whether what is shown is the invented sample team."""
    return ask(Store.recall, "sample") is not None


@dataclass(frozen=True)
class Stamp:
    """Which database, in which state: the part of every cache key that data change."""

    path: str
    version: int


def stamp() -> Stamp:
    """Return the state of the database that is shown."""
    shown = store()
    return Stamp(str(shown.path), shown.version)


def ask(question: Callable[[Store, *Asked], Answer], *args: *Asked) -> Answer:
    """Return the answer of a library function to the database that is shown, cached.

    >>> ask(works.listing, filters)  # doctest: +SKIP
    """
    name = f"{question.__module__}.{question.__qualname__}"
    _questions[name] = question
    answer: Answer = _answer(stamp(), name, args)
    return answer


_questions: dict[str, Callable[..., Any]] = {}


@st.cache_data(max_entries=_ANSWERS, show_spinner=False)
def _answer(at: Stamp, name: str, args: tuple[Any, ...]) -> Any:  # noqa: ARG001 (cache key)
    return _questions[name](store(), *args)


def change(work: Callable[[Store, *Asked], Answer], *args: *Asked) -> Answer:
    """Do what the reader asks to change in the database that is shown, and return its outcome.

    The work is one transaction that draws nothing, so no rerun can cut it short.
    """
    return work(store(), *args)


def computed(work: Callable[[*Asked], Answer], *args: *Asked) -> Answer:
    """Return what a library function makes of its arguments alone, cached."""
    name = f"{work.__module__}.{work.__qualname__}"
    _questions[name] = work
    answer: Answer = _computed(name, args)
    return answer


@st.cache_data(max_entries=64, show_spinner=False)
def _computed(name: str, args: tuple[Any, ...]) -> Any:
    return _questions[name](*args)


def accounts() -> list[Account]:
    """Return the accounts of the user's own database."""
    return accounts_of(installation().own)


def merges() -> list[Merge]:
    """Return the merges and renamings of accounts in the user's own database."""
    return merges_of(installation().own)


def alike() -> list[Alike]:
    """Return the accounts of the user's own database that may be one."""
    return alike_of(installation().own)


def layouts() -> list[Layout]:
    """Return the layouts of tables that the user's own database remembers."""
    return layouts_of(installation().own)


def has_days() -> bool:
    """Return whether any daily file was imported."""
    return any(reach.source == "days" for reach in ask(health.reaches))


def imports() -> list[Entry]:
    """Return the ledger of the user's own database; the sample's is nobody's business."""
    return ledger(installation().own)
