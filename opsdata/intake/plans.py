"""Tables of planned works on their way into the plan: from a page or from the prompt."""

from __future__ import annotations

from pathlib import Path, PurePath

from opsdata.errors import Refused
from opsdata.intake import clock, planfile
from opsdata.intake.reading import Reading
from opsdata.intake.receipt import Finding, Receipt, Status
from opsdata.intake.table import Other
from opsdata.sources.plan import PLAN
from opsdata.store import Store
from opsdata.team.plan import Item
from opsdata.team.plan_upload import Upload, take
from opsdata.team.plan_upload import look as looked

_WRONG = {"no_title": "title", "no_account": "account", "bad_time": "slot", "no_stage": "stage"}
"""The column that is to be mended, by what is wrong."""


def opened(
    store: Store, content: bytes, name: str
) -> tuple[tuple[Item, ...], Upload, frozenset[Item]]:
    """Return the planned works of a file, what is to be told of it, and which have no stage.

    Refused when it is no table of planned works.
    """
    found, told = _opened(store, content, name)
    return found.items, told, found.unstaged


def _opened(store: Store, content: bytes, name: str) -> tuple[planfile.PlanFile, Upload]:
    own = tuple(one for (one,) in store.rows("select name from account where own order by name"))
    found = planfile.read(content, name, own)
    told = Upload(
        PurePath(name).name,
        clock.now(),
        unknown=found.unknown,
        missing=found.missing,
        rejected=tuple((one.line, one.reason, one.value) for one in found.rejected),
    )
    return found, told


def settle(store: Store, reading: Reading, kept: Path, look: bool) -> Receipt:
    """Put a table of planned works into the plan and return its receipt; ``look`` only tells.

    ``kept`` are the bytes of the file as they came.
    """
    try:
        found, told = _opened(store, kept.read_bytes(), reading.file)
    except Refused as why:
        values = why.values
        return Receipt(reading.file, Status.REFUSED, kind=PLAN.key, reason=why.code, values=values)
    done = looked(store, found.items, told, found.unstaged)
    if (done.new or done.changed) and not look:
        done = take(store, found.items, told, found.unstaged)
    return _receipt(reading, found, done)


def _receipt(reading: Reading, found: planfile.PlanFile, done: Upload) -> Receipt:
    status = Status.SAME if found.items else Status.REFUSED
    aside = [Other(reading.header_line, "header")]
    return Receipt(
        reading.file,
        Status.DONE if done.new or done.changed else status,
        kind=PLAN.key,
        reason=None if found.items else "no_planned_works",
        encoding=reading.encoding or None,
        rows=len(found.items) + len(found.rejected),
        new=done.new,
        changed=done.changed,
        same=done.same,
        rejected=len(found.rejected),
        unknown=found.unknown,
        others=(*aside, *(Other(line, "example") for line in found.examples)),
        findings=tuple(
            Finding(one.line, found.headers[_WRONG[one.reason]], one.value, f"plan_{one.reason}")
            for one in found.rejected
        ),
    )
