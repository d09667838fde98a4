"""Run all measurements, or only some, and print them as ratios."""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.bench import analyses, importing, pages

PARTS = ("importing", "pages", "analyses")


def _asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    words.add_argument("part", nargs="?", choices=PARTS, help="only this part")
    words.add_argument("--rows", type=int, default=1_000_000, help="rows of the CSV")
    words.add_argument("--book-rows", type=int, default=100_000, help="rows of the workbook")
    words.add_argument("--works", type=int, default=100_000, help="works that are analysed")
    return words.parse_args()


def _lines(asked: argparse.Namespace, folder: Path) -> Iterable[object]:
    for part in (asked.part,) if asked.part else PARTS:
        (folder / part).mkdir()
        if part == "importing":
            yield from importing.run(folder / part, asked.rows, asked.book_rows)
        elif part == "pages":
            yield f"{'':<50}{'opsdata':>10}{'bare':>12}{'ratio':>9}"
            yield from pages.run(folder / part)
        else:
            yield from analyses.run(folder / part, asked.works)


if __name__ == "__main__":
    asked = _asked()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="opsdata-bench-") as name:
        for line in _lines(asked, Path(name)):
            print(line, flush=True)
