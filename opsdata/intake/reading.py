"""What reading a file gives: plain values and Arrow files, so that a process can hand it over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pyarrow as pa

from opsdata.errors import Refused
from opsdata.intake import asked, asking, tables
from opsdata.intake.asking import Ask
from opsdata.intake.clean import Cleaned, LinesDoNotAddUp, clean
from opsdata.intake.dates import Ambiguous
from opsdata.intake.facts import (
    in_name,
    named_accounts,
    questions_of,
    range_of,
    titled,
    unused,
    verdict,
)
from opsdata.intake.limits import MEGABYTE, Limits
from opsdata.intake.private import Masked
from opsdata.intake.protect import protected
from opsdata.intake.shares import by_account, filled
from opsdata.intake.table import Other, Table
from opsdata.sources.model import PEOPLE, Match, Target
from opsdata.store import Session, SqlError


@dataclass(frozen=True)
class Reading:
    """One table of a file, read and cleaned, not yet in the database."""

    file: str
    part: str | None = None
    kind: str | None = None
    account: str | None = None
    """Whose rows these are, where the file says it."""
    encoding: str = ""
    delimiter: str | None = None
    header: tuple[str, ...] = ()
    header_line: int = 0
    unknown: tuple[str, ...] = ()
    """Headers that no field takes."""
    fields: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    """The accounts that the rows name."""
    questions: dict[str, str] = field(default_factory=dict)
    """What each column of a survey asks, by its field."""
    masked: dict[str, Any] = field(default_factory=dict)
    """The personal data that were left out, as ``Masked.as_json`` has it."""
    rows: int = 0
    rejected: int = 0
    others: tuple[Other, ...] = ()
    first: datetime | None = None
    last: datetime | None = None
    stamps: dict[str, datetime] = field(default_factory=dict)
    """When the file may have been exported, by where that stands: name, created, modified."""
    rows_file: str = ""
    findings_file: str = ""
    rejects_file: str = ""
    places: tuple[int, ...] = ()
    """Where each of the fields stands in the header."""
    ask: Ask | None = None
    """What a person must say before the table can be read."""
    refused: str | None = None
    refused_values: dict[str, Any] | None = None

    def rows_table(self) -> pa.Table:
        """Return the cleaned rows, straight from disk."""
        return _open(self.rows_file)

    def findings_table(self) -> pa.Table:
        """Return the findings: line, header, value, rule."""
        return _open(self.findings_file)

    def rejects_table(self) -> pa.Table:
        """Return the rows that were not taken: line, text."""
        return _open(self.rejects_file)


def read(path: Path, name: str, folder: Path, limits: Limits, session: Session) -> list[Reading]:
    """Return the tables of a file, one Reading each, never raising for what is in the file.

    ``folder`` receives the Arrow files; ``session`` is a scratch database that can read
    both folders. A file that cannot be read at all gives one Reading that says why.
    """
    try:
        return _tables(path, name, folder, limits, session)
    except Refused as refusal:
        return [refused(name, refusal)]


def refused(name: str, refusal: Refused) -> Reading:
    """Return the Reading of a file that is not taken."""
    return Reading(file=name, refused=refusal.code, refused_values=refusal.values)


def _tables(path: Path, name: str, folder: Path, limits: Limits, session: Session) -> list[Reading]:
    if limits.file_bytes is not None and path.stat().st_size > limits.file_bytes:
        raise Refused("too_large", limit=limits.file_bytes // MEGABYTE)
    stamp = in_name(name)
    stamps = {"name": stamp} if stamp else {}
    readings: list[Reading] = []
    left = tables.find(path, folder, limits)
    for number in count():
        if not left:
            return readings
        one, left = left[0], left[1:]
        try:
            readings += _either(one, name, stamps | one.stamps, folder, number, session, limits)
        except Refused as refusal:
            stacked = tables.pieces(one) if refusal.code == "stacked_tables" else []
            if not stacked and one.part is None:
                raise
            left = stacked + left
            if not stacked:
                readings.append(replace(refused(name, refusal), part=one.part))
    raise AssertionError


def _either(
    found: tables.Found,
    name: str,
    stamps: dict[str, datetime],
    folder: Path,
    number: int,
    session: Session,
    limits: Limits,
) -> list[Reading]:
    """Return the readings of a table by the fast way if its rows add up, else by the careful."""
    if found.quick is not None:
        try:
            return _readings(found.quick(), name, stamps, folder, number, session, limits)
        except (LinesDoNotAddUp, SqlError):
            pass
    return _readings(found.careful(), name, stamps, folder, number, session, limits)


def _readings(
    table: Table,
    name: str,
    stamps: dict[str, datetime],
    folder: Path,
    number: int,
    session: Session,
    limits: Limits,
) -> list[Reading]:
    """Return a table as one Reading, or as one for each account that its rows name."""
    match = table.header.match
    if table.stranger:
        return [_stranger(table, name)]
    if match is None or not match.complete:
        return [_open_question(table, name, stamps, asking.which_columns(table, session))]
    questions: dict[str, str] = {}
    masked = Masked()
    if match.source.target is Target.SURVEYS:
        match = asked.widened(match, table.header.names)
    match = titled(match, table)
    newest = max(stamps.values(), default=None)
    try:
        cleaned = clean(table, match, session, newest.date() if newest else None)
    except Ambiguous as order:
        ask = asking.which_order(table, match, order, session)
        return [_open_question(table, name, stamps, ask)]
    if match.source.target is Target.SURVEYS:
        cleaned, questions = questions_of(cleaned, table, match)
    elif twins := asking.twins(table, match, session):
        ask = asking.which_twin(table, match, twins, session)
        return [_open_question(table, name, stamps, ask)]
    if match.source.target in PEOPLE:
        cleaned, masked = protected(cleaned, table, match)
    rejected = cleaned.rejects.num_rows
    rows = cleaned.rows.num_rows + rejected
    if limits.rows is not None and rows > limits.rows:
        raise Refused("too_many_rows", limit=limits.rows)
    code, values = verdict(rejected, rows)
    facts = _Facts(table, match, name, stamps, questions, masked)
    if code:
        whole = _reading(facts, cleaned, folder / f"{number}")
        return [replace(whole, refused=code, refused_values=values, rejected=rows)]
    of_works = match.source.target in (Target.WORKS, Target.DAYS)
    shares = by_account(cleaned) if of_works else [(None, filled(cleaned))]
    return [
        replace(
            _reading(facts, share, folder / f"{number}-{at}"),
            account=account,
            part=_part(table.part, account, len(shares)),
        )
        for at, (account, share) in enumerate(shares)
    ]


def _part(sheet: str | None, account: str | None, shares: int) -> str | None:
    """Return what names one share of a file: its sheet, and its account when there are several."""
    named = [sheet, account if shares > 1 else None]
    return " · ".join(text for text in named if text) or None


@dataclass(frozen=True)
class _Facts:
    """What all shares of one table have in common."""

    table: Table
    match: Match
    name: str
    stamps: dict[str, datetime]
    questions: dict[str, str]
    masked: Masked


def _reading(facts: _Facts, cleaned: Cleaned, stem: Path) -> Reading:
    table, match = facts.table, facts.match
    first, last = range_of(cleaned.rows)
    names = table.header.names
    rejected = cleaned.rejects.num_rows
    told = {
        at: column.field
        for at, column in match.columns.items()
        if column.field != "account" and not asked.is_question(column.field)
    }
    return Reading(
        file=facts.name,
        part=table.part,
        kind=match.source.key,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header=names,
        header_line=table.header_line,
        unknown=unused(names, match, facts.masked),
        fields=tuple(told.values()),
        places=tuple(told),
        accounts=named_accounts(cleaned.rows),
        questions=facts.questions,
        masked=facts.masked.as_json(),
        rows=cleaned.rows.num_rows + rejected,
        rejected=rejected,
        others=cleaned.others,
        first=first,
        last=last,
        stamps=facts.stamps,
        rows_file=_save(cleaned.rows, stem.with_name(f"rows{stem.name}.arrow")),
        findings_file=_save(cleaned.findings, stem.with_name(f"findings{stem.name}.arrow")),
        rejects_file=_save(cleaned.rejects, stem.with_name(f"rejects{stem.name}.arrow")),
    )


def _open_question(table: Table, name: str, stamps: dict[str, datetime], ask: Ask) -> Reading:
    """Return the Reading of a table that waits for a person to explain it."""
    return Reading(
        file=name,
        part=table.part,
        encoding=table.encoding,
        header=table.header.names,
        header_line=table.header_line,
        stamps=stamps,
        ask=ask,
    )


def _stranger(table: Table, name: str) -> Reading:
    """Return the Reading of a table that stands beside known ones and is none: only its name."""
    assert table.lines is not None
    assert table.cells is not None
    full = [
        any(str(cell or "").strip() for cell in row.values()) for row in table.cells.to_pylist()
    ]
    blanks = [
        Other(line, "blank") for line, f in zip(table.lines.tolist(), full, strict=True) if not f
    ]
    names = "、".join(text for text in table.header.names if text.strip())
    rows = sum(full) + len(table.damaged)
    return replace(
        refused(name, Refused("unknown_table", header=names[:200])),
        part=table.part,
        encoding=table.encoding,
        header=table.header.names,
        header_line=table.header_line,
        rows=rows,
        rejected=rows,
        others=(*table.others, *blanks),
    )


def _save(table: pa.Table, path: Path) -> str:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return str(path)


def _open(path: str) -> pa.Table:
    with pa.memory_map(path) as source:
        return pa.ipc.open_file(source).read_all()
