"""The ranges that a data service gives of works, beside the values and never among them."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from opsdata.sources import SOURCES
from opsdata.sources.model import NUMBERS
from opsdata.store import Session

_RANGES = pa.schema([
    ("line", pa.int64()), ("measure", pa.string()), ("low", pa.float64()), ("high", pa.float64()),
])  # fmt: skip

BROUGHT = (
    "select s.video, r.measure, r.low, r.high from staged as s "
    "inner join ranges as r on r.line = s.line where s.copy = 1"
)
STORED = "select video, measure, low, high from video_range where batch_id = $batch"
FINGERPRINT = "select count(*), round(sum(low), 3), round(sum(high), 3) from ranges"


def of_works(rows: pa.Table, kind: str) -> pa.Table:
    """Return the ranges of a list of works, one a row."""
    return pa.concat_tables([_RANGES.empty_table(), *_parts(rows, kind)])


def _parts(rows: pa.Table, kind: str) -> Iterator[pa.Table]:
    for column in SOURCES[kind].columns:
        if column.kind not in NUMBERS or f"{column.field}_low" not in rows.column_names:
            continue
        told = rows.filter(pc.is_valid(rows.column(f"{column.field}_low")))
        ends = [told.column(f"{column.field}_{end}") for end in ("low", "high")]
        named = pa.array([column.field] * told.num_rows, pa.string())
        yield pa.table([told.column("line"), named, *ends], _RANGES.names).cast(_RANGES)


def judge(session: Session) -> None:
    """Let rows count as changed whose values are the same and whose ranges are not."""
    session.do(
        "update judged set verdict = 'changed' where verdict = 'same' and line in ("
        "select s.line from staged as s inner join ranges as r on r.line = s.line "
        "left join video_range_now as n on n.video = s.video and n.measure = r.measure "
        "where row(r.low, r.high) is distinct from row(n.low, n.high))"
    )


def write(session: Session, batch: int) -> None:
    """Append the ranges of staged works as those of a batch."""
    session.do(
        "insert into video_range by name select cast($batch as integer) as batch_id, r.line, "
        "s.video, here.account_id, r.measure, r.low, r.high, here.captured_at "
        "from staged as s inner join ranges as r on r.line = s.line, here where s.copy = 1",
        {"batch": batch},
    )
