"""What reading a file gives: plain values and Arrow files, so that a process can hand it over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from opsdata.errors import Refused
from opsdata.intake import asking
from opsdata.intake.asking import Ask
from opsdata.intake.encodings import Undecided
from opsdata.intake.table import Other, Table

_GROUP = 122_880
"""Rows that the database stores together; pieces of just so many it takes in side by side."""


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
    spare: Ask | None = None
    """What a person may say besides: what a column without a name is."""
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


def refused(name: str, refusal: Refused) -> Reading:
    """Return the Reading of a file that is not taken."""
    return Reading(file=name, refused=refusal.code, refused_values=refusal.values)


def unread(name: str, refusal: Refused) -> Reading:
    """Return the Reading of a file that is not read: refused, or with a question first."""
    if isinstance(refusal, Undecided):
        ask = asking.which_encoding(refusal)
        return Reading(file=name, header=ask.sketch.header, ask=ask)
    return refused(name, refusal)


def open_question(table: Table, name: str, stamps: dict[str, datetime], ask: Ask) -> Reading:
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


def stranger(table: Table, name: str) -> Reading:
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


def save(table: pa.Table, path: Path) -> str:
    """Write a table as an Arrow file and return its path."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        for at in range(0, table.num_rows, _GROUP):
            writer.write_table(table.slice(at, _GROUP).combine_chunks())
    return str(path)


def _open(path: str) -> pa.Table:
    with pa.memory_map(path) as source:
        return pa.ipc.open_file(source).read_all()
