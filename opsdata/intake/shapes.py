"""How the rows of one kind of table are staged, judged, compared and written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from opsdata.intake.reading import Reading
from opsdata.store import Session


@dataclass(frozen=True)
class Shape:
    """What ``Staging`` has to know of one target."""

    stage: Callable[[Session, Reading], None]
    """Lends "incoming" and builds "staged"."""
    judge: str
    """The SQL file that builds "judged"."""
    fingerprint: str
    """SQL for one row of sums."""
    brought: str
    """SQL for what "staged" holds, to be compared with ``stored``."""
    stored: str
    """SQL for what the batch $batch holds."""
    write: Callable[[Session, int], None]
    snapshot: bool = False
    """Whether an export is the whole of what is known, so that an earlier one is history."""
    lent: tuple[str, ...] = ("incoming",)
    """What was lent, to be taken back."""
