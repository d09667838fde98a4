"""The container of old Office files: which streams it holds, and whether it holds together.

It is a small file system of its own. A chain of its blocks that runs in a circle would
keep a reader busy until memory ends, so all chains are walked before any is read.
"""

from __future__ import annotations

import struct
from pathlib import Path

from opsdata.errors import Refused

_END = 0xFFFFFFFE
_LAST = 0xFFFFFFFA
_HEADER = 512
_IN_HEADER = 109
_ENTRY = 128


def streams(path: Path) -> frozenset[str]:
    """Return the names of all streams; Refused when the container is damaged."""
    try:
        return _Container(path.read_bytes()).streams()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Refused("is_corrupt") from error


class _Container:
    def __init__(self, data: bytes) -> None:
        self.data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or small_shift != 6:
            raise Refused("is_corrupt")
        self.size = 1 << shift
        (self.folder,) = struct.unpack_from("<I", data, 48)
        self.small_from, self.small, self.smalls = struct.unpack_from("<III", data, 56)
        self.more, self.more_count = struct.unpack_from("<II", data, 68)
        self.next = self._table()

    def streams(self) -> frozenset[str]:
        """Return the names of all streams after walking the blocks of each."""
        folder = b"".join(map(self._block, self._chain(self.folder, self.next)))
        entries = [folder[at : at + _ENTRY] for at in range(0, len(folder), _ENTRY)]
        blocks = self._chain(self.small, self.next) if self.smalls else []
        small = _numbers(b"".join(map(self._block, blocks)))
        names = set()
        for entry in entries:
            length, kind = struct.unpack_from("<HB", entry, 64)
            start, size = struct.unpack_from("<II", entry, 116)
            if kind not in (2, 5):
                continue
            if size > len(self.data):
                raise Refused("is_corrupt")
            is_small = kind == 2 and size < self.small_from
            if size:
                self._chain(start, small if is_small else self.next)
            names.add(entry[: max(length - 2, 0)].decode("utf-16-le"))
        return frozenset(names)

    def _table(self) -> list[int]:
        """Return which block follows each block."""
        places = list(struct.unpack_from(f"<{_IN_HEADER}I", self.data, 76))
        at, seen = self.more, 0
        while at < _LAST:
            seen += 1
            if seen > self.more_count or seen * self.size > len(self.data):
                raise Refused("is_corrupt")
            *further, at = _numbers(self._block(at))
            places += further
        used = [place for place in places if place < _LAST]
        if len(used) * self.size > len(self.data):
            raise Refused("is_corrupt")
        return _numbers(b"".join(map(self._block, used)))

    def _block(self, at: int) -> bytes:
        start = _HEADER if self.size == _HEADER else self.size
        begin = start + at * self.size
        found = self.data[begin : begin + self.size]
        if not found:
            raise Refused("is_corrupt")
        return found.ljust(self.size, b"\0")

    def _chain(self, start: int, following: list[int]) -> list[int]:
        """Return the blocks from one on; Refused when they run in a circle or astray."""
        chain: list[int] = []
        at = start
        while at < _LAST:
            if at >= len(following) or len(chain) > len(following):
                raise Refused("is_corrupt")
            chain.append(at)
            at = following[at]
        if at != _END:
            raise Refused("is_corrupt")
        return chain


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
