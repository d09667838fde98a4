"""What a file really is: its first bytes decide, never its name."""

from __future__ import annotations

import codecs
import lzma
import re
import struct
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from opsdata.errors import Refused
from opsdata.intake.oldoffice import streams


class FileKind(StrEnum):
    """What can be read."""

    TEXT = "text"
    WORKBOOK = "workbook"
    PAGE = "page"
    ARCHIVE = "archive"


_REFUSED_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "is_pdf"),
    (b"\x89PNG", "is_image"),
    (b"\xff\xd8\xff", "is_image"),
    (b"GIF8", "is_image"),
    (b"RIFF", "is_image"),
    (b"Rar!", "is_archive"),
    (b"BM", "is_image"),
    (b"II*\x00", "is_image"),
    (b"MM\x00*", "is_image"),
    (b"7z\xbc\xaf", "is_archive"),
    (b"\x1f\x8b", "is_archive"),
    (b"{\\rtf", "is_document"),
    (b"ID3", "is_video"),
)
_MARKUP = re.compile(rb"<(!doctype|html|head|body|table|meta|style|div|script|form|\?xml)[\s>-]")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_OLD_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "is_protected"),
    ("WordDocument", "is_document"),
    ("PowerPoint Document", "is_document"),
)

BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, struct.error, lzma.LZMAError,
    OSError, EOFError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What reading a zip that is none, or no longer whole, raises."""

_BLANK = codecs.BOM_UTF8 + b" \t\r\n"


def file_kind(path: Path) -> FileKind:
    """Return what a file is by its bytes; Refused, naming it, when it cannot be read."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(_BLANK + b"\x00\xff\xfe"):
        raise Refused("is_empty")
    _refuse_by_start(head)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inside_zip(path)
    if head.startswith(_OLD_OFFICE):
        return _inside_old_office(path)
    if _MARKUP.match(head.replace(b"\x00", b"").lstrip(_BLANK + b"\xff\xfe").lower()):
        return FileKind.PAGE
    if _is_binary(head):
        raise Refused("is_unknown")
    return FileKind.TEXT


def _refuse_by_start(head: bytes) -> None:
    """Refuse what its first bytes name, if it is nothing with a table in it.

    A few letters alone are no proof: a text may begin with them too.
    """
    for start, code in _REFUSED_STARTS:
        if head.startswith(start) and (not start.isalnum() or _is_binary(head)):
            raise Refused(code)
    if head[4:8] == b"ftyp":
        raise Refused("is_image" if head[8:12] in (b"heic", b"avif", b"mif1") else "is_video")


def _inside_old_office(path: Path) -> FileKind:
    names = streams(path)
    for name, code in _OLD_STREAMS:
        if name in names:
            raise Refused(code)
    if not names & {"Workbook", "Book"}:
        raise Refused("is_unknown")
    return FileKind.WORKBOOK


def _inside_zip(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except BROKEN_ZIP as error:
        raise Refused("is_corrupt") from error
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return FileKind.WORKBOOK
    if "content.xml" in names and "mimetype" in names:
        return FileKind.WORKBOOK
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise Refused("is_document")
    if any(name.lower().endswith(".iwa") or name.startswith("Index.zip") for name in names):
        raise Refused("is_numbers")
    return FileKind.ARCHIVE


def _is_binary(head: bytes) -> bool:
    """Whether the bytes are no text in any encoding met: many control bytes, no UTF-16."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or utf16_without_mark(head):
        return False
    control = sum(byte < 32 and byte not in b"\t\r\n\f\x1b" for byte in head)
    return control > len(head) * 0.05


UNMARKED = ("utf-16-le", "utf-16-be")
"""Encodings that are known by where their zero bytes stand, not by a mark."""


def utf16_without_mark(head: bytes) -> str | None:
    """Return the byte order of UTF-16 text that has no mark, None when it is not UTF-16.

    Digits, commas and line ends are half of any export; in UTF-16 each brings a zero
    byte, always on the same side.
    """
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 10 < len(head) or min(even, odd) * 20 > max(even, odd):
        return None
    return UNMARKED[even > odd]
