"""What reading a file gives: plain values and Arrow files, so that a process can hand it over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from opsdata.errors import Refused
from opsdata.intake import asked, tables
from opsdata.intake.clean import Cleaned, LinesDoNotAddUp, clean
from opsdata.intake.limits import MEGABYTE, REJECTED_SHARE, Limits
from opsdata.intake.private import Masked
from opsdata.intake.protect import protected
from opsdata.intake.shares import by_account, filled
from opsdata.intake.table import Other, Table
from opsdata.sources.model import PEOPLE, Match, Target, tidy
from opsdata.store import Session, SqlError

MOMENTS = ("published_at", "day", "commented_at", "submitted_at")
"""The fields that say when a row's thing happened; a source has one of them or none."""

_IN_NAME = re.compile(
    r"(20\d\d)[-_.年]?(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01])日?"
    r"(?:[-_ T]?([01]\d|2[0-3])[-:]?([0-5]\d)[-:]?([0-5]\d))?"
)


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
    found = tables.find(path, folder, limits)
    stamp = in_name(name)
    stamps = {"name": stamp} if stamp else {}
    readings = []
    for number, one in enumerate(found):
        told = stamps | one.stamps
        try:
            readings += _either(one, name, told, folder, number, session, limits)
        except Refused as refusal:
            if one.part is None:
                raise
            readings.append(replace(refused(name, refusal), part=one.part))
    return readings


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
    if match is None or not match.complete:
        raise _unrecognised(table)
    questions: dict[str, str] = {}
    masked = Masked()
    if match.source.target is Target.SURVEYS:
        match = asked.widened(match, table.header.names)
    newest = max(stamps.values(), default=None)
    cleaned = clean(table, match, session, newest.date() if newest else None)
    if match.source.target is Target.SURVEYS:
        cleaned, questions = _asked(cleaned, table, match)
    else:
        _refuse_doubt(table, match, session)
    if match.source.target in PEOPLE:
        cleaned, masked = protected(cleaned, table, match)
    rejected = cleaned.rejects.num_rows
    rows = cleaned.rows.num_rows + rejected
    if limits.rows is not None and rows > limits.rows:
        raise Refused("too_many_rows", limit=limits.rows)
    code, values = _verdict(rejected, rows)
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
    first, last = _range(cleaned.rows)
    names = table.header.names
    rejected = cleaned.rejects.num_rows
    fields = [c.field for c in match.columns.values() if not asked.is_question(c.field)]
    return Reading(
        file=facts.name,
        part=table.part,
        kind=match.source.key,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header=names,
        header_line=table.header_line,
        unknown=_unused(names, match, facts.masked),
        fields=tuple(field for field in fields if field != "account"),
        accounts=_named_accounts(cleaned.rows),
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


def _refuse_doubt(table: Table, match: Match, session: Session) -> None:
    """Refuse a table of which two columns have one name and different content."""
    first = {tidy(table.header.names[cell]): cell for cell in match.columns}
    for cell in match.twice:
        other = first.get(tidy(table.header.names[cell]))
        differs = f"select count(*) from {table.relation} where c{cell} is distinct from c{other}"
        if other is not None and session.rows(differs)[0][0]:
            raise Refused("column_twice", header=table.header.names[cell])


def _asked(cleaned: Cleaned, table: Table, match: Match) -> tuple[Cleaned, dict[str, str]]:
    """Return a survey's rows and its questions, a second header row taken out."""
    questions = asked.titles(match)
    if not match.source.two_headers:
        return cleaned, questions
    below = table.header_line + 1
    rows, questions, others = asked.second_header(cleaned.rows, questions, below)
    return replace(cleaned, rows=rows, others=(*cleaned.others, *others)), questions


def _unused(names: Sequence[str], match: Match, masked: Masked) -> tuple[str, ...]:
    """Return the headers that nothing takes and nobody knows."""
    known = {*map(tidy, match.source.aside), *map(tidy, masked.columns)}
    return tuple(
        name
        for at, name in enumerate(names)
        if at not in match.columns and name.strip() and tidy(name) not in known
    )


def _named_accounts(rows: pa.Table) -> tuple[str, ...]:
    """Return the accounts that rows name."""
    if "account" not in rows.column_names:
        return ()
    return tuple(rows.column("account").drop_null().unique().to_pylist())


def _unrecognised(table: Table) -> Refused:
    """Return the refusal of a table that is no known export, naming what comes nearest."""
    match = table.header.match
    header = "、".join(name for name in table.header.names if name.strip())[:200]
    if match is None:
        return Refused("unknown_table", header=header)
    lacks = "、".join(column.headers[0] for column in match.missing)
    if not lacks:
        return Refused("unknown_table", header=header)
    return Refused("lacks_column", source=match.source.key, lacks=lacks, header=header)


def _verdict(rejected: int, rows: int) -> tuple[str | None, dict[str, Any] | None]:
    """Return the refusal of a table that is empty or too damaged, else nothing."""
    if rows == 0:
        return "no_rows", {}
    if rejected > rows * REJECTED_SHARE:
        share = round(100 * REJECTED_SHARE)
        return "too_damaged", {"rejected": rejected, "rows": rows, "limit": share}
    return None, None


def _range(rows: pa.Table) -> tuple[datetime | None, datetime | None]:
    """Return the first and last time or day of the rows."""
    name = next((name for name in MOMENTS if name in rows.column_names), None)
    if name is None:
        return None, None
    ends = pc.min_max(rows.column(name)).as_py()
    if ends["min"] is None:
        return None, None
    moments = [
        value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        for value in (ends["min"], ends["max"])
    ]
    return moments[0], moments[1]


def in_name(name: str) -> datetime | None:
    """Return the last date in a file name, at noon unless the time stands there too.

    >>> in_name("作品列表导出-20260413.xlsx"), in_name("抖音-数据-20260413-093005.xlsx")
    (datetime.datetime(2026, 4, 13, 12, 0), datetime.datetime(2026, 4, 13, 9, 30, 5))
    >>> in_name("作品列表导出 (1).xlsx") is None
    True
    """
    for found in reversed(list(_IN_NAME.finditer(name))):
        year, month, day, hour, minute, second = found.groups()
        try:
            return datetime(
                int(year), int(month), int(day), int(hour or 12), int(minute or 0), int(second or 0)
            )
        except ValueError:
            continue
    return None


def _save(table: pa.Table, path: Path) -> str:
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return str(path)


def _open(path: str) -> pa.Table:
    with pa.memory_map(path) as source:
        return pa.ipc.open_file(source).read_all()


_TIMES = ("first", "last")


def to_json(reading: Reading) -> dict[str, Any]:
    """Return a Reading as JSON values."""
    plain = asdict(reading)
    for key in _TIMES:
        plain[key] = plain[key].isoformat() if plain[key] else None
    plain["stamps"] = {what: stamp.isoformat() for what, stamp in reading.stamps.items()}
    return plain


def from_json(plain: dict[str, Any]) -> Reading:
    """Return the Reading that ``to_json`` wrote."""
    times = {key: datetime.fromisoformat(plain[key]) if plain[key] else None for key in _TIMES}
    lists = {key: tuple(plain[key]) for key in ("header", "unknown", "fields", "accounts")}
    stamps = {what: datetime.fromisoformat(stamp) for what, stamp in plain["stamps"].items()}
    others = tuple(Other(**other) for other in plain["others"])
    return Reading(**{**plain, **times, **lists, "stamps": stamps, "others": others})
