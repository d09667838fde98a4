"""What the importer sees in a file, told without importing: also for tables nobody knows."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from opsdata.errors import Refused
from opsdata.intake import tables, text
from opsdata.intake.clean import clean
from opsdata.intake.dates import Ambiguous
from opsdata.intake.facts import titled
from opsdata.intake.findings import damage_findings
from opsdata.intake.limits import COMMAND_LINE
from opsdata.intake.sniff import FileKind, file_kind
from opsdata.intake.table import Other, Table, closing
from opsdata.sources.plan import PLAN, is_plan
from opsdata.store import Session


@dataclass(frozen=True)
class Seen:
    """One table of a file as the importer sees it."""

    kind: FileKind
    table: Table
    others: tuple[Other, ...]
    findings: pa.Table

    @property
    def source(self) -> str | None:
        """The key of the export it is, None when it is not known."""
        match = self.table.header.match
        if match is not None and match.complete:
            return match.source.key
        return PLAN.key if is_plan(self.table.header.names) else None

    @property
    def rows(self) -> pa.Table:
        """The rows of data that could be split into cells."""
        assert self.table.cells is not None
        return self.table.cells.filter(pa.array(self._is_row()))

    def _is_row(self) -> np.ndarray:
        named = [other.line for other in self.others]
        assert self.table.lines is not None
        kept: np.ndarray = ~np.isin(self.table.lines, named)
        return kept

    def as_csv(self) -> str:
        """Return the header and the rows, every cell as it stands in the file."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.table.header.names)
        for batch in self.rows.to_batches():
            columns = [column.to_pylist() for column in batch.columns]
            writer.writerows(
                ["" if cell is None else cell for cell in row] for row in zip(*columns, strict=True)
            )
        return out.getvalue()


def look(path: Path, folder: Path, session: Session) -> list[Seen | Refused]:
    """Return the tables of a file, each as it is seen or with why it is not.

    Refused when there is none at all. ``folder`` and ``session`` are for the work on it.
    """
    kind = file_kind(path)
    try:
        found = tables.find(path, folder, COMMAND_LINE)
    except Refused as refusal:
        if refusal.code != "no_table" or kind is not FileKind.TEXT:
            raise
        return [_unknown(kind, text.by_line(text.single(path, folder)))]
    seen: list[Seen | Refused] = []
    for one in found:
        seen += _looked(kind, one, session)
    if all(isinstance(one, Refused) for one in seen):
        raise next(one for one in seen if isinstance(one, Refused))
    return seen


def _looked(kind: FileKind, found: tables.Found, session: Session) -> list[Seen | Refused]:
    """Return a table as it is seen, or each of those that stand one below the other in it."""
    try:
        return [_seen(kind, found.careful(), session)]
    except Refused as refusal:
        stacked = tables.pieces(found) if refusal.code == "stacked_tables" else []
        return [seen for one in stacked for seen in _looked(kind, one, session)] or [refusal]


def _seen(kind: FileKind, table: Table, session: Session) -> Seen:
    match = table.header.match
    if match is None or not match.complete:
        return _unknown(kind, table)
    try:
        cleaned = clean(table, titled(match, table), session)
    except Ambiguous:
        return _unknown(kind, table)
    return Seen(kind, table, cleaned.others, cleaned.findings)


def _unknown(kind: FileKind, table: Table) -> Seen:
    """Return an unknown table; only the first and the last row can be taken for totals."""
    assert table.cells is not None
    assert table.lines is not None
    others = list(table.others)
    for at in sorted({0, table.cells.num_rows - 1} & set(range(table.cells.num_rows))):
        cells = list(table.cells.slice(at, 1).to_pylist()[0].values())
        what = closing(cells[:1] if str(cells[0] or "").strip() else cells, table.header)
        if what in ("total", "average", "footer"):
            others.append(Other(int(table.lines[at]), what))
    others.sort(key=lambda other: other.line)
    return Seen(kind, table, tuple(others), damage_findings(table))
