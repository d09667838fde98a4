"""Ids that went through a number and lost their last digits there.

A spreadsheet keeps fifteen digits of a number, a floating-point number about seventeen; an
id of nineteen digits comes out as another one, and a thousand ids come out as the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake.table import Table
from opsdata.sources.model import Column, Kind

IDS = frozenset({"comment", "work", "parent", "author"})
"""Fields of text that hold ids, or links, or names a tool made up."""

_LONG = r"^\d{16,25}$"
_SHORTENED = r"^\s*\d+(\.\d+)?[eE]\+?\d+\s*$"
_LOOKED_AT = 2000
_SURE = 9.0
"""So many bits of chance speak against it: one id of nineteen digits."""
_KEPT = 15
"""The digits that a spreadsheet keeps."""
_UNTYPED = frozenset({"xls", "xlsb", "ods"})
"""Workbooks of which it is not known which cells are numbers."""
_FEW = 0.02
"""Of ids kept as text no larger part is by chance what a number can hold."""


def lost(column: Column, ids: pa.ChunkedArray, table: Table) -> np.ndarray:
    """Return which ids of a column are not the ones that the platform gave."""
    gone = np.zeros(len(ids), dtype=bool)
    if column.kind is not Kind.ID and column.field not in IDS:
        return gone
    gone |= _flags(pc.match_substring_regex(ids, _SHORTENED))
    if table.rounded:
        gone |= _flags(pc.is_in(ids, pa.array(sorted(table.rounded), pa.string())))
    long = _flags(pc.match_substring_regex(ids, _LONG)) & ~gone
    if not long.any():
        return gone
    if table.delimiter is None and table.encoding in _UNTYPED:
        gone |= _some(ids, long)
    elif _all(ids.filter(pa.array(long)), table):
        gone |= long
    return gone


def _some(ids: pa.ChunkedArray, long: np.ndarray) -> np.ndarray:
    """Return the long ids that a number can hold, where those are too many for chance."""
    held = np.zeros(len(ids), dtype=bool)
    held[long] = [_held(text) for text in ids.filter(pa.array(long)).to_pylist()]
    enough = held.sum() > _FEW * long.sum()
    return held if enough else np.zeros(len(ids), dtype=bool)


def _all(ids: pa.ChunkedArray, table: Table) -> bool:
    """Whether every long id of a column is what a number can hold, and not by chance.

    Text files need two such ids, or one that stands twice and ends as spreadsheets end it.
    """
    texts = ids.slice(0, _LOOKED_AT)
    several = pc.unique(texts).to_pylist()
    if not all(map(_held, several)):
        return False
    needed = _SURE if table.delimiter is None else 2 * _SURE
    if sum(map(_chance, several)) >= needed:
        return True
    return len(texts) > 1 and all(map(_cut, several))


def _held(text: str) -> bool:
    """Whether a number can hold an id, spelled out or in its fewest digits.

    >>> _held("7301234567890122752"), _held("7301234567890123000"), _held("7301234567890123456")
    (True, True, False)
    """
    number = float(text)
    return int(text) in (int(number), int(Decimal(repr(number))))


def _chance(text: str) -> float:
    """Return how many bits of chance it takes for an id kept as text to look like a number."""
    return max(math.log2(math.ulp(float(text))) - 1, 0)


def _cut(text: str) -> bool:
    """Whether an id has no more digits than a spreadsheet keeps, and zeros after them."""
    return len(text) - len(text.rstrip("0")) >= max(len(text) - _KEPT, 2)


def spelled_out(numbers: Iterable[str]) -> Iterable[str]:
    """Return long numbers as a reader spells them out, with all their digits.

    >>> list(spelled_out(["7.401234567890124e+18"]))
    ['7401234567890123776']
    """
    return (f"{float(text):.0f}" for text in numbers)


def _flags(column: pa.ChunkedArray) -> np.ndarray:
    flags: np.ndarray = pc.fill_null(column, False).to_numpy(zero_copy_only=False)
    return flags.copy()
