"""A works list of 200,000 rows through the importer, against a bare CREATE TABLE AS."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import duckdb

from opsdata.intake.importer import Importer, Wish, importer
from opsdata.intake.receipt import Status
from opsdata.sample.bulk import bulk
from opsdata.sample.cells import save
from opsdata.store import Store
from tests.bench.timing import Measured, measured

ROWS = 200_000


def run(folder: Path) -> Iterator[Measured]:
    file, small = folder / "作品列表导出-20261116.csv", folder / "作品列表导出-20261115.csv"
    save(file, bulk(ROWS, 1))
    save(small, bulk(10, 2))
    turns = count()

    @contextmanager
    def home() -> Iterator[Importer]:
        place = folder / f"ours{next(turns)}"
        store = Store(place / "ops.duckdb")
        with importer(store, place / "archive") as one:
            yield one
        store.close()

    def take(one: Importer) -> None:
        receipt = one.take(file, Wish("量速号"), "bench")[0]
        assert (receipt.status, receipt.new) == (Status.DONE, ROWS)

    def bare() -> None:
        connection = duckdb.connect(str(folder / f"bare{next(turns)}.duckdb"))
        connection.execute("create table works as from read_csv($file)", {"file": str(file)})
        connection.close()

    def from_nothing() -> None:
        with home() as one:
            take(one)

    yield measured(f"import of {ROWS:,} rows of CSV, reader to start", from_nothing, bare)
    with ExitStack() as stack:
        waiting = [stack.enter_context(home()) for _ in range(3)]
        for one in waiting:
            one.receive(small)  # the app keeps its reading process from file to file
        ours = partial(next, map(take, waiting))
        yield measured(f"import of {ROWS:,} rows of CSV, as in the app", ours, bare, aim=3)
