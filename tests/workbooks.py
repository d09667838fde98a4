"""Workbooks whose cells have types of their own: numbers, times, days, as people's have."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl


def write_typed(
    path: Path,
    header: Sequence[str],
    rows: Sequence[Sequence[object]],
    created: datetime | None = None,
) -> Path:
    """Write each cell as what it is; ``created`` is the moment the workbook names, in UTC."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (header, *rows):
        sheet.append(list(row))
    if created is not None:
        book.properties.created = created
    book.save(path)
    return path
