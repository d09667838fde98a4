"""One thread that does what it is asked, one thing after the other, and the list of its jobs."""

from __future__ import annotations

import itertools
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from opsdata.errors import OpsdataError
from opsdata.intake.job import BUSY_STATES, Job, State
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.retention import Keeper

_log = logging.getLogger(__name__)

_LOOKS_SECONDS = 600
"""How often an idle thread looks whether a new day has begun."""

_KEPT = 200
"""So many finished jobs stay listed."""


class Worker:
    """Keeps the jobs and does their steps; whatever goes wrong ends only the job it is in."""

    def __init__(self, keeper: Keeper) -> None:
        self._jobs: dict[int, Job] = {}
        self._numbers = itertools.count(1)
        self._keeper = keeper
        self._changed = threading.Condition()
        self._tasks: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._thread = threading.Thread(target=self._work, daemon=True, name="opsdata-jobs")
        self._thread.start()

    def close(self) -> None:
        """Finish what is being done and stop."""
        self._tasks.put(None)
        self._thread.join()

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

    def dismiss(self) -> None:
        """Take ended jobs off the list; the ledger keeps what they did."""
        with self._changed:
            self._jobs = {n: job for n, job in self._jobs.items() if not job.has_ended}

    def _waiting(self, numbers: Sequence[int], *states: State) -> list[int]:
        with self._changed:
            return [n for n in numbers if n in self._jobs and self._jobs[n].state in states]

    def _new(self, name: str, who: str) -> int:
        with self._changed:
            number = next(self._numbers)
            self._jobs[number] = Job(number, name, who)
            ended = [n for n, job in self._jobs.items() if job.has_ended]
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
