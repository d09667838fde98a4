"""What reading a file gives: plain values and Arrow files, so that a process can hand it over."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from opsdata.errors import Refused
from opsdata.intake import asking, tables
from opsdata.intake.asking import Ask
from opsdata.intake.clean import Cleaned, LinesDoNotAddUp, clean
from opsdata.intake.dates import Ambiguous
from opsdata.intake.limits import MEGABYTE, REJECTED_SHARE, Limits
from opsdata.intake.shares import by_account
from opsdata.intake.table import Other, Table
from opsdata.sources.model import Match
from opsdata.store import Session, SqlError

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
        return [_open_question(table, name, stamps, asking.which_columns(table, session))]
    newest = max(stamps.values(), default=None)
    try:
        cleaned = clean(table, match, session, newest.date() if newest else None)
    except Ambiguous as found:
        ask = asking.which_order(table, match, found, session)
        return [_open_question(table, name, stamps, ask)]
    twins = asking.twins(table, match, session)
    if twins:
        ask = asking.which_twin(table, match, twins, session)
        return [_open_question(table, name, stamps, ask)]
    rejected = cleaned.rejects.num_rows
    rows = cleaned.rows.num_rows + rejected
    if limits.rows is not None and rows > limits.rows:
        raise Refused("too_many_rows", limit=limits.rows)
    code, values = _verdict(rejected, rows)
    if code:
        whole = _reading(table, match, cleaned, folder / f"{number}", name, stamps)
        return [replace(whole, refused=code, refused_values=values, rejected=rows)]
    return [
        replace(
            _reading(table, match, share, folder / f"{number}-{at}", name, stamps),
            account=account,
            part=_part(table.part, account, len(shares)),
        )
        for shares in [by_account(cleaned)]
        for at, (account, share) in enumerate(shares)
    ]


def _part(sheet: str | None, account: str | None, shares: int) -> str | None:
    """Return what names one share of a file: its sheet, and its account when there are several."""
    named = [sheet, account if shares > 1 else None]
    return " · ".join(text for text in named if text) or None


def _reading(
    table: Table,
    match: Match,
    cleaned: Cleaned,
    stem: Path,
    name: str,
    stamps: dict[str, datetime],
) -> Reading:
    first, last = _range(cleaned.rows)
    told = {at: column for at, column in match.columns.items() if column.field != "account"}
    names = table.header.names
    rejected = cleaned.rejects.num_rows
    return Reading(
        file=name,
        part=table.part,
        kind=match.source.key,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header=names,
        header_line=table.header_line,
        unknown=tuple(h for i, h in enumerate(names) if i not in match.columns and h.strip()),
        fields=tuple(column.field for column in told.values()),
        places=tuple(told),
        rows=cleaned.rows.num_rows + rejected,
        rejected=rejected,
        others=cleaned.others,
        first=first,
        last=last,
        stamps=stamps,
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
    name = "published_at" if "published_at" in rows.column_names else "day"
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
    lists = {key: tuple(plain[key]) for key in ("header", "unknown", "fields", "places")}
    stamps = {what: datetime.fromisoformat(stamp) for what, stamp in plain["stamps"].items()}
    others = tuple(Other(**other) for other in plain["others"])
    ask = asking.from_json(plain["ask"]) if plain["ask"] else None
    told = {"stamps": stamps, "others": others, "ask": ask}
    return Reading(**{**plain, **times, **lists, **told})
