"""Shares of an audience typed without a sign: 41 for 41 %, decided for the whole column.

A share of a whole is never above one. Where no cell has a sign and what belongs together
comes to far more than a whole, the column is in percent. Where that does not fit the whole
table nobody can tell, and the rows in doubt are left out.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow.compute as pc

from opsdata.intake.table import Table
from opsdata.intake.values import Values, flags
from opsdata.sources.model import Column, Kind, Match, Target
from opsdata.store import Session

_TOGETHER = frozenset({"day", "date", "account", "crowd", "dimension"})
"""Shares that are alike in these are shares of one whole."""

_TOO_MUCH = 1.5
"""Shares of a whole come to no more, however they are rounded."""
_A_WHOLE = (0.95, 1.05)


def settled(
    match: Match, read: dict[int, Values], table: Table, session: Session
) -> dict[int, Values]:
    """Return the columns of a table, those of an audience's shares in the unit they are in."""
    if match.source.target is not Target.AUDIENCE:
        return read
    groups = _groups(match, read, len(next(iter(read.values())).unread))
    return {
        cell: _settled(read[cell], groups, _signed(cell, table, session))
        if _is_open(column)
        else read[cell]
        for cell, column in match.columns.items()
    }


def _is_open(column: Column) -> bool:
    """Whether nothing but the cells says the unit; a header 占比(%) says it."""
    return column.kind is Kind.SHARE and column.times == 1


def _settled(got: Values, groups: np.ndarray, signed: np.ndarray) -> Values:
    values = np.nan_to_num(pc.fill_null(got.values, 0.0).to_numpy())
    over = (values > 1) & ~signed
    if not over.any():
        return got
    if not signed.any() and _is_percent(values, over, groups):
        return replace(got, values=pc.divide(got.values, 100.0), percent=True)
    return replace(got, unclear=np.isin(groups, groups[over]) & ~signed)


def _is_percent(values: np.ndarray, over: np.ndarray, groups: np.ndarray) -> bool:
    """Whether some shares come to more than a whole, and none of several to a whole as it is."""
    sums, rows = np.bincount(groups, values), np.bincount(groups)
    small = np.bincount(groups, over) == 0
    low, high = _A_WHOLE
    fractions = small & (rows > 1) & (sums >= low) & (sums <= high)
    return bool((sums[~small] > _TOO_MUCH).any() and not fractions.any())


def _groups(match: Match, read: dict[int, Values], size: int) -> np.ndarray:
    """Return a number for each row, the same for rows that are shares of one whole."""
    found = np.zeros(size, dtype=np.int64)
    for cell, column in match.columns.items():
        if column.field in _TOGETHER:
            texts = read[cell].values.combine_chunks().dictionary_encode()
            codes = pc.fill_null(texts.indices, len(texts.dictionary)).to_numpy()
            both = found * (len(texts.dictionary) + 1) + codes
            found = np.unique(both, return_inverse=True)[1]
    return found


def _signed(cell: int, table: Table, session: Session) -> np.ndarray:
    """Return which cells of a column have a percent sign."""
    asked = f"select regexp_matches(c{cell}, '[%％]') as signed from {table.relation}"
    return flags(session.arrow(asked).read_all().column("signed"))
