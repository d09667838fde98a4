"""How large a file may be, and how much its reading may cost. Settings, with their reasons.

An uploaded file is read in a process of its own under these limits, because a few
kilobytes of spreadsheet can ask for gigabytes of memory.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The limits of one reading; None is no limit."""

    file_bytes: int | None = 200 * MEGABYTE
    unpacked_bytes: int | None = 1024 * MEGABYTE
    unpack_ratio: int | None = 100
    rows: int | None = 2_000_000
    columns: int = 512
    members: int = 1000
    """How many files an archive may hold."""
    seconds: float | None = 120
    memory_bytes: int | None = 1536 * MEGABYTE

    @property
    def file_megabytes(self) -> int | None:
        """The size of the largest file, as people say it."""
        return None if self.file_bytes is None else self.file_bytes // MEGABYTE


def _machine() -> int | None:
    """Return three quarters of the machine's memory, None where that is not told."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 3 // 4
    except (AttributeError, ValueError, OSError):
        return None


BROWSER = Limits()
"""What comes through the browser or the inbox, from anybody, unless a setting says otherwise."""


def browser() -> Limits:
    """Return the limits of uploads: ``OPSDATA_UPLOAD_MB`` and ``OPSDATA_UPLOAD_ROWS`` move them."""
    size, rows = _said("OPSDATA_UPLOAD_MB"), _said("OPSDATA_UPLOAD_ROWS")
    return replace(
        BROWSER,
        file_bytes=size * MEGABYTE if size else BROWSER.file_bytes,
        rows=rows or BROWSER.rows,
    )


def _said(name: str) -> int:
    """Return a number of the environment, 0 where there is none."""
    text = os.environ.get(name, "")
    return int(text) if text.isascii() and text.isdigit() else 0


COMMAND_LINE = Limits(
    file_bytes=None,
    unpacked_bytes=None,
    unpack_ratio=None,
    rows=None,
    seconds=None,
    memory_bytes=_machine(),
)
"""What the owner of the machine reads at the prompt ends only at the disk, and before it
takes the machine down."""

LONGEST_CELL = 32_767
"""Characters; no spreadsheet program takes more, so a longer cell is a damaged file."""

PAGE_BYTES = 64 * MEGABYTE
"""A web page is held in memory whole; a table larger than this is no page."""

REJECTED_SHARE = 0.2
"""A file of which more rows than this are damaged is refused whole."""
