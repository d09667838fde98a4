"""The numbers of a report on their way into the database: one row a number."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake.asked import survey_name
from opsdata.intake.reading import Reading
from opsdata.intake.shapes import Shape, lend_owned
from opsdata.sources import SOURCES
from opsdata.sources.model import NUMBERS, Source
from opsdata.store import Session, sql_file

_FIELDS = {
    "line": pa.int64(), "account": pa.string(), "item": pa.string(), "item_id": pa.string(),
    "label": pa.string(), "day": pa.date32(), "period": pa.string(),
}  # fmt: skip
_NUMBERS = pa.schema([
    ("line", pa.int64()), ("measure", pa.string()), ("value", pa.float64()),
    ("low", pa.float64()), ("high", pa.float64()),
])  # fmt: skip


def _stage(session: Session, reading: Reading) -> None:
    source = SOURCES[str(reading.kind)]
    lend_owned(session, reading, _FIELDS)
    session.lend("numbers", numbers(reading, source))
    sheet = reading.part if source.topic.startswith("work") else None
    values = {"topic": source.topic, "item": _item(reading, source), "sheet": sheet}
    session.do(sql_file("stage_reports"), values)


def numbers(reading: Reading, source: Source) -> pa.Table:
    """Return all numbers and ranges of the rows of a source's fields, one a row."""
    rows = reading.rows_table()
    fields = [c.field for c in source.columns if c.kind in NUMBERS]
    parts = (_of_field(rows, field) for field in fields if field in rows.column_names)
    return pa.concat_tables([_NUMBERS.empty_table(), *parts])


def _of_field(rows: pa.Table, field: str) -> pa.Table:
    ends = [f"{field}_{end}" for end in ("low", "high")]
    values = [rows.column(field), *_columns(rows, ends)]
    columns = [one.cast(pa.float64()) for one in values]
    table = pa.table([rows.column("line"), *columns], ["line", "value", "low", "high"])
    says = pc.or_(pc.is_valid(table.column("value")), pc.is_valid(table.column("low")))
    told = table.filter(says)
    named = pa.array([field] * told.num_rows, pa.string())
    return told.append_column("measure", named).select(_NUMBERS.names).cast(_NUMBERS)


def _columns(rows: pa.Table, names: list[str]) -> Iterator[pa.ChunkedArray]:
    empty = pa.chunked_array([pa.nulls(rows.num_rows, pa.float64())])
    yield from (rows.column(n) if n in rows.column_names else empty for n in names)


def _item(reading: Reading, source: Source) -> str | None:
    """Return what a whole file is of: the dimension its labels are of, or the work it names."""
    if source.topic == "slice":
        return reading.header[reading.places[reading.fields.index("label")]]
    return survey_name(reading.file) if source.topic.startswith("work") else None


def _write(session: Session, batch: int) -> None:
    session.do(
        "insert into reported by name select cast($batch as integer) as batch_id, "
        "* exclude (copy) from staged where copy = 1",
        {"batch": batch},
    )


_COLUMNS = (
    "account_id, topic, item_id, item, sheet, video, label, day, until, measure, value, low, high"
)

SHAPE = Shape(
    stage=_stage,
    judge="judge_reports",
    fingerprint=(
        "select count(*), round(sum(value), 4), round(sum(low), 4), round(sum(high), 4), "
        "min(day), max(until), count(distinct account_id) from staged where copy = 1"
    ),
    brought=f"select {_COLUMNS} from staged where copy = 1",
    stored=f"select {_COLUMNS} from reported where batch_id = $batch",
    write=_write,
    lent=("incoming", "numbers"),
)
