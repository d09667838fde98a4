"""The accounts, and two spellings of one made into one.

A work's key holds its account, so a merge imports the stored rows again, in their order,
under the other name: what comes out is what importing everything under it would have given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from opsdata.errors import Refused
from opsdata.intake.load import append
from opsdata.intake.merging import keep, keep_keys, tables
from opsdata.intake.naming import named
from opsdata.intake.reading import Reading
from opsdata.intake.receipt import Status
from opsdata.intake.staging import WORK_COLUMNS, Answers, staged
from opsdata.sources import SOURCES
from opsdata.sources.model import Target
from opsdata.store import Session, Store


@dataclass(frozen=True)
class Account:
    """One account and how much is known of it."""

    key: str
    name: str
    platform: str
    own: bool
    works: int = 0
    days: int = 0


@dataclass(frozen=True)
class Merged:
    """What a merge made: the account as it is now, and whether the other one was there before."""

    account: Account
    was_there: bool


@dataclass(frozen=True)
class _Batch:
    """One import whose rows move."""

    number: int
    kind: str
    fields: tuple[str, ...]
    captured_at: datetime
    captured_from: str


@dataclass(frozen=True)
class _Again(Reading):
    """Stored rows as if they had just been read."""

    table: pa.Table | None = None

    def rows_table(self) -> pa.Table:
        """Return the stored rows."""
        return self.table


def accounts(store: Store) -> list[Account]:
    """Return all accounts with the number of their works and days, own ones first."""
    rows = store.rows(
        "select account_id, name, platform, own, "
        "(select count(*) from video as v where v.account_id = a.account_id), "
        "(select count(distinct day) from account_day as d where d.account_id = a.account_id) "
        "from account as a order by own desc, name"
    )
    return [Account(*row) for row in rows]


def merge(store: Store, old: str, new: str) -> Merged:
    """Move everything of one account to another name, known or not, and return what it became.

    Accounts go by name, or by key where two platforms have one of the name. Refused when
    there is no such account, or both are the same.
    """
    known = accounts(store)
    leaving = _find(known, old, None)
    meant = _known_as(known, leaving, new)
    target = _find(known, meant, leaving.platform) if meant else None
    name = target.name if target else named(new)
    key = target.key if target else f"{leaving.platform}:{name}"
    if key == leaving.key:
        raise Refused("same_account", name=old)
    if not name:
        raise Refused("no_such_account", name=new)
    with store.writing() as session:
        _move(session, leaving, Account(key, name, leaving.platform, leaving.own))
    now = next(account for account in accounts(store) if account.key == key)
    return Merged(now, target is not None)


def choose_side(store: Store, key: str, own: bool) -> Account:
    """Make an account own or a competitor, whatever later imports say, and return it."""
    _find(accounts(store), key, None)
    values = {"id": key, "name": f"side:{key}", "own": own, "side": "own" if own else "competitor"}
    with store.writing() as session:
        session.do("insert or replace into setting values ($name, $side)", values)
        session.do("update account set own = $own where account_id = $id", values)
    return _find(accounts(store), key, None)


def _known_as(known: list[Account], leaving: Account, new: str) -> str | None:
    """Return the name or key of a known account that a new name says, None when of none."""
    names = {a.name for a in known if a.platform == leaving.platform} | {a.key for a in known}
    return next((said for said in (new, new.strip(), named(new)) if said in names), None)


def _find(known: list[Account], said: str, platform: str | None) -> Account:
    found = [a for a in known if a.key == said] or [
        a for a in known if a.name == said and platform in (None, a.platform)
    ]
    if not found:
        raise Refused("no_such_account", name=said)
    if len(found) > 1:
        raise Refused("account_on_platforms", name=said, keys="、".join(a.key for a in found))
    if platform and found[0].platform != platform:
        raise Refused("other_platform", name=said)
    return found[0]


def _move(session: Session, old: Account, new: Account) -> None:
    """Give everything of one account to another, inside an open transaction."""
    ids: dict[str, object] = {"old": old.key, "new": new.key}
    number = keep(session, ids, (old.name, new.name))
    batches = list(_batches(session, ids))
    _set_aside(session, ids)
    session.do(
        "insert into account select $new, $platform, $name, $own "
        "where not exists (select 1 from account where account_id = $new)",
        {**ids, "platform": new.platform, "name": new.name, "own": new.own},
    )
    session.do(
        "update batch set account_id = $new, spelled = coalesce(spelled, $name) "
        "where account_id = $old",
        {**ids, "name": old.name},
    )
    session.do(
        "update batch set state = 'moving', alone = false "
        "where batch_id in (select batch_id from moving)"
    )
    for batch in batches:
        _import_again(session, batch, new)
    _rename_elsewhere(session, ids)
    keep_keys(session, number)
    session.do("delete from account where account_id = $old", ids)
    for name in ("moving", "moved_works", "moved_days", "rekeyed"):
        session.do(f"drop table if exists {name}")


def _batches(session: Session, ids: dict[str, object]) -> Iterator[_Batch]:
    """Yield the imports of works and days of both accounts, in their order."""
    rows = session.rows(
        "select batch_id, kind, fields, captured_at, captured_from from batch "
        "where account_id in ($old, $new) and state = 'done' order by batch_id",
        ids,
    )
    for number, kind, fields, at, source in rows:
        if SOURCES[kind].target in (Target.WORKS, Target.DAYS):
            yield _Batch(number, kind, tuple(json.loads(fields)), at, source)


def _set_aside(session: Session, ids: dict[str, object]) -> None:
    """Take the stored rows of both accounts out of the tables."""
    both = "account_id in ($old, $new)"
    session.do(f"create temp table moved_works as from video_snapshot where {both}", ids)
    session.do(f"create temp table moved_days as from account_day where {both}", ids)
    session.do(
        "create temp table moving as select distinct batch_id from moved_works "
        "union select distinct batch_id from moved_days"
    )
    for table in ("video_snapshot", "account_day", "video_derived"):
        session.do(f"delete from {table} where {both}", ids)


def _import_again(session: Session, batch: _Batch, account: Account) -> None:
    """Import a batch's rows under the new account; rows it has already make the batch the same."""
    values = {"batch": batch.number, "state": str(Status.DONE)}
    target = SOURCES[batch.kind].target
    table = _works(session, values) if target is Target.WORKS else _days(session, batch, values)
    reading = _Again(file="", kind=batch.kind, rows=table.num_rows, table=table)
    answers = Answers(account.name, batch.captured_at, batch.captured_from)
    with staged(session, reading, account.key, batch.captured_at) as staging:
        if staging.same_as(answers):
            values["state"] = str(Status.SAME)
        else:
            append(staging, batch.number)
        fingerprint = staging.fingerprint
    session.do(
        "update batch set state = $state, fingerprint = $fingerprint where batch_id = $batch",
        {**values, "fingerprint": fingerprint},
    )


def _works(session: Session, values: dict[str, object]) -> pa.Table:
    sql = f"select {WORK_COLUMNS} from moved_works where batch_id = $batch order by line"
    return session.arrow(sql, values).read_all()


def _days(session: Session, batch: _Batch, values: dict[str, object]) -> pa.Table:
    """Return stored days as the rows of a daily file, one column a measure."""
    names = [field for field in batch.fields if field != "day"]
    measures = ", ".join(
        f"max(value) filter (where measure = '{name}') as {name}" for name in names
    )
    sql = (
        f"select line, day, {measures} from moved_days where batch_id = $batch "
        "group by line, day order by line"
    )
    return session.arrow(sql, values).read_all()


def _rename_elsewhere(session: Session, ids: dict[str, object]) -> None:
    """Let every other table name the account, and its works by their new keys."""
    session.do(
        "create temp table rekeyed as select distinct m.video as old_video, "
        "coalesce(s.video, v.video) as new_video from moved_works as m "
        "left join video_snapshot as s on s.batch_id = m.batch_id and s.line = m.line "
        "left join video as v on v.account_id = $new and v.published_at = m.published_at "
        "and v.title is not distinct from m.title where new_video is not null",
        ids,
    )
    done = {"account", "batch", "video_derived", "video_snapshot", "account_day", "rekeyed"}
    done |= {"moved_works", "moved_days", "moving"}
    for table, column, _ in list(tables(session)):
        if table in done:
            continue
        if column == "account_id":
            session.do(f"update {table} set account_id = $new where account_id = $old", ids)
        else:
            session.do(
                f"update {table} set video = r.new_video from rekeyed as r "
                f"where {table}.video = r.old_video and r.old_video <> r.new_video"
            )
