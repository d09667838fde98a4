"""A clean export broken in every way at every place: no cell in a wrong column, no row gone.

Every way breaks one place of the file at a time. Whatever is broken, the rows that are
whole must load exactly, and a row that is not must either load as it was or be rejected
by name: never with a cell in another column, never silently left out. Here each way is
tried at some places alone and at all places together; ``python -m tests.test_polluter``
tries every place alone.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opsdata.intake.limits import BROWSER
from opsdata.intake.reader import read
from opsdata.intake.reading import Reading
from opsdata.store import Session, scratch
from tests import exports, fuzz

pytestmark = pytest.mark.slow

HEADER = exports.WORKS_HEADER
FIELDS = {
    "title": 0, "published_at": 1, "genre": 2, "views": 4, "likes": 10, "shares": 11,
    "comments": 12, "favorites": 13, "profile_visits": 14, "follower_gain": 15,
}  # fmt: skip
WIDTH = len(HEADER)

SAMPLE = 2

File = tuple[str, set[int]]
"""A broken file, and which of its rows are broken."""

Change = Callable[[list[str], int], str]
"""A row written with one place broken: from the cells and the column, the line."""


def works(count: int) -> list[list[str]]:
    return [
        [f"作品{at}", f"2026-02-{at % 28 + 1:02d} {at // 28 + 8:02d}:00:00", f"图文{at}", "公开",
         str(1000 + at), "0.5", "0.6", "-", "0.2", "10.5", *(str(10 * at + n) for n in range(1, 7))]
        for at in range(count)
    ]  # fmt: skip


ROWS = works(6)
MANY = works(5 * WIDTH)


def joined(rows: list[list[str]], header: list[str] = HEADER, sign: str = ",") -> str:
    return "".join(sign.join(row) + "\n" for row in [header, *rows])


def cell(change: Callable[[str], str]) -> Change:
    return lambda row, at: ",".join([*row[:at], change(row[at]), *row[at + 1 :]])


def delimiter_lost(row: list[str], at: int) -> str:
    return ",".join(row) if at == 0 else ",".join(row[:at]) + ",".join(row[at:])


def line_end_more(row: list[str], at: int) -> str:
    return ",".join(row) if at == 0 else ",".join(row[:at]) + "\n" + ",".join(row[at:])


PLACES: dict[str, Change] = {
    "a delimiter lost": delimiter_lost,
    "a delimiter more": cell(lambda text: text + ","),
    "a delimiter in a cell": cell(lambda text: text[:1] + "," + text[1:]),
    "another delimiter in a cell": cell(lambda text: text + "; |\t，"),
    "a quote before a cell": cell(lambda text: '"' + text),
    "a quote after a cell": cell(lambda text: text + '"'),
    "a quote in a cell": cell(lambda text: text[:1] + '"' + text[1:]),
    "a quoted cell": cell(lambda text: f'"{text}"'),
    "a quoted cell with a line end": cell(lambda text: f'"{text}\n"'),
    "two quotes before a cell": cell(lambda text: '""' + text),
    "a backslash and a quote": cell(lambda text: text + '\\"'),
    "a zero byte": cell(lambda text: text + "\0"),
    "an empty cell": cell(lambda text: ""),
    "words in a cell": cell(lambda text: "坏"),
    "a line end more": line_end_more,
}


def alone(change: Change) -> Iterator[File]:
    """One place of the file broken: each in turn."""
    for at, row in enumerate(ROWS):
        for column in range(WIDTH):
            lines = joined(ROWS).splitlines()
            lines[at + 1] = change(list(row), column)
            yield "\n".join(lines) + "\n", {at}


def together(change: Change) -> Iterator[File]:
    """Every fifth row broken, each in another column; from the first row, to the last."""
    for first in (0, 4):
        lines = joined(MANY).splitlines()
        broken = {first + 5 * column: column for column in range(WIDTH)}
        for at, column in broken.items():
            lines[at + 1] = change(list(MANY[at]), column)
        yield "\n".join(lines) + "\n", set(broken)


def line_ends() -> Iterator[File]:
    """One line end of another kind, at every line; and all of another kind."""
    lines = joined(ROWS).splitlines()
    for at in range(len(lines)):
        for end in ("\r\n", "\r"):
            ends = ["\n"] * len(lines)
            ends[at] = end
            yield "".join(line + stop for line, stop in zip(lines, ends, strict=True)), set()
    for end in ("\r\n", "\r", "\n\n", "\r\n\r\n"):
        yield end.join(lines) + end, set()


def line_end_lost() -> Iterator[File]:
    """Two rows on one line."""
    text = joined(ROWS)
    for at in range(1, len(ROWS)):
        lines = text.splitlines()
        yield "\n".join([*lines[:at], lines[at] + lines[at + 1], *lines[at + 2 :]]), {at - 1, at}


def inserted(line: str) -> Callable[[], Iterator[File]]:
    """A line that is no row, between any two."""

    def at_every_place() -> Iterator[File]:
        lines = joined(ROWS).splitlines()
        for at in range(1, len(lines) + 1):
            yield "\n".join([*lines[:at], line, *lines[at:]]) + "\n", set()

    return at_every_place


def above() -> Iterator[File]:
    for count in range(1, 12):
        yield "账号：甲,导出\n" * count + joined(ROWS), set()
        yield "\n" * count + joined(ROWS), set()
    yield "sep=,\n" + joined(ROWS), set()


def headers() -> Iterator[File]:
    """The header in other writing, and with columns in any order; never by position."""
    for change in (
        str.upper,
        lambda h: f" {h} ",
        lambda h: f'"{h}"',
        lambda h: h.replace("5s", "５Ｓ"),
    ):
        yield joined(ROWS, [change(name) for name in HEADER]), set()
    for seed in range(10):
        order = random.Random(seed).sample(range(WIDTH), WIDTH)
        yield joined([[row[i] for i in order] for row in ROWS], [HEADER[i] for i in order]), set()


def dialects() -> Iterator[File]:
    for sign in (",", ";", "\t", "|", "，"):
        yield joined(ROWS, sign=sign), set()
        for quote in ('"', "'"):
            quoted = [[f"{quote}{cell}{quote}" for cell in row] for row in [HEADER, *ROWS]]
            yield joined(quoted[1:], quoted[0], sign), set()


def cut() -> Iterator[File]:
    """Cut off anywhere in the last two rows."""
    text = joined(ROWS)
    last = len(text.splitlines()[-1]) + 1
    before = len(text.splitlines()[-2]) + 1
    for lost in range(1, last + before, 3):
        yield text[:-lost], {len(ROWS) - 1} if lost < last else {len(ROWS) - 2, len(ROWS) - 1}


WAYS: dict[str, Callable[[], Iterator[File]]] = {
    "line ends": line_ends,
    "a line end lost": line_end_lost,
    "a blank line": inserted(""),
    "a line of delimiters": inserted("," * (WIDTH - 1)),
    "a total": inserted("合计" + "," * (WIDTH - 1)),
    "a short total": inserted("合计,1"),
    "the header again": inserted(",".join(HEADER)),
    "a mark": inserted("\ufeff"),
    "a footer": inserted("数据来源：抖音"),
    "lines above": above,
    "the header": headers,
    "dialects": dialects,
    "cut off": cut,
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("polluted")


@pytest.fixture(scope="module")
def session(place: Path) -> Iterator[Session]:
    with scratch(place) as made:
        yield made


def expected(rows: list[list[str]]) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in FIELDS.values()) for row in rows]


def loaded(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Each loaded row as text, by its moment of publishing."""
    rows = reading.rows_table().select(list(FIELDS)).to_pylist()
    return {str(row["published_at"]): tuple(str(row[f]) for f in FIELDS) for row in rows}


def check(reading: Reading, broken: set[int], text: str, given: list[list[str]]) -> None:
    """The rows that are whole are there exactly; the others are as they were, or named."""
    if reading.refused:
        assert reading.refused == "too_damaged", (reading.refused, text)
        return
    rows, rejects = reading.rows_table(), reading.rejects_table()
    assert reading.rows == rows.num_rows + rejects.num_rows
    lines = {*rows.column("line").to_pylist(), *rejects.column("line").to_pylist()}
    assert not lines & {other.line for other in reading.others}
    assert len(lines) == reading.rows
    assert len(lines) >= len(given) - len(broken)
    assert rejects.num_rows <= 2 * len(broken)
    found, told = loaded(reading), expected(given)
    for at, row in enumerate(told):
        if at not in broken:
            assert found.pop(row[1], None) == row, text
    for row in found.values():
        assert any(in_place(row, told[at]) for at in broken), (row, text)


PLAIN = str.maketrans("", "", "\"'\\;|\t，\n坏 ")


def in_place(row: tuple[str, ...], told: tuple[str, ...]) -> bool:
    """Whether each cell of a row that was broken holds what its column held, or nothing."""
    return all(
        got in ("None", "坏") or got.translate(PLAIN) == was.translate(PLAIN)
        for got, was in zip(row, told, strict=True)
    )


def one(text: str, place: Path, session: Session) -> Reading:
    (place / "w.csv").write_bytes(text.encode())
    return read(place / "w.csv", "w.csv", place, BROWSER, session)[0]


def some(files: Iterator[File], count: int) -> list[File]:
    every = list(files)
    return random.Random(len(every)).sample(every, min(count, len(every)))


@pytest.mark.parametrize("change", PLACES.values(), ids=PLACES.keys())
def test_a_place_broken_spoils_its_row_at_most(
    change: Change, place: Path, session: Session
) -> None:
    for text, broken in together(change):
        check(one(text, place, session), broken, text, MANY)
    for text, broken in some(alone(change), SAMPLE):
        check(one(text, place, session), broken, text, ROWS)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_a_file_written_another_way_has_all_its_rows(
    way: Callable[[], Iterator[File]], place: Path, session: Session
) -> None:
    for text, broken in some(way(), SAMPLE):
        check(one(text, place, session), broken, text, ROWS)


def test_a_hundred_and_fifty_copies_broken_at_random_break_nothing() -> None:
    told, found = fuzz.run(150)
    assert found == []
    assert sum(told.values()) == 150


def every() -> Iterator[tuple[list[list[str]], File]]:
    """Every file of every way, with the rows it was made of."""
    for change in PLACES.values():
        for files, given in ((together(change), MANY), (alone(change), ROWS)):
            yield from ((given, file) for file in files)
    for way in WAYS.values():
        yield from ((ROWS, file) for file in way())


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made, scratch(Path(made)) as own:
        tried = 0
        for given, (text, broken) in every():
            check(one(text, Path(made), own), broken, text, given)
            tried += 1
        print(f"{tried} files in {len(PLACES) + len(WAYS)} ways: no cell astray, no row gone")
