"""Comments on their way into the database: known by an id, their authors by a keyed hash."""

from __future__ import annotations

import secrets

import pyarrow as pa

from opsdata.intake.buckets import place
from opsdata.intake.reading import Reading
from opsdata.intake.shapes import Shape, lend_owned
from opsdata.store import Session, sql_file

_FIELDS = {
    "line": pa.int64(), "comment": pa.string(), "work": pa.string(),
    "commented_at": pa.timestamp("us"), "region": pa.string(), "text": pa.string(),
    "likes": pa.int64(), "replies": pa.int64(),
    "parent": pa.string(), "author": pa.string(), "nickname": pa.string(), "account": pa.string(),
}  # fmt: skip

_KEY = "author_key"

_COLUMNS = "comment, work, commented_at, region, text, likes, replies, parent, author, by_owner"


def _stage(session: Session, reading: Reading) -> None:
    lend_owned(session, reading, _FIELDS)
    said = session.rows("select distinct region from incoming where region is not null")
    session.lend("places", _places([region for (region,) in said]))
    session.do(sql_file("stage_comments"), {"key": _key(session)})


def _places(said: list[str]) -> pa.Table:
    """Return the distinct places of a file beside their plain spelling."""
    plain = pa.array([place(text) for text in said], pa.string())
    return pa.table({"said": pa.array(said, pa.string()), "place": plain})


def _key(session: Session) -> str:
    """Return this database's key for hashing authors; before the first import a passing one."""
    kept = session.one("select value from meta where key = $name", {"name": _KEY})
    return str(kept or "")


def keep_key(session: Session) -> None:
    """Make the key for hashing authors, once and for all, inside an open transaction."""
    session.do(
        "insert into meta select $name, $value "
        "where not exists (select 1 from meta where key = $name)",
        {"name": _KEY, "value": secrets.token_hex(32)},
    )


def _write(session: Session, batch: int) -> None:
    session.do(
        f"insert into comment by name select cast($batch as integer) as batch_id, line, "
        f"account_id, {_COLUMNS}, captured_at from staged order by line",
        {"batch": batch},
    )


SHAPE = Shape(
    stage=_stage,
    judge="judge_comments",
    fingerprint=(
        "select count(*), count(distinct comment), sum(likes), sum(replies), "
        "sum(length(text)), min(commented_at), max(commented_at) from staged"
    ),
    brought=f"select account_id, {_COLUMNS} from staged",
    stored=f"select account_id, {_COLUMNS} from comment where batch_id = $batch",
    write=_write,
    lent=("incoming", "places"),
)
