"""Shares of an audience on their way into the database, from tables of several shapes."""

from __future__ import annotations

import pyarrow as pa

from opsdata.intake.buckets import crowd, named
from opsdata.intake.reading import Reading
from opsdata.intake.shapes import Shape, lend_owned
from opsdata.store import Session, sql_file

_OF_FILE = {"tiktok_gender": "gender", "tiktok_territories": "region", "tiktok_activity": "hour"}
"""The dimension that a whole file is about."""

_FIELDS = {
    "line": pa.int64(), "day": pa.date32(), "date": pa.string(), "account": pa.string(),
    "crowd": pa.string(), "dimension": pa.string(), "bucket": pa.string(), "share": pa.float64(),
    "tgi": pa.float64(), "people": pa.int64(),
}  # fmt: skip


def _stage(session: Session, reading: Reading) -> None:
    lend_owned(session, reading, _FIELDS)
    whole = {"dimension": _OF_FILE.get(str(reading.kind))}
    said = session.rows(
        "select distinct coalesce(crowd, ''), coalesce($dimension, dimension, ''), "
        "coalesce(bucket, '') from incoming",
        whole,
    )
    session.lend("spelled", _spelled(said))
    session.do(sql_file("stage_audience"), whole)


def _spelled(said: list[tuple[str, str, str]]) -> pa.Table:
    """Return the distinct texts of a file beside what they mean."""
    rows = [(*texts, crowd(texts[0]), *named(*texts[1:])) for texts in said]
    names = ("said_crowd", "said_dimension", "said_bucket", "crowd", "dimension", "bucket")
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return pa.table(
        {name: pa.array(column, pa.string()) for name, column in zip(names, columns, strict=True)}
    )


def _write(session: Session, batch: int) -> None:
    session.do(
        "insert into audience_share by name select cast($batch as integer) as batch_id, line, "
        "account_id, day, crowd, dimension, bucket, share, tgi, captured_at "
        "from staged where copy = 1",
        {"batch": batch},
    )


_COLUMNS = "account_id, day, crowd, dimension, bucket, share, tgi"

SHAPE = Shape(
    stage=_stage,
    judge="judge_audience",
    fingerprint=(
        "select count(*), round(sum(share), 6), min(day), max(day), count(distinct account_id), "
        "round(sum(tgi), 3), count(distinct crowd) from staged where copy = 1"
    ),
    brought=f"select {_COLUMNS} from staged where copy = 1",
    stored=f"select {_COLUMNS} from audience_share where batch_id = $batch",
    write=_write,
    lent=("incoming", "spelled"),
)
