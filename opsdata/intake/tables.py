"""All tables of a file, whatever kind of file it is: text, workbook, web page, or zip of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from opsdata.errors import Refused
from opsdata.intake import archive, text, webpage, workbook
from opsdata.intake.limits import Limits
from opsdata.intake.sniff import FileKind, file_kind
from opsdata.intake.table import Note, Table

_NO_TABLES = (
    "is_pdf", "is_image", "is_video", "is_document", "is_unknown", "is_empty", "is_html",
    "no_table", "no_rows",
)  # fmt: skip
"""Refusals of a member that has nothing to do with data, such as a readme or a picture."""


@dataclass(frozen=True)
class Found:
    """A table of a file, and the ways to read it: a quick one if there is, and a careful one."""

    careful: Callable[[], Table]
    quick: Callable[[], Table] | None = None
    part: str | None = None
    """The sheet or the member of an archive, where there are several."""
    stamps: dict[str, datetime] = field(default_factory=dict)
    known: bool = True
    """Whether it is a known export."""
    pieces: Callable[[], list[Table]] | None = None
    """Splits it into the tables that stand one below the other in it."""


def find(path: Path, folder: Path, limits: Limits) -> list[Found]:
    """Return the tables of a file, at least one; Refused when it has none.

    ``folder`` takes what must be rewritten or unpacked before it can be read.
    """
    kind = file_kind(path)
    if kind is FileKind.ARCHIVE:
        return _in_archive(path, folder, limits)
    return _in_file(kind, path, folder, limits)


def _in_file(kind: FileKind, path: Path, folder: Path, limits: Limits) -> list[Found]:
    if kind is FileKind.TEXT:
        plain = text.plain(path, folder)
        if len(plain.header.names) > limits.columns:
            raise Refused("too_many_columns", limit=limits.columns)
        quick = partial(text.by_database, plain) if plain.easy else None
        known = plain.header.match is not None and plain.header.match.complete
        pieces = partial(text.stacked, plain)
        if (not known or plain.below_others) and (found := pieces()):
            return [_ready(table, {}) for table in found]
        if not known and (found := text.on_side(plain)):
            return [_ready(table, {}) for table in found]
        return [Found(partial(text.by_line, plain), quick, known=known, pieces=pieces)]
    if kind is FileKind.PAGE:
        found, stamps = webpage.read(path, folder, limits), {}
    else:
        found, stamps = workbook.read(path, limits), workbook.stamps(path)
    if len(found) > 1 and kind is FileKind.PAGE:
        titles = [table.part for table in found]
        found = [
            table if table.part and titles.count(table.part) == 1 else replace(table, part=str(at))
            for at, table in enumerate(found, start=1)
        ]
    return [_ready(table, stamps) for table in found]


def _ready(table: Table, stamps: dict[str, datetime]) -> Found:
    return Found(
        lambda: table, part=table.part, stamps=stamps, known=table.is_known, pieces=table.pieces
    )


def pieces(found: Found) -> list[Found]:
    """Return the tables that stand one below the other in one, [] when it is one table."""
    made = found.pieces() if found.pieces else []
    return [_named(_ready(table, found.stamps), _joined(found.part, table.part)) for table in made]


def _joined(whole: str | None, part: str | None) -> str:
    """Return the name of a part under that of the whole, unless it says that already."""
    if whole is None or part is None or part.startswith(whole):
        return part or whole or ""
    return f"{whole} · {part}"


def _in_archive(path: Path, folder: Path, limits: Limits) -> list[Found]:
    """Return the tables of all members; what is no table is named beside the first that is."""
    found: list[Found] = []
    others: list[str] = []
    for member in archive.members(path, folder, limits):
        try:
            found += _in_member(member, folder, limits)
        except Refused as refusal:
            if refusal.code in _NO_TABLES:
                others.append(member.name)
            else:
                found.append(Found(partial(_refuse, refusal), part=member.name, known=False))
    if not found:
        raise Refused("zip_no_tables", names="、".join(others)[:200] or "—")
    notes = tuple(Note(1, "", name, "member_not_read") for name in others)
    first = next((at for at, one in enumerate(found) if one.known), 0)
    found[first] = _noted(found[first], notes)
    return found


def _in_member(member: archive.Member, folder: Path, limits: Limits) -> Iterator[Found]:
    kind = file_kind(member.path)
    if kind is FileKind.ARCHIVE:
        raise Refused("zip_nested", name=member.name[:80])
    own = folder / f"{member.path.name}.folder"
    own.mkdir()
    kept = member.path.rename(own / "file")
    for one in _in_file(kind, kept, own, limits):
        part = member.name if one.part is None else f"{member.name}/{one.part}"
        yield _named(one, part)


def _refuse(refusal: Refused) -> Table:
    raise refusal


def _named(found: Found, part: str) -> Found:
    quick = partial(_with_part, found.quick, part) if found.quick else None
    return replace(found, careful=partial(_with_part, found.careful, part), quick=quick, part=part)


def _with_part(make: Callable[[], Table], part: str) -> Table:
    return replace(make(), part=part)


def _noted(found: Found, notes: tuple[Note, ...]) -> Found:
    if not notes:
        return found
    quick = partial(_with_notes, found.quick, notes) if found.quick else None
    return replace(found, careful=partial(_with_notes, found.careful, notes), quick=quick)


def _with_notes(make: Callable[[], Table], notes: tuple[Note, ...]) -> Table:
    table = make()
    return replace(table, notes=(*table.notes, *notes))
