"""What accounts were before a merge, kept so that the merge can be undone exactly.

A merge keeps the rows of both accounts as they were, in tables of its own. Undone, they
stand again as if it had never been; what was imported since stays where it was put, what
was undone since stays undone, and what the team wrote since stays on its works.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from opsdata.errors import Refused
from opsdata.intake import clock
from opsdata.intake.load import refresh, settle_side
from opsdata.store import Session, Store

_DERIVED = ("video_derived", "batch", "account", "merge")
"""Tables that are brought back in ways of their own."""


@dataclass(frozen=True)
class Merge:
    """One merge or renaming of accounts in the ledger."""

    number: int
    old_key: str
    old_name: str
    new_key: str
    new_name: str
    was_there: bool
    """Whether there was an account of the new name before."""
    made: datetime
    undone: bool


def merges(store: Store) -> list[Merge]:
    """Return all merges and renamings, the newest first."""
    rows = store.rows(
        "select merge_id, old_id, old_name, new_id, new_name, was_there, made, "
        "state = 'undone' from merge order by merge_id desc"
    )
    return [Merge(*row) for row in rows]


def tables(session: Session) -> Iterator[tuple[str, str, bool]]:
    """Yield each table that names accounts or works, the column, and whether imports write it."""
    yield from session.rows(
        "select c.table_name, c.column_name, exists (select 1 from duckdb_columns() as b "
        "where b.table_oid = c.table_oid and b.column_name = 'batch_id') "
        "from duckdb_columns() as c "
        "inner join duckdb_tables() as t on t.table_oid = c.table_oid "
        "where c.column_name in ('account_id', 'video') and not t.temporary "
        "and not starts_with(c.table_name, 'was_') order by all"
    )


def keep(session: Session, ids: dict[str, object], names: tuple[str, str]) -> int:
    """Keep everything of two accounts as it is now; return the number of the merge."""
    number = session.new_key("merge", "merge_id")
    session.do(
        "insert into merge select $number, $old, $old_name, $new, $new_name, "
        "exists (select 1 from account where account_id = $new), $made, 'done'",
        {
            **ids,
            "number": number,
            "old_name": names[0],
            "new_name": names[1],
            "made": clock.now(),
        },
    )
    works = "select video from video where account_id in ($old, $new)"
    columns: dict[str, set[str]] = {"batch": {"account_id"}, "account": {"account_id"}}
    for table, column, _ in tables(session):
        if table not in _DERIVED:
            columns.setdefault(table, set()).add(column)
    for table, named in columns.items():
        of = "account_id in ($old, $new)" if "account_id" in named else f"video in ({works})"
        session.do(
            f"create table {_was(number, table)} as select * from {table} where {of}",
            ids,
        )
    return number


def keep_keys(session: Session, number: int) -> None:
    """Keep which key each work got; ``rekeyed`` holds it while a merge is made."""
    session.do(f"create table {_was(number, 'keys')} as select old_video, new_video from rekeyed")


def _was(number: int, table: str) -> str:
    return f"was_{number}_{table}"


def unmerge(store: Store, number: int) -> Merge:
    """Undo a merge, and return it; Refused when there is none, or it is not the last of its kind.

    A later merge of one of its accounts must be undone first.
    """
    known = merges(store)
    found = next((one for one in known if one.number == number), None)
    if found is None:
        raise Refused("no_such_merge", merge=number)
    if found.undone:
        raise Refused("merge_undone", merge=number)
    mine = {found.old_key, found.new_key}
    for later in known:
        if later.number > number and not later.undone and mine & {later.old_key, later.new_key}:
            raise Refused("merge_later", merge=number, later=later.number)
    with store.writing() as session:
        _back(session, found)
    return next(one for one in merges(store) if one.number == number)


def _back(session: Session, one: Merge) -> None:
    ids: dict[str, object] = {"old": one.old_key, "new": one.new_key, "number": one.number}
    was = {
        table.removeprefix(_was(one.number, ""))
        for (table,) in session.rows(
            "select table_name from duckdb_tables() where starts_with(table_name, $start)",
            {"start": _was(one.number, "")},
        )
    }
    _keys(session, one, ids)
    for table, column, batched in list(tables(session)):
        if table in _DERIVED or table not in was:
            continue
        if not batched:
            _written(session, one.number, table, column)
        elif column == "account_id":
            _imported(session, one.number, table, ids)
    _ledger(session, one, ids)
    session.do("delete from video_derived where account_id in ($old, $new)", ids)
    session.do(
        "create or replace temp table theirs as "
        "select video from video_snapshot where account_id in ($old, $new)",
        ids,
    )
    refresh(session, "select video from theirs")
    for table in was:
        session.do(f"drop table {_was(one.number, table)}")
    for name in ("back", "theirs"):
        session.do(f"drop table {name}")
    session.do("update merge set state = 'undone' where merge_id = $number", ids)


def _keys(session: Session, one: Merge, ids: dict[str, object]) -> None:
    """Write down which key, of works and of the account, goes back to which."""
    session.do(
        "create or replace temp table back as "
        f"select 'video' as column_name, old_video as old, new_video as new "
        f"from {_was(one.number, 'keys')} "
        "union all select 'account_id', $old, $new union all select 'account_id', $new, $new",
        ids,
    )


def _imported(session: Session, number: int, table: str, ids: dict[str, object]) -> None:
    """Put back the rows of imports that are not undone since."""
    was = _was(number, table)
    session.do(
        f"delete from {table} where account_id in ($old, $new) "
        f"and batch_id in (select batch_id from {_was(number, 'batch')})",
        ids,
    )
    session.do(
        f"insert into {table} by name select * from {was} where batch_id not in "
        "(select batch_id from batch where state = 'undone')"
    )


def _written(session: Session, number: int, table: str, column: str) -> None:
    """Put back what the team wrote, without what it removed since, with what it added since."""
    others = [
        name
        for (name,) in session.rows(
            "select column_name from duckdb_columns() where table_name = $table "
            "and column_name <> $column",
            {"table": table, "column": column},
        )
    ]
    same = " and ".join(["true", *(f"n.{name} is not distinct from w.{name}" for name in others)])
    values = {"column": column}
    session.do(
        f"create or replace temp table now_there as select * from {table} "
        f"where {column} in (select new from back where column_name = $column)",
        values,
    )
    session.do(
        f"create or replace temp table as_it_was as select w.*, coalesce(b.new, w.{column}) as now "
        f"from {_was(number, table)} as w "
        f"left join back as b on b.column_name = $column and b.old = w.{column}",
        values,
    )
    session.do(
        f"delete from {table} where {column} in (select new from back where column_name = $column)",
        values,
    )
    session.do(
        f"insert into {table} by name select w.* exclude (now) from as_it_was as w where exists "
        f"(select 1 from now_there as n where n.{column} = w.now and {same})"
    )
    session.do(
        f"insert into {table} by name select n.* replace ("
        f"(select min(b.old) from back as b where b.column_name = $column and b.new = n.{column}) "
        f"as {column}) from now_there as n where not exists "
        f"(select 1 from as_it_was as w where w.now = n.{column} and {same})",
        values,
    )
    for name in ("now_there", "as_it_was"):
        session.do(f"drop table {name}")


def _ledger(session: Session, one: Merge, ids: dict[str, object]) -> None:
    """Let the imports and the accounts be what they were."""
    was = _was(one.number, "batch")
    session.do(
        "update batch set account_id = w.account_id, spelled = w.spelled, "
        "fingerprint = w.fingerprint, "
        "state = case when batch.state = 'undone' then batch.state else w.state end "
        f"from {was} as w where w.batch_id = batch.batch_id"
    )
    since = session.one(
        f"select exists (select 1 from batch where account_id = $new and state = 'done' "
        f"and batch_id not in (select batch_id from {was}))",
        ids,
    )
    kept = f"select account_id from {_was(one.number, 'account')}"
    session.do(
        f"delete from account where account_id = $old or (account_id = $new "
        f"and (account_id in ({kept}) or not cast($since as boolean)))",
        {**ids, "since": since},
    )
    session.do(f"insert into account by name select * from {_was(one.number, 'account')}")
    if since:
        settle_side(session, one.new_key)
    session.do(
        "delete from account where account_id in ($old, $new) "
        "and account_id not in (select account_id from batch where state = 'done') "
        "and account_id not in (select account_id from comment) "
        "and account_id not in (select account_id from audience_share) "
        "and account_id not in (select account_id from reported)",
        ids,
    )
