"""Good exports broken at random: ``python -m tests.fuzz --count 10000``.

Each copy is mutated by bit flips, cuts, splices, repeats and swaps of bytes, and read as
an upload is. What must hold for all of them: nothing but a reading or a refusal comes
back, in time, and the rows add up. A copy that breaks this is kept, with its seed.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from opsdata.i18n import known
from opsdata.intake.limits import BROWSER
from opsdata.intake.reader import read
from opsdata.intake.reading import Reading
from opsdata.store import Session, scratch
from tests import containers, exports

SLOW = 5.0
SIGNS = (b'"', b",", b"\n", b"\r", b"\0", b"\\", b"'", b"\t", b";", b"\xef\xbb\xbf", b"\xff", b"<")


def good_files(folder: Path) -> list[bytes]:
    """Exports of every kind of file, each of them fine."""
    header, rows = exports.WORKS_HEADER, exports.works_rows() * 3
    for at, row in enumerate(rows):
        rows[at] = [row[0], f"2026-02-{at + 1:02d} 08:00:00", *row[2:]]
    rows[4] = ['说"好",\n真的', *rows[4][1:]]
    text = exports.as_csv(header, rows)
    sheet = exports.write_xlsx(folder / "seed.xlsx", header, rows).read_bytes()
    return [
        text.encode(), text.encode("gb18030"), text.encode("utf-16"), ("\ufeff" + text).encode(),
        exports.as_csv(header, rows, "\t").replace("\n", "\r\n").encode(),
        exports.as_csv(*exports.daily_tables()["数据表现_播放量数据"]).encode(),
        sheet, containers.xls([header, *rows]), containers.ods([header, *rows]),
        containers.html([header, *rows]).encode(),
        containers.packed({"a.csv": text, "b.xlsx": sheet}),
    ]  # fmt: skip


def _flip(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data))
    data[at] ^= 1 << rng.randrange(8)


def _cut(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data))
    del data[at : at + rng.choice((1, 2, 3, 10, 100, len(data)))]


def _splice(data: bytearray, rng: random.Random) -> None:
    start, at = rng.randrange(len(data)), rng.randrange(len(data))
    data[at:at] = data[start : start + rng.randrange(1, 200)]


def _sign(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data))
    data[at:at] = rng.choice(SIGNS)


def _replace(data: bytearray, rng: random.Random) -> None:
    at = rng.randrange(len(data))
    data[at : at + 1] = rng.choice(SIGNS)


def _lines(data: bytearray, rng: random.Random) -> None:
    lines = data.split(b"\n")
    rng.shuffle(lines)
    data[:] = b"\n".join(lines)


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    _flip, _flip, _cut, _splice, _sign, _sign, _replace, _lines,
)  # fmt: skip


def mutated(seeds: list[bytes], number: int) -> bytes:
    """The copy with this number: always the same one."""
    rng = random.Random(number)
    data = bytearray(seeds[number % len(seeds)])
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        if data:
            rng.choice(MUTATIONS)(data, rng)
    return bytes(data)


@dataclass(frozen=True)
class Broken:
    """A copy of which something that must hold does not."""

    number: int
    why: str


def broken(number: int, data: bytes, folder: Path, session: Session) -> tuple[str, Broken | None]:
    """What came of one copy, and what is wrong with that."""
    path = folder / "file"
    path.write_bytes(data)
    start = time.monotonic()
    try:
        readings = read(path, "作品列表导出.csv", folder, BROWSER, session)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        return "crash", Broken(number, f"crash: {error!r}")
    if time.monotonic() - start > SLOW:
        return "slow", Broken(number, f"slow: {time.monotonic() - start:.1f} s")
    whys = [why for reading in readings if (why := _wrong(reading, data))]
    verdict = readings[0].refused or ("rejected" if readings[0].rejected else "read")
    return verdict, Broken(number, whys[0]) if whys else None


def _wrong(reading: Reading, data: bytes) -> str | None:
    """Why a reading cannot be right, None when it can."""
    if reading.refused and not known(f"error.{reading.refused}"):
        return f"no sentence for {reading.refused}"
    if not reading.rows_file:
        return None
    rejects, rows = reading.rejects_table(), reading.rows_table()
    if reading.refused is None and reading.rows != rows.num_rows + rejects.num_rows:
        return "rows do not add up"
    lines = [*rows.column("line").to_pylist(), *rejects.column("line").to_pylist()]
    named = [other.line for other in reading.others]
    if len(set(lines)) != len(lines) or set(lines) & set(named):
        return "a line counts twice"
    unknown = {row["rule"] for row in reading.findings_table().to_pylist()}
    if not all(known(f"rule.{rule}") for rule in unknown):
        return f"no sentence among {unknown}"
    lost = set(rejects.column("line").to_pylist())
    if not lost <= set(reading.findings_table().column("line").to_pylist()):
        return "a row is rejected without a finding"
    return None


def run(count: int, first: int = 0) -> tuple[Counter[str], list[Broken]]:
    """What came of so many copies, and those that broke something."""
    told: Counter[str] = Counter()
    found: list[Broken] = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        seeds = good_files(folder)
        with scratch(folder) as session:
            for number in range(first, first + count):
                work = folder / str(number)
                work.mkdir()
                verdict, wrong = broken(number, mutated(seeds, number), work, session)
                told[verdict] += 1
                found += [wrong] if wrong else []
                for path in sorted(work.rglob("*"), reverse=True):
                    path.rmdir() if path.is_dir() else path.unlink()
                work.rmdir()
    return told, found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    wanted = parser.parse_args()
    start = time.monotonic()
    verdicts, wrongs = run(wanted.count, wanted.first)
    print(f"{wanted.count} copies in {time.monotonic() - start:.0f} s: {dict(verdicts)}")
    for wrong in wrongs:
        print(f"copy {wrong.number}: {wrong.why}")
    raise SystemExit(1 if wrongs else 0)
