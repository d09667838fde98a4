"""A zip: whether it can be trusted, and the tables in it, unpacked one by one.

Some platforms hand out several CSV files in one zip. A zip can also claim small sizes
and unpack to the end of the disk, or name places outside of its folder; it is inspected
before anything is unpacked, and while unpacking no member may exceed what it claimed.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from opsdata.errors import Refused
from opsdata.intake.limits import MEGABYTE, Limits
from opsdata.intake.sniff import BROKEN_ZIP

_LOCAL_HEADER = 30
_ARCHIVES = (".zip", ".rar", ".7z", ".gz", ".tar")


@dataclass(frozen=True)
class Member:
    """One file of an archive, unpacked."""

    name: str
    path: Path


def inspect(archive: zipfile.ZipFile, size: int, limits: Limits) -> None:
    """Refuse a zip whose table of contents tells that unpacking it would do harm."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if limits.unpacked_bytes is not None and unpacked > limits.unpacked_bytes:
        raise Refused("too_large_unpacked", limit=limits.unpacked_bytes // MEGABYTE)
    ratio = limits.unpack_ratio
    if ratio is not None and unpacked > 10 * MEGABYTE and unpacked > ratio * size:
        raise Refused("too_dense", limit=ratio)
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end or entry.flag_bits & 0x1:
            raise Refused("zip_protected" if entry.flag_bits & 0x1 else "zip_overlaps")
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
    if end > size:
        raise Refused("is_corrupt")


def members(path: Path, folder: Path, limits: Limits) -> Iterator[Member]:
    """Yield the files of an archive, each unpacked to ``folder`` until the next one is asked for.

    Refused when the archive, or a path in it, is unsafe.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > limits.members:
                raise Refused("zip_too_many", limit=limits.members)
            inspect(archive, path.stat().st_size, limits)
            for entry in entries:
                _refuse_unsafe(entry)
            for number, entry in enumerate(entries):
                name = _name(entry)
                if _is_litter(name):
                    continue
                unpacked = folder / f"member{number}"
                _unpack(archive, entry, unpacked)
                yield Member(name, unpacked)
                unpacked.unlink(missing_ok=True)
    except BROKEN_ZIP as error:
        raise Refused("is_corrupt") from error


def _refuse_unsafe(entry: zipfile.ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    shown = _name(entry)[:80]
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if is_link or name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise Refused("zip_unsafe", name=shown)
    if name.lower().endswith(_ARCHIVES):
        raise Refused("zip_nested", name=shown)


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name; where a Chinese Windows wrote it, its bytes are GB18030."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _is_litter(name: str) -> bool:
    """Whether a file is one that systems leave in archives unasked."""
    path = PurePosixPath(name)
    return path.name.startswith(".") or "__MACOSX" in path.parts or path.name == "Thumbs.db"


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """Unpack one member; reading ends with an error where it is not what was claimed."""
    with archive.open(entry) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out, MEGABYTE)
