"""The rows that were not taken, as a file to be mended: safe to open, and the same when sent again.

Text that a spreadsheet would take for a formula gets a mark before it, as in every file of
this app; reading a text file takes the mark off again. Numbers below zero and the strokes
that stand for nothing keep their form, because where they stand no mark is expected.
"""

from __future__ import annotations

import csv
import re

from opsdata.intake.findings import csv_line
from opsdata.reports.sheets import guarded

_NO_FORMULA = re.compile(
    r"\s*([-+－＋]\s*[\d,.，．]*\d[\d,.，．]*\s*[%％万亿千wWkK秒sS]?|[-－—/]+)\s*"
)
_BLANKS = " \u3000\xa0\t\r\n"
"""What reading takes off both ends of a text."""
_WORKBOOKS = frozenset({"xlsx", "xls", "xlsb", "ods"})
"""Files whose text is read with the mark that stands before it."""


def safe_line(text: str, encoding: str) -> str:
    """Return a line of CSV in which no cell is taken for a formula.

    ``encoding`` says how the file was read that the line is from.

    >>> safe_line("=1+1,-5,-", "utf-8"), safe_line("早餐饼,-2%", "utf-8")
    ("'=1+1,-5,-", '早餐饼,-2%')
    """
    cells = next(csv.reader([text], strict=False), [])
    safe = [_safe(cell, encoding in _WORKBOOKS) for cell in cells]
    return text if safe == cells else csv_line(safe)


def _safe(cell: str, of_workbook: bool) -> str:
    if _NO_FORMULA.fullmatch(cell) or (cell.startswith("'") and not of_workbook):
        return cell
    return cell if guarded(cell) == cell else guarded(cell.strip(_BLANKS))
