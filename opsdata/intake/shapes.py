"""How the rows of one kind of table are staged, judged, compared and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake.naming import stored_column
from opsdata.intake.reading import Reading
from opsdata.sources import SOURCES
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


def complete(rows: pa.Table, fields: Mapping[str, pa.DataType]) -> pa.Table:
    """Return rows with every field, null where the export has none."""
    return pa.table({
        name: rows.column(name).cast(kind) if name in rows.column_names
        else pa.nulls(rows.num_rows, kind)
        for name, kind in fields.items()
    })  # fmt: skip


def lend_owned(session: Session, reading: Reading, fields: Mapping[str, pa.DataType]) -> None:
    """Lend "incoming": the rows with every field, and the key of the account each one names."""
    table = complete(reading.rows_table(), fields)
    platform = SOURCES[str(reading.kind)].platform
    names = stored_column(session, platform, table.column("account"))
    owner = pc.binary_join_element_wise(platform, names, ":")
    session.lend("incoming", table.append_column("owner", owner))
