"""Public collections of nasty files, fetched by hand: ``python -m tests.corpora FOLDER…``.

Every file of the folders is read as ``opsdata read`` and as an upload would be: whatever
is in it, a table or a refusal comes back, never a traceback. Where a collection says in
JSON what a file holds (csv-spectrum, csv-test-data), the cells must be equal. The
strings of a ``blns.json`` go in as titles and must come out as they were.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from opsdata.errors import Refused
from opsdata.intake.limits import BROWSER
from opsdata.intake.reader import read
from opsdata.intake.tell import tell
from opsdata.store import Session, scratch
from tests import exports
from tests.catalogue.cases import HEADER, works

KINDS = frozenset(".csv .tsv .txt .psv .xlsx .xls .ods .zip .gz .html .json .dat .test".split())
SLOW = 30.0


@dataclass
class Outcome:
    """What came of a collection."""

    files: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)
    equal: int = 0
    differing: list[str] = field(default_factory=list)


def corpus(folder: Path) -> Outcome:
    """What came of all files of a folder."""
    found = Outcome()
    with TemporaryDirectory() as made, scratch(Path(made), folder) as session:
        for at, path in enumerate(sorted(_files(folder))):
            work = Path(made) / str(at)
            work.mkdir()
            _one(found, path, work, session)
            if path.name == "blns.json":
                _titles(found, json.loads(path.read_text(encoding="utf-8")), work, session)
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and ".git" not in path.parts and path.suffix.lower() in KINDS:
            yield path


def _one(found: Outcome, path: Path, work: Path, session: Session) -> None:
    found.files += 1
    start = time.monotonic()
    try:
        verdict = _seen(found, path)
        readings = read(path, path.name, work, BROWSER, session)
        verdict = readings[0].refused or (readings[0].ask.code if readings[0].ask else verdict)
    except Exception as error:
        found.crashes.append(f"{path.name}: {error!r}"[:200])
        return
    found.verdicts[verdict] += 1
    if time.monotonic() - start > SLOW:
        found.slow.append(path.name)


def _seen(found: Outcome, path: Path) -> str:
    """Whether a table is seen in a file, compared with what it should hold if that is known."""
    try:
        told = tell(path, path.name, as_csv=True)
    except Refused as refusal:
        return refusal.code
    expected = _expected(path)
    if expected is not None:
        cells = list(csv.reader(io.StringIO(told.out.removeprefix("\ufeff"), newline="")))
        if _plain(cells) == _plain(expected):
            found.equal += 1
        else:
            found.differing.append(f"{path.name}: {cells!r} is not {expected!r}"[:300])
    return "read"


def _expected(path: Path) -> list[list[str]] | None:
    """What a collection says a file holds, its header first; None where it does not say."""
    said = path.parent.parent / "json" / f"{path.stem}.json"
    if path.suffix != ".csv" or not said.is_file():
        return None
    rows = json.loads(said.read_text(encoding="utf-8"))
    rows = [rows] if isinstance(rows, dict) else rows
    if rows and isinstance(rows[0], dict):
        return [list(rows[0]), *([str(cell) for cell in row.values()] for row in rows)]
    return [[str(cell) for cell in row] for row in rows]


def _plain(cells: list[list[str]]) -> list[list[str]]:
    """Cells with one kind of line end; lines of nothing are no rows."""
    made = [[cell.replace("\r\n", "\n") for cell in row] for row in cells]
    return [row for row in made if any(row)]


def _titles(found: Outcome, strings: list[str], work: Path, session: Session) -> None:
    """Send strings in as titles; each must come out as it went in, or be named."""
    titled = [text for text in strings if text.strip()]
    rows = [[title, *row[1:]] for title, row in zip(titled, works(len(titled)), strict=True)]
    path = exports.write_csv(work / "titles.csv", HEADER, rows)
    (reading,) = read(path, path.name, work, BROWSER, session)
    kept = set(reading.rows_table().column("title").to_pylist())
    lost = [title for title in titled if title.strip(" \u3000\t\n\r\u00a0\ufeff") not in kept]
    found.equal += len(titled) - len(lost)
    if len(lost) > reading.rejected + sum("\ufeff" in title for title in lost):
        found.differing += [f"title {title!r}" for title in lost]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    csv.field_size_limit(sys.maxsize)
    broken = False
    for one in parser.parse_args().folders:
        made = corpus(one)
        broken |= bool(made.crashes or made.differing or made.slow)
        print(f"{one.name}: {made.files} files, {len(made.crashes)} tracebacks, "
              f"{len(made.slow)} slow, {made.equal} equal, {len(made.differing)} differ; "
              f"{dict(made.verdicts.most_common())}")  # fmt: skip
        for line in [*made.crashes, *made.slow, *made.differing]:
            print(f"  {line}")
    raise SystemExit(1 if broken else 0)
