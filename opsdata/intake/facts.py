"""What a cleaned table tells of itself: its time, its accounts, its questions, what is unused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from opsdata.errors import Refused
from opsdata.intake import asked
from opsdata.intake.clean import Cleaned
from opsdata.intake.limits import REJECTED_SHARE
from opsdata.intake.private import Masked
from opsdata.intake.table import Table
from opsdata.sources.model import Match, tidy

MOMENTS = ("published_at", "day", "commented_at", "submitted_at")
"""The fields that say when a row's thing happened; a source has one of them or none."""

_IN_NAME = re.compile(
    r"(20\d\d)[-_.年]?(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01])日?"
    r"(?:[-_ T]?([01]\d|2[0-3])[-:]?([0-5]\d)[-:]?([0-5]\d))?"
)


def questions_of(cleaned: Cleaned, table: Table, match: Match) -> tuple[Cleaned, dict[str, str]]:
    """Return a survey's rows and its questions, a second header row taken out."""
    questions = asked.titles(match)
    if not match.source.two_headers:
        return cleaned, questions
    below = table.header_line + 1
    rows, questions, others = asked.second_header(cleaned.rows, questions, below)
    return replace(cleaned, rows=rows, others=(*cleaned.others, *others)), questions


def titled(match: Match, table: Table) -> Match:
    """Return the match of a source whose measure stands in a title, with that measure.

    Refused when no title names one that is known.
    """
    if not match.source.titles:
        return match
    said = [text.lower() for text in (*table.above[::-1], table.part or "")]
    field = next((f for t in said for word, f in match.source.titles if word in t), None)
    if field is None:
        raise Refused("no_measure", title="、".join(filter(None, said)) or "—")
    columns = {
        at: replace(column, field=field) if column.field == "value" else column
        for at, column in match.columns.items()
    }
    return replace(match, columns=columns)


def unused(names: Sequence[str], match: Match, masked: Masked) -> tuple[str, ...]:
    """Return the headers that nothing takes and nobody knows."""
    known = {*map(tidy, match.source.aside), *map(tidy, masked.columns)}
    return tuple(
        name
        for at, name in enumerate(names)
        if at not in match.columns and name.strip() and tidy(name) not in known
    )


def named_accounts(rows: pa.Table) -> tuple[str, ...]:
    """Return the accounts that rows name."""
    if "account" not in rows.column_names:
        return ()
    return tuple(rows.column("account").drop_null().unique().to_pylist())


def verdict(rejected: int, rows: int) -> tuple[str | None, dict[str, Any] | None]:
    """Return the refusal of a table that is empty or too damaged, else nothing."""
    if rows == 0:
        return "no_rows", {}
    if rejected > rows * REJECTED_SHARE:
        share = round(100 * REJECTED_SHARE)
        return "too_damaged", {"rejected": rejected, "rows": rows, "limit": share}
    return None, None


def range_of(rows: pa.Table) -> tuple[datetime | None, datetime | None]:
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
