"""The ledger of imports, and an import taken back as if it had never been."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from opsdata.errors import Refused
from opsdata.intake import comment_readings
from opsdata.intake.load import refresh, settle_side
from opsdata.intake.mended import safe_line
from opsdata.intake.private import masked_from
from opsdata.intake.receipt import Finding, Receipt, Status
from opsdata.intake.table import Other
from opsdata.store import Store


@dataclass(frozen=True)
class Entry:
    """One import in the ledger: its receipt, when it was made, and by whom."""

    receipt: Receipt
    imported_at: datetime
    who: str


_FACTS = (
    "video_snapshot", "account_day", "comment", "survey", "question", "response", "answer",
    "audience_share", "video_range", "reported", "finding", "reject",
)  # fmt: skip
"""The tables that hold a batch's rows."""


def undo(store: Store, batch: int) -> Receipt:
    """Take one import back, whatever came after it, and return its receipt.

    The batch stays in the ledger as undone. Refused when there is no such import, or it
    is undone already.
    """
    if entry(store, batch).receipt.status is Status.UNDONE:
        raise Refused("already_undone", batch=batch)
    values = {"batch": batch}
    with store.writing() as session:
        session.do(
            "create or replace temp table gone as "
            "select distinct video from video_snapshot where batch_id = $batch",
            values,
        )
        for table in _FACTS:
            session.do(f"delete from {table} where batch_id = $batch", values)
        comment_readings.forget_gone(session)
        refresh(session, "select video from gone")
        session.do("drop table gone")
        session.do("update batch set state = 'undone' where batch_id = $batch", values)
        session.do(
            "delete from account where account_id not in "
            "(select account_id from batch where state = 'done') "
            "and account_id not in (select account_id from comment) "
            "and account_id not in (select account_id from audience_share) "
            "and account_id not in (select account_id from reported)"
        )
        account = session.one("select account_id from batch where batch_id = $batch", values)
        settle_side(session, str(account))
    return entry(store, batch).receipt


def entry(store: Store, batch: int) -> Entry:
    """Return one import of the ledger with its findings; Refused when there is none."""
    rows = _entries(store, "where b.batch_id = $batch", {"batch": batch})
    if not rows:
        raise Refused("no_such_batch", batch=batch)
    return rows[0]


def ledger(store: Store) -> list[Entry]:
    """Return all imports, the newest first."""
    return _entries(store, "", {})


def _entries(store: Store, where: str, values: dict[str, object]) -> list[Entry]:
    with store.session() as session:
        batches = session.frame(
            "select b.*, coalesce(a.name, regexp_replace(b.account_id, '^[^:]*:', '')) as account "
            f"from batch as b left join account as a on a.account_id = b.account_id {where} "
            "order by b.batch_id desc",
            values,
        )
        findings = session.frame(
            f"select f.* from finding as f inner join batch as b using (batch_id) {where} "
            "order by f.batch_id, f.line",
            values,
        )
    found: dict[int, list[Finding]] = {}
    for row in findings.to_dict("records"):
        found.setdefault(row.pop("batch_id"), []).append(Finding(**row))
    return [_entry(row, found.get(row["batch_id"], [])) for row in batches.to_dict("records")]


def _entry(row: dict[str, Any], findings: list[Finding]) -> Entry:
    most = row["restated_most"]
    receipt = Receipt(
        file=row["file"],
        part=row["part"] if isinstance(row["part"], str) else None,
        status=Status(row["state"]),
        batch=int(row["batch_id"]),
        kind=row["kind"],
        encoding=row["encoding"],
        account=row["account"] or None,
        spelled=row["spelled"] if isinstance(row["spelled"], str) else None,
        captured_at=row["captured_at"].to_pydatetime(),
        captured_from=row["captured_from"],
        rows=int(row["rows"]),
        new=int(row["new"]),
        changed=int(row["changed"]),
        same=int(row["same"]),
        rejected=int(row["rejected"]),
        restated=int(row["restated"]),
        restated_most=None if pd.isna(most) else float(most),
        unknown=tuple(json.loads(row["unknown"])),
        fields=tuple(json.loads(row["fields"])),
        masked=masked_from(json.loads(row["masked"]) if isinstance(row["masked"], str) else None),
        others=tuple(Other(**other) for other in json.loads(row["other"])),
        findings=tuple(findings),
    )
    return Entry(receipt, row["imported_at"].to_pydatetime(), row["who"])


def rejects(store: Store, batch: int) -> bytes:
    """Return the rows of an import that were not taken as a CSV file to mend and send again."""
    about = "select header, encoding from batch where batch_id = $batch"
    header, encoding = store.rows(about, {"batch": batch})[0]
    rows = store.rows(
        "select text from reject where batch_id = $batch order by line", {"batch": batch}
    )
    lines = (safe_line(text, encoding or "") for text in (header, *(row[0] for row in rows)))
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")
