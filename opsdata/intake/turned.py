"""A small table that lies on its side: its names in the first column, a measure a line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from opsdata.intake import mapping
from opsdata.intake.table import Header, Note, Other, Table

MOST_LINES = 200
_MOST_COLUMNS = 1000


def turned(
    part: str | None, encoding: str, rows: Sequence[Sequence[str | None]], delimiter: str | None
) -> Table | None:
    """Return the table a grid is when it is stood up; None when that is no known export either.

    Its lines are the columns of the file.
    """
    full = [[str(cell or "") for cell in row] for row in rows if any(row)]
    width = max(map(len, full), default=0)
    if len(full) > MOST_LINES or not 1 < width <= _MOST_COLUMNS:
        return None
    names = tuple(row[0] for row in full)
    match = mapping.recognised(names)
    if match is None or not match.source.turned:
        return None
    level = [row + [""] * (width - len(row)) for row in full]
    columns = [[row[at] for row in level] for at in range(1, width)]
    kept = [at for at, cells in enumerate(columns) if any(cell.strip() for cell in cells)]
    stood = {
        f"c{name}": pa.array([columns[at][name] for at in kept], pa.string())
        for name in range(len(names))
    }
    return Table(
        part=part,
        encoding=encoding,
        delimiter=delimiter,
        header=Header(0, names, match),
        header_line=1,
        relation="raw",
        cells=pa.table(stood),
        lines=np.array(kept, dtype=np.int64) + 2,
        others=(Other(1, "header"),),
        notes=(Note(1, "", names[0], "read_turned"),),
    )
