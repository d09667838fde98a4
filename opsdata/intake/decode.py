"""The bytes of a text file as UTF-8: in which encoding they are, and which lines do not fit it.

A mark at the start decides, then strict UTF-8, then GB18030; what may be Big5 is asked.
A file that is none of them as a whole, because rows in another encoding were appended or
it was cut off, is decoded all the same: the lines that do not fit are named, so that the
others can be loaded.
"""

from __future__ import annotations

import codecs
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from opsdata.errors import Refused
from opsdata.intake.encodings import codec, settled
from opsdata.intake.limits import LONGEST_CELL
from opsdata.intake.sniff import utf16_without_mark

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 18
"""Small enough to stay in the processor's own memory while it is looked at several ways."""

_SAMPLE = 1 << 22
_HEAD = 1 << 12
_FEED, _RETURN = 10, 13
_LINE_END = re.compile("\r\n|\n|\r")
_LOST = "\udfff"
"""Half a pair of signs: what no text can hold, in the place of bytes that are no text."""
_CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_MARK = "\ufeff"
_INNER_MARK = re.compile(codecs.BOM_UTF8)
"""A pattern finds three bytes twice as fast as ``bytes.count``."""


@dataclass(frozen=True)
class Decoded:
    """A text file as UTF-8 with one kind of line end."""

    path: Path
    encoding: str
    lines: int
    """Without blank lines at the end."""
    quoted: bool
    odd: bool = False
    """It holds what a fast parser forgives silently: zero bytes, endless lines."""
    undecoded: frozenset[int] = frozenset()
    """The lines with bytes that are no text in the file's encoding."""
    marks: tuple[int, ...] = ()
    """The lines that began with a mark, as where files were joined; the marks are dropped."""


@dataclass(frozen=True)
class _Survey:
    """What one pass over the bytes tells."""

    lines: int
    quoted: bool
    mixed: bool
    marked: bool
    odd: bool


def decode(path: Path, folder: Path) -> Decoded:
    """Return a text file as UTF-8, in place if it is that already, else copied to ``folder``."""
    encoding = encoding_of(path)
    undecoded: frozenset[int] = frozenset()
    marks: tuple[int, ...] = ()
    strange = encoding == "gb18030" and _any_utf8(path)
    copy = None if strange else _as_utf8(path, folder, encoding)
    if copy is None:
        copy, undecoded = _line_by_line(path, folder, encoding)
    seen = _survey(copy)
    if seen.mixed or seen.marked:
        copy, marks = _one_line_end(copy, folder)
        seen = _survey(copy)
    return Decoded(copy, encoding, seen.lines, seen.quoted, seen.odd, undecoded, marks)


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file: mark, then UTF-8, then GB18030; Refused if none.

    Undecided when a person must say whether it is Big5.
    """
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    guess = utf16_without_mark(sample[:_HEAD])
    if guess:
        return guess
    if _decodes(path, "utf-8") or _mostly(sample, "utf-8"):
        return "utf-8"
    if told := settled(path, sample):
        return told
    if _decodes(path, "gb18030") or _mostly(sample, "gb18030"):
        return "gb18030"
    raise Refused("unknown_encoding")


def _decodes(path: Path, name: str) -> bool:
    if name == "utf-8":
        return _all_utf8(path)
    decoder = codecs.getincrementaldecoder(name)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _all_utf8(path: Path) -> bool:
    """Whether a file is strict UTF-8; Arrow finds out several times as fast as a decoder."""
    rest = b""
    with path.open("rb") as file:
        while read := file.read(_CHUNK):
            data = rest + read
            cut = len(data) - _begun(data)
            if not _is_text(data[:cut]):
                return False
            rest = data[cut:]
    return _is_text(rest)


def _is_text(data: bytes) -> bool:
    ends = pa.array([0, len(data)], pa.int32()).buffers()[1]
    text = pa.Array.from_buffers(pa.string(), 1, [None, ends, pa.py_buffer(data)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _begun(data: bytes) -> int:
    """Return how many bytes at the end may begin a sign that is not whole yet."""
    for back, byte in enumerate(reversed(data[-3:]), start=1):
        if byte < 0x80:
            return 0
        if byte >= 0xC0:
            return back
    return 0


def _mostly(sample: bytes, name: str) -> bool:
    """Whether most of what tells encodings apart is text in this one.

    Cut inside a character, a UTF-8 file may well be valid GB18030 as a whole, and read
    as gibberish; decoded as UTF-8 it shows how little of it is damaged.
    """
    text = sample.decode(name, errors="opsdata.undecoded")
    bad = text.count(_LOST)
    return sum(not sign.isascii() for sign in text) > 2 * bad


def _as_utf8(path: Path, folder: Path, encoding: str) -> Path | None:
    """Return the file itself when it is UTF-8, else a copy that is; None if it is damaged."""
    if encoding.startswith("utf-8"):
        return path if _decodes(path, "utf-8") else None
    target = folder / "utf8.csv"
    try:
        with (
            path.open(encoding=codec(encoding), newline="") as source,
            target.open("w", encoding="utf-8", newline="") as out,
        ):
            shutil.copyfileobj(source, out, _CHUNK)
    except UnicodeError:
        return None
    return target


def _line_by_line(path: Path, folder: Path, encoding: str) -> tuple[Path, frozenset[int]]:
    """Return a copy with every byte that is no text replaced, and the lines where any was."""
    text = path.read_bytes().decode(codec(encoding), errors="opsdata.undecoded")
    lines = _LINE_END.split(text)
    damaged = frozenset(
        at
        for at, line in enumerate(lines, 1)
        if _LOST in line
        or (encoding == "gb18030" and _is_utf8(line.encode(encoding, errors="replace")))
    )
    target = folder / "utf8.csv"
    with target.open("w", encoding="utf-8", newline="") as out:
        out.write("\n".join(lines).replace(_LOST, "\ufffd"))
    return target, damaged


def _any_utf8(path: Path) -> bool:
    with path.open("rb") as file:
        return any(_is_utf8(line) for line in file)


def _is_utf8(line: bytes) -> bool:
    """Whether a line of a GB18030 file is Chinese in UTF-8: gibberish if taken for GB18030."""
    if line.isascii():
        return False
    try:
        return _CHINESE.search(line.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return False


def _leave_a_trace(error: UnicodeError) -> tuple[str, int]:
    """Put a trace in the place of bytes that are no text, and go on behind them."""
    assert isinstance(error, UnicodeDecodeError)
    return _LOST, error.end


codecs.register_error("opsdata.undecoded", _leave_a_trace)


def _survey(path: Path) -> _Survey:
    feeds = returns = pairs = marks = 0
    quoted = odd = False
    last = tail = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            counted = _line_ends(last + chunk, len(last))
            feeds, returns, pairs = (
                a + b for a, b in zip((feeds, returns, pairs), counted, strict=True)
            )
            quoted = quoted or b'"' in chunk
            odd = odd or b"\x00" in chunk or _has_endless_line(chunk)
            marks += len(_INNER_MARK.findall(tail[-2:] + chunk))
            last, tail = chunk[-1:], (tail + chunk[-_HEAD:])[-_HEAD:]
    ending = tail[len(tail.rstrip(b"\r\n")) :].replace(b"\r\n", b"\n")
    mixed = returns > 0 and not returns == pairs == feeds
    with path.open("rb") as file:
        marks -= file.read(3) == codecs.BOM_UTF8
    return _Survey(feeds - len(ending) + 1, quoted, mixed, marks > 0, odd)


def _line_ends(data: bytes, start: int) -> tuple[int, int, int]:
    """Return how many line feeds, returns, and pairs of the two there are from a place on.

    A pair may begin before it. Numpy compares many bytes at once.
    """
    signs = np.frombuffer(data, np.uint8)
    feeds = signs == _FEED
    if b"\r" not in data:
        return int(np.count_nonzero(feeds[start:])), 0, 0
    returns = signs == _RETURN
    pairs = np.count_nonzero(returns[:-1] & feeds[1:])
    return int(np.count_nonzero(feeds[start:])), int(np.count_nonzero(returns[start:])), int(pairs)


def _has_endless_line(chunk: bytes) -> bool:
    """Whether a line may hold a cell longer than any spreadsheet takes.

    Such a line covers at least one whole step without a line end, or the end of a chunk.
    """
    step = LONGEST_CELL // 2
    last = len(chunk) - step
    return last >= 0 and any(
        b"\n" not in chunk[at : at + step] for at in (*range(0, last, step), last)
    )


def _one_line_end(path: Path, folder: Path) -> tuple[Path, tuple[int, ...]]:
    """Return a copy with one kind of line end and no marks inside, and where marks were."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = _LINE_END.split(file.read())
    marks = tuple(at for at, line in enumerate(lines, 1) if line.startswith(_MARK))
    target = folder / "lines.csv"
    with target.open("w", encoding="utf-8", newline="") as out:
        out.write("\n".join(line.lstrip(_MARK) for line in lines))
    return target, marks
