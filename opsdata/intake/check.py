"""The receipt of a reading: what it is, what it would change, what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

import pyarrow as pa

from opsdata.errors import Refused
from opsdata.intake import clock, sanity
from opsdata.intake.asking import Ask
from opsdata.intake.private import masked_from
from opsdata.intake.reading import Reading
from opsdata.intake.receipt import Finding, Receipt, Status
from opsdata.intake.staging import Answers, Staging, staged
from opsdata.sources import SOURCES
from opsdata.store import Session, Store

SHOWN_FINDINGS = 1000
"""A receipt lists so many findings; the database keeps all of them."""


def owner(reading: Reading, account: str) -> str:
    """Return the key of an account: its platform and its name there."""
    return f"{SOURCES[str(reading.kind)].platform}:{account}"


def refusal(reading: Reading) -> Receipt:
    """Return the receipt of a file that is not taken."""
    findings = _shown(reading.findings_table()) if reading.findings_file else ()
    return replace(
        _blank(reading),
        status=Status.REFUSED,
        reason=reading.refused,
        values=reading.refused_values or {},
        rejected=reading.rows,
        findings=findings,
    )


def question(reading: Reading, open_: Ask | Refused) -> Receipt:
    """Return the receipt of a table that waits for a person's answer."""
    return replace(
        _blank(reading),
        status=Status.NEEDS_ANSWER,
        reason=open_.code,
        values=open_.values,
    )


def preview(store: Store, reading: Reading, answers: Answers | None) -> Receipt:
    """Return the receipt an import would give, without importing.

    Without answers the rows are counted as if the account were new.
    """
    if reading.refused:
        return refusal(reading)
    if reading.ask:
        return question(reading, reading.ask)
    account = answers.account if answers else ""
    at = answers.captured_at if answers else clock.now()
    work = answers.work if answers else ""
    with (
        store.session() as session,
        staged(session, reading, owner(reading, account), at, work) as staging,
    ):
        receipt = draft(staging, answers)
        if answers is None:
            return replace(receipt, status=Status.NEEDS_ANSWER, reason="which_account")
        known = staging.same_as(answers)
        return already(receipt, known, session) if known else receipt


def draft(staging: Staging, answers: Answers | None) -> Receipt:
    """Return the receipt of staged rows as if all were taken."""
    reading, counts = staging.reading, staging.counts
    extra = sanity.findings(staging, answers)
    findings = sorted([*_shown(reading.findings_table()), *extra], key=lambda found: found.line)
    return replace(
        _blank(reading),
        account=(answers.account or None) if answers else None,
        captured_at=answers.captured_at if answers else None,
        captured_from=answers.captured_from if answers else None,
        new=counts.new,
        changed=counts.changed,
        same=counts.same,
        rejected=counts.rejected,
        restated=counts.restated,
        restated_most=counts.restated_most,
        older=answers is not None and staging.is_older(answers.captured_at),
        moves=staging.moves if counts.changed else (),
        findings=tuple(findings[:SHOWN_FINDINGS]),
    )


def already(receipt: Receipt, batch: int, session: Session) -> Receipt:
    """Return the receipt of rows that an earlier import holds exactly so."""
    file, when = session.rows(
        "select file, imported_at from batch where batch_id = $batch", {"batch": batch}
    )[0]
    return replace(
        receipt,
        status=Status.SAME,
        reason="already_imported",
        values={"batch": batch, "file": PurePath(file).name, "when": f"{when:%Y-%m-%d %H:%M}"},
        new=0,
        changed=0,
        same=receipt.rows - receipt.rejected,
        restated=0,
        restated_most=None,
        older=False,
        moves=(),
    )


def _blank(reading: Reading) -> Receipt:
    return Receipt(
        file=reading.file,
        part=reading.part,
        status=Status.DONE,
        kind=reading.kind,
        encoding=reading.encoding or None,
        rows=reading.rows,
        unknown=reading.unknown,
        fields=reading.fields,
        others=reading.others,
        masked=masked_from(reading.masked),
    )


def _shown(findings: pa.Table) -> tuple[Finding, ...]:
    return tuple(Finding(**row) for row in findings.slice(0, SHOWN_FINDINGS).to_pylist())
