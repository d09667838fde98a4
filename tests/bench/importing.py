"""A works list through the importer, against the bare library; each way in its own process.

python -m tests.bench.importing WAY FILE FOLDER prints one line of JSON: what it cost.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path

import duckdb
import fastexcel
import pandas as pd
import pyarrow as pa

from opsdata.sample.bulk import bulk
from opsdata.sample.cells import save
from tests.bench import stages
from tests.bench.resources import Cost, spent

ROUNDS = 3
NAME = "作品列表导出-20261116"


def run(folder: Path, rows: int, book_rows: int) -> Iterator[str]:
    """Yield the ratios of a CSV of so many rows and of a workbook, and where the time goes."""
    lists = folder / f"{NAME}.csv", folder / f"{NAME}.xlsx"
    save(lists[0], bulk(rows, 1))
    yield from _compared(f"{rows:,} rows of CSV", lists[0], ("duckdb", "pandas"), folder)
    save(lists[1], bulk(book_rows, 1))
    yield from _compared(f"{book_rows:,} rows of XLSX", lists[1], ("fastexcel",), folder)


def _compared(name: str, file: Path, ways: tuple[str, ...], folder: Path) -> Iterator[str]:
    """Yield the best of several rounds of each way, the order turned from round to round."""
    found: dict[str, list[tuple[Cost, dict[str, float]]]] = {}
    for turn in range(ROUNDS):
        for way in ("opsdata", *ways)[:: -1 if turn % 2 else 1]:
            found.setdefault(way, []).append(
                _apart(way, file, folder / f"{way}{turn}{file.suffix}")
            )
    ours, parts = min(found["opsdata"], key=lambda one: one[0].wall)
    yield f"{name}: opsdata {ours.wall:.2f} s, processor {_least(found['opsdata']):.2f} s"
    megabytes = max(cost.megabytes for cost, _ in found["opsdata"])
    yield f"  highest memory, both processes added: {megabytes} MB"
    for way in ways:
        wall = min(cost.wall for cost, _ in found[way])
        yield (
            f"  against {way}: {wall:.2f} s, ratio {ours.wall / wall:.2f}; processor "
            f"{_least(found[way]):.2f} s, ratio {_least(found['opsdata']) / _least(found[way]):.2f}"
        )
    for part, seconds in parts.items():
        yield f"    {part:<34}{seconds:>7.2f} s{seconds / ours.wall:>7.0%}"


def _least(found: list[tuple[Cost, dict[str, float]]]) -> float:
    return min(cost.processor for cost, _ in found)


def _apart(way: str, file: Path, folder: Path) -> tuple[Cost, dict[str, float]]:
    """Return what a way costs in a fresh process, and the seconds of its parts."""
    folder.mkdir()
    command = [sys.executable, "-m", "tests.bench.importing", way, str(file), str(folder)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return Cost(**told["cost"]), told["parts"]


def _duckdb(file: Path, folder: Path) -> None:
    with duckdb.connect(str(folder / "bare.duckdb")) as connection:
        connection.execute("create table works as from read_csv($file)", {"file": str(file)})


def _pandas(file: Path, folder: Path) -> None:
    """Read with pandas and write to SQLite, as to_sql does without further packages."""
    with sqlite3.connect(folder / "bare.sqlite") as connection:
        pd.read_csv(file).to_sql("works", connection, index=False)


def _fastexcel(file: Path, folder: Path) -> None:
    cells = fastexcel.read_excel(file).load_sheet(0, dtypes="string").to_arrow()
    with duckdb.connect(str(folder / "bare.duckdb")) as connection:
        connection.register("cells", pa.Table.from_batches([cells]))
        connection.execute("create table works as from cells")


def _cost(way: str, file: Path, folder: Path) -> tuple[Cost, dict[str, float]]:
    if way == "opsdata":
        return stages.imported(file, folder)
    ways = {"duckdb": _duckdb, "pandas": _pandas, "fastexcel": _fastexcel}
    return spent(partial(ways[way], file, folder)), {}


if __name__ == "__main__":
    cost, parts = _cost(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    print(json.dumps({"cost": asdict(cost), "parts": parts}))
