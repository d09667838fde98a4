"""The first rows of an unknown table as a mapping would read them, by the very same cleaning."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from opsdata.intake.clean import clean
from opsdata.intake.dates import Ambiguous
from opsdata.intake.mapping import Mapping
from opsdata.intake.suggest import Sketch
from opsdata.intake.table import Header, Table
from opsdata.store import scratch

_ROWS = 10


@dataclass(frozen=True)
class Trial:
    """How some rows would be read: the values by field, and what is wrong with the cells."""

    rows: pd.DataFrame
    problems: tuple[tuple[str, str], ...] = ()
    """Text and rule of each cell that says something without a value."""
    ambiguous: bool = False


def trial(sketch: Sketch, mapping: Mapping) -> Trial:
    """Return the first ten rows of a table as a mapping reads them."""
    match = mapping.match(sketch.header)
    if match is None:
        return Trial(pd.DataFrame())
    with scratch() as session:
        try:
            cleaned = clean(_table(sketch), match, session)
        except Ambiguous:
            return Trial(pd.DataFrame(), ambiguous=True)
    found = [(one["value"], one["rule"]) for one in cleaned.findings.to_pylist()]
    rows = cleaned.rows.select([column.field for column in match.columns.values()])
    return Trial(rows.to_pandas(), tuple(found))


def _table(sketch: Sketch) -> Table:
    rows = sketch.rows[:_ROWS]
    width = len(sketch.header)
    cells = {
        f"c{at}": pa.array([row[at] if at < len(row) else "" for row in rows], pa.string())
        for at in range(width)
    }
    return Table(
        part=None,
        encoding="",
        delimiter=None,
        header=Header(0, sketch.header, None),
        header_line=1,
        relation="raw",
        cells=pa.table(cells),
        lines=np.arange(2, 2 + len(rows), dtype=np.int64),
    )
