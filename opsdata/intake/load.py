"""A reading into the database: one transaction, and a receipt that says what it did."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake import check, clock, comment_readings, of_account, ranges, sanity
from opsdata.intake.findings import csv_line
from opsdata.intake.naming import stored
from opsdata.intake.reading import Reading
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.stage_comments import keep_key
from opsdata.intake.staging import WORK_COLUMNS, Answers, Staging, staged
from opsdata.sources import SOURCES
from opsdata.sources.model import Target
from opsdata.store import Session, Store, sql_file


@dataclass(frozen=True)
class Origin:
    """Who brought a file, and the hash of its bytes."""

    who: str
    bytes_sha: str


class _Known(Exception):
    """The rows are in the database already; the transaction is given up."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__()
        self.receipt = receipt


def commit(store: Store, reading: Reading, answers: Answers, origin: Origin) -> Receipt:
    """Import a reading and return its receipt; nothing is written when it is known or refused."""
    if reading.refused:
        return check.refusal(reading)
    try:
        with store.writing() as session:
            return write(session, reading, answers, origin)
    except _Known as known:
        return known.receipt


def write(session: Session, reading: Reading, answers: Answers, origin: Origin) -> Receipt:
    """Write a reading inside an open transaction, and return its receipt."""
    account_id = check.owner(reading, answers.account)
    if SOURCES[str(reading.kind)].target is Target.COMMENTS:
        keep_key(session)
    with staged(session, reading, account_id, answers.captured_at, answers.work) as staging:
        receipt = check.draft(staging, answers)
        known = staging.same_as(answers)
        if known:
            raise _Known(check.already(receipt, known, session))
        batch = session.new_key("batch", "batch_id")
        receipt = replace(receipt, batch=batch, status=Status.DONE)
        _write_account(staging, answers)
        _write_batch(staging, receipt, origin, None if staging.shape else answers.own)
        settle_side(session, staging.account_id)
        _write_findings(staging, batch, answers)
        append(staging, batch)
        if staging.target is Target.COMMENTS:
            comment_readings.read_new(session)
    return receipt


def append(staging: Staging, batch: int) -> None:
    """Write staged rows as those of a batch."""
    if staging.shape:
        staging.shape.write(staging.session, batch)
    elif staging.target is Target.WORKS:
        _write_works(staging, batch)
    else:
        _write_days(staging, batch)


def _write_account(staging: Staging, answers: Answers) -> None:
    """Write the accounts that are new: those the rows name, else the one that was named."""
    if not SOURCES[str(staging.reading.kind)].asks_account:
        return
    platform = SOURCES[str(staging.reading.kind)].platform
    for name in staging.reading.accounts or (answers.account,):
        _write_one_account(staging, stored(staging.session, platform, name), answers.own)


def _write_one_account(staging: Staging, name: str, own: bool) -> None:
    staging.session.do(
        "insert into account select $id, $platform, $name, $own "
        "where not exists (select 1 from account where account_id = $id)",
        {
            "id": check.owner(staging.reading, name),
            "platform": SOURCES[str(staging.reading.kind)].platform,
            "name": name,
            "own": own,
        },
    )


def settle_side(session: Session, account_id: str) -> None:
    """Make an account own while any import of it says so; a competitor's list alone does not.

    What the team chose in the settings goes before what imports say.
    """
    session.do(
        "update account set own = coalesce("
        "(select value = 'own' from setting where key = 'side:' || $id), "
        "said.own, case when said.listed then false end, account.own) "
        "from (select (select bool_or(own) from batch where account_id = $id and state = 'done') "
        "as own, exists (select 1 from reported where account_id = $id and topic = 'account') "
        "as listed) as said where account_id = $id",
        {"id": account_id},
    )


def _write_batch(staging: Staging, receipt: Receipt, origin: Origin, own: bool | None) -> None:
    """Write the ledger's row; comments and audience tables do not say whose side one is on."""
    row: dict[str, object] = {
        "batch_id": receipt.batch,
        "kind": receipt.kind,
        "file": receipt.file,
        "part": receipt.part,
        "account_id": staging.account_id,
        "own": own,
        "captured_at": receipt.captured_at,
        "captured_from": receipt.captured_from,
        "imported_at": clock.now(),
        "who": origin.who,
        "bytes_sha": origin.bytes_sha,
        "encoding": receipt.encoding,
        "header": csv_line(staging.reading.header),
        "fields": json.dumps(receipt.fields),
        "unknown": json.dumps(receipt.unknown, ensure_ascii=False),
        "fingerprint": staging.fingerprint,
        "rows": receipt.rows,
        "new": receipt.new,
        "changed": receipt.changed,
        "same": receipt.same,
        "rejected": receipt.rejected,
        "restated": receipt.restated,
        "restated_most": receipt.restated_most,
        "masked": json.dumps(receipt.masked.as_json(), ensure_ascii=False),
        "other": json.dumps([asdict(other) for other in receipt.others]),
        "state": str(Status.DONE),
    }
    names = ", ".join(f"${name}" for name in row)
    staging.session.do(f"insert into batch ({', '.join(row)}) values ({names})", row)


def _write_findings(staging: Staging, batch: int, answers: Answers) -> None:
    """Write all findings, also those the receipt does not list, and the rows not taken."""
    rejects = staging.reading.rejects_table()
    if rejects.num_rows:
        staging.session.lend("rejects", rejects)
        staging.session.do(
            "insert into reject select $batch, line, text from rejects", {"batch": batch}
        )
        staging.session.take_back("rejects")
    for line, text in _contradicting(staging):
        staging.session.do(
            "insert into reject values ($batch, $line, $text)",
            {"batch": batch, "line": line, "text": text},
        )
    found = staging.reading.findings_table()
    extra = sanity.findings(staging, answers)
    more = pa.Table.from_pylist([asdict(finding) for finding in extra], found.schema)
    if found.num_rows + more.num_rows == 0:
        return
    staging.session.lend("found", pa.concat_tables([found, more]))
    staging.session.do(
        "insert into finding select $batch, line, header, value, rule from found", {"batch": batch}
    )
    staging.session.take_back("found")


def _contradicting(staging: Staging) -> Iterator[tuple[int, str]]:
    """Yield the rows that contradict an earlier one of the same work or day, as CSV."""
    reading = staging.reading
    lines = [line for line, verdict in staging.counts.twins if verdict == "conflict"]
    if not lines:
        return
    rows = reading.rows_table()
    fields = dict(zip(reading.places, reading.fields, strict=True))
    for row in rows.filter(pc.is_in(rows.column("line"), pa.array(lines))).to_pylist():
        cells = [row.get(fields[at]) if at in fields else None for at in range(len(reading.header))]
        yield row["line"], csv_line(["" if cell is None else str(cell) for cell in cells])


def _write_works(staging: Staging, batch: int) -> None:
    """Append the snapshots, then bring what is known of their works up to date."""
    session = staging.session
    session.do(
        f"insert into video_snapshot by name select cast($batch as integer) as batch_id, video, "
        f"account_id, captured_at, {WORK_COLUMNS} from staged, here where copy = 1",
        {"batch": batch},
    )
    if staging.ranged:
        ranges.write(session, batch)
    of_account.write(session, staging.reading.rows_table(), batch)
    if staging.all_new:
        session.do("update batch set alone = true where batch_id = $batch", {"batch": batch})
    else:
        refresh(session, "select video from staged")


def refresh(session: Session, touched: str) -> None:
    """Derive what is known now of some works again; ``touched`` is SQL that selects them."""
    session.do(f"create or replace temp table touched as select distinct video from ({touched})")
    session.do(sql_file("no_longer_alone"))
    session.do("delete from video_derived where video in (select video from touched)")
    session.do(sql_file("current_videos"))
    session.do("drop table touched")


def _write_days(staging: Staging, batch: int) -> None:
    staging.session.do(
        "insert into account_day by name select cast($batch as integer) as batch_id, line, "
        "account_id, day, measure, value, captured_at from staged, here where copy = 1",
        {"batch": batch},
    )
