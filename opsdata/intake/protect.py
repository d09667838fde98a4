"""What a table of people's words may keep of them: masked texts, and no column about who.

This happens while a file is read, before anything else sees its rows.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake.asked import is_question
from opsdata.intake.clean import Cleaned
from opsdata.intake.findings import REJECTS, csv_line
from opsdata.intake.private import MASK, Masked, mask_column
from opsdata.intake.table import Table
from opsdata.sources.model import Match, Target
from opsdata.sources.personal import is_personal

_WHO = frozenset({"author", "nickname"})
"""Fields read only to be hashed when they are stored."""

_IDS = frozenset({"comment", "work", "parent", "number", "account"})
"""Fields that name things, not people; their digits are no phone numbers."""

_NOTHING = re.compile(
    r"\s*(?:[(（{]?(?:空|跳过)[)）}]?|无|没有|暂无|不用|不需要|no|none|n/a)?[。.!！]*\s*", re.I
)
_ENOUGH = 3
"""So many contacts make a column of contacts; fewer are answers in which somebody left one."""


def protected(cleaned: Cleaned, table: Table, match: Match) -> tuple[Cleaned, Masked]:
    """Return what was read with the personal data masked, and how much that was.

    A question whose answers are mostly contacts is dropped whole, whatever it is called:
    the names beside them show no form that could be masked.
    """
    rows, seen = _masked_rows(cleaned.rows, match.source.target is Target.COMMENTS)
    dropped = _dropped(table.header.names, match, rows)
    names = [table.header.names[at] for at in dropped]
    safe = replace(
        cleaned,
        rows=rows,
        findings=_findings(cleaned.findings, set(names)),
        rejects=_rejects(cleaned.rejects, dropped, {d.line for d in table.damaged}),
    )
    return safe, Masked(dict(seen), tuple(name for name in names if name.strip()))


def _masked_rows(rows: pa.Table, mentions: bool) -> tuple[pa.Table, Counter[str]]:
    """Return rows with their free texts masked, and how much that was."""
    seen: Counter[str] = Counter()
    for name in rows.column_names:
        if pa.types.is_string(rows.column(name).type) and name not in _IDS | _WHO:
            before = rows.column(name)
            texts, kinds = mask_column(before, mentions)
            at = rows.schema.get_field_index(name)
            if is_question(name) and _are_contacts(before, texts):
                rows = rows.remove_column(at)
                continue
            rows = rows.set_column(at, name, texts)
            seen += kinds
    return rows, seen


def _are_contacts(before: pa.ChunkedArray, after: pa.ChunkedArray) -> bool:
    """Whether most answers to a question held something to reach a person by."""
    if before is after:
        return False
    said = [text for text in before.to_pylist() if text and not _NOTHING.fullmatch(text)]
    masked = pc.sum(pc.not_equal(before, after)).as_py() or 0
    return masked >= _ENOUGH and masked * 2 > len(said)


def _dropped(names: Sequence[str], match: Match, rows: pa.Table) -> list[int]:
    """Return the columns that say who somebody is and are not stored as they stand."""
    taken = {at: column.field for at, column in match.columns.items()}
    gone = {field for field in taken.values() if is_question(field)} - {*rows.column_names}
    return [
        at
        for at, name in enumerate(names)
        if (taken[at] in _WHO | gone if at in taken else is_personal(name))
    ]


def _findings(findings: pa.Table, dropped: Iterable[str]) -> pa.Table:
    """Return findings that quote no personal data; those of damaged rows quote nothing."""
    masked, _ = mask_column(findings.column("value"), mentions=True)
    hidden = {"", *dropped}
    values = [
        MASK if header in hidden else value
        for header, value in zip(
            findings.column("header").to_pylist(), masked.to_pylist(), strict=True
        )
    ]
    at = findings.column_names.index("value")
    return findings.set_column(at, "value", pa.array(values, pa.string()))


def _rejects(rejects: pa.Table, dropped: Sequence[int], damaged: set[int]) -> pa.Table:
    """Return rows not taken without who they are from; of a damaged row nothing is sure."""
    lines = rejects.column("line").to_pylist()
    texts = rejects.column("text").to_pylist()
    kept = [
        MASK if line in damaged else _without(text, dropped)
        for line, text in zip(lines, texts, strict=True)
    ]
    column = pa.chunked_array([pa.array(kept, pa.string())])
    masked, _ = mask_column(column, mentions=True)
    return pa.table({"line": rejects.column("line"), "text": masked}).cast(REJECTS)


def _without(text: str, dropped: Sequence[int]) -> str:
    """Return a line of CSV with some of its cells left blank."""
    cells = next(csv.reader([text], strict=False), [])
    return csv_line(["" if at in dropped else cell for at, cell in enumerate(cells)])
