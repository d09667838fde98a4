"""Run all measurements, or only some, and print them as ratios."""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.bench import importing, pages


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    words.add_argument("part", nargs="?", choices=("importing", "pages"), help="only this part")
    words.add_argument("--rows", type=int, default=1_000_000, help="rows of the CSV")
    words.add_argument("--book-rows", type=int, default=100_000, help="rows of the workbook")
    return words.parse_args()


def _lines(asked: argparse.Namespace, folder: Path) -> Iterable[object]:
    if asked.part != "pages":
        (folder / "importing").mkdir()
        yield from importing.run(folder / "importing", asked.rows, asked.book_rows)
    if asked.part != "importing":
        (folder / "pages").mkdir()
        yield f"{'':<50}{'opsdata':>10}{'bare':>12}{'ratio':>9}"
        yield from pages.run(folder / "pages")


if __name__ == "__main__":
    asked = _asked()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="opsdata-bench-") as name:
        for line in _lines(asked, Path(name)):
            print(line, flush=True)
