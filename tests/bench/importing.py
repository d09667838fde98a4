"""A works list of 200,000 rows through the importer, against a bare CREATE TABLE AS."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import duckdb

from opsdata.intake.importer import Wish, importer
from opsdata.intake.receipt import Status
from opsdata.sample.bulk import bulk
from opsdata.sample.cells import save
from opsdata.store import Store
from tests.bench.timing import Measured, measured

ROWS = 200_000


def run(folder: Path) -> Iterator[Measured]:
    file = folder / "作品列表导出-20261116.csv"
    save(file, bulk(ROWS, 1))
    turns = count()

    def ours() -> None:
        home = folder / f"ours{next(turns)}"
        store = Store(home / "ops.duckdb")
        with importer(store, home / "archive") as one:
            receipt = one.take(file, Wish("量速号"), "bench")[0]
        store.close()
        assert (receipt.status, receipt.new) == (Status.DONE, ROWS)

    def bare() -> None:
        connection = duckdb.connect(str(folder / f"bare{next(turns)}.duckdb"))
        connection.execute("create table works as from read_csv($file)", {"file": str(file)})
        connection.close()

    yield measured(f"import of {ROWS:,} rows of CSV", ours, bare, aim=3)
