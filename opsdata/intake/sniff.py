"""What a file really is: its first bytes decide, never its name."""

from __future__ import annotations

import codecs
import zipfile
from enum import StrEnum
from pathlib import Path

from opsdata.errors import Refused


class FileKind(StrEnum):
    """What can be read."""

    TEXT = "text"
    WORKBOOK = "workbook"


_REFUSED_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "is_pdf"),
    (b"\x89PNG", "is_image"),
    (b"\xff\xd8\xff", "is_image"),
    (b"GIF8", "is_image"),
    (b"RIFF", "is_image"),
    (b"Rar!", "is_archive"),
    (b"7z\xbc\xaf", "is_archive"),
    (b"\x1f\x8b", "is_archive"),
)
_HTML_STARTS = (b"<!doctype", b"<html", b"<head", b"<body", b"<table", b"<?xml")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1 << 20


def file_kind(path: Path) -> FileKind:
    """Return what a file is by its bytes; Refused, naming it, when it cannot be read."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(codecs.BOM_UTF8 + b" \t\r\n\x00"):
        raise Refused("is_empty")
    for start, code in _REFUSED_STARTS:
        if head.startswith(start):
            raise Refused(code)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _inside_zip(path)
    if head.startswith(_OLD_OFFICE):
        return FileKind.WORKBOOK
    if head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").lower().startswith(_HTML_STARTS):
        raise Refused("is_html")
    if _is_binary(head):
        raise Refused("is_unknown")
    return FileKind.TEXT


def _inside_zip(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refused("is_corrupt") from error
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return FileKind.WORKBOOK
    if "content.xml" in names and "mimetype" in names:
        return FileKind.WORKBOOK
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise Refused("is_document")
    raise Refused("is_archive")


def _is_binary(head: bytes) -> bool:
    """Whether the bytes are no text in any encoding met: many control bytes, no UTF-16."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or utf16_without_mark(head):
        return False
    control = sum(byte < 32 and byte not in b"\t\r\n\f\x1b" for byte in head)
    return control > len(head) * 0.05


def utf16_without_mark(head: bytes) -> str | None:
    """Return the byte order of UTF-16 text that has no mark, None when it is not UTF-16.

    Digits, commas and line ends are half of any export; in UTF-16 each brings a zero
    byte, always on the same side.
    """
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 10 < len(head) or min(even, odd) * 20 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def encoding(path: Path) -> str:
    """Return the encoding of a text file: mark, then strict UTF-8, then GB18030.

    Refused when none of them fits the whole file.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    guess = utf16_without_mark(head)
    if guess:
        return guess
    for name in ("utf-8", "gb18030"):
        if _decodes(path, name):
            return name
    raise Refused("unknown_encoding")


def _decodes(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
