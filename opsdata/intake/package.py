"""What the XML of a workbook says that its values alone do not.

Errors and formulas without a computed value look like empty cells to the fast reader, a
hidden row like any other, and one cell in the last corner asks for gigabytes. So the XML
of each sheet is looked through once, in pieces of whole rows, before values are read.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO

from opsdata.errors import Refused
from opsdata.intake.archive import inspect
from opsdata.intake.limits import MEGABYTE, Limits
from opsdata.intake.rounded import spelled_out
from opsdata.intake.sniff import BROKEN_ZIP

_BOOK = "xl/workbook.xml"
_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]{0,400}\bdate1904=\"(?:1|true)\"")
_PROLOGUE = 65_536
_ELEMENT = re.compile(rb"<[A-Za-z]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*?\br:id=\"([^\"]+)\"|<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"(\w+)=\"([^\"]*)\"")
_PREFIXED = re.compile(rb"<(/?)\w+:(?=\w)")
# No tag of a sheet is longer; without an end, looking for one could take for ever.
_ROW = re.compile(rb"<row\b[^>]{0,400}?\br=\"(\d+)\"")
_HIDDEN = re.compile(rb"<row\b(?=[^>]{0,400}\bhidden=\"(?:1|true)\")[^>]{0,400}?\br=\"(\d+)\"")
_FIRST = re.compile(
    rb"<row\b[^>]{0,400}>(?:<c\b[^>]{0,400}/>)*<c\b[^>]{0,400}?\br=\"([A-Z]+)\d+\"[^>]{0,400}[^/]>"
)
_CELL = re.compile(rb"<c\b([^>]{0,400}[^/>])>((?:(?!<c\b).)*?)</c>", re.DOTALL)
_PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d{1,7})\"")
_VALUE = re.compile(rb"<v\b[^>]{0,400}>([^<]+)</v>|<is\b")
_MERGED = re.compile(
    rb"<mergeCell\b[^>]{0,400}?\bref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\""
)
_LONG = re.compile(rb"<v>(?:\d{16,25}|\d(?:\.\d{1,20})?[eE]\+?(?:1[5-9]|2\d))</v>")
_NUMBER = re.compile(
    rb"<c\b([^>]{0,400})>(?:<f\b[^>]{0,400}(?:/>|>[^<]*</f>))?"
    rb"<v>(\d{16,25}|\d(?:\.\d{1,20})?[eE]\+?(?:1[5-9]|2\d))</v>"
)
_IS_TEXT = re.compile(rb"\bt=\"(?:s|str|inlineStr|e|b)\"")
_FAR = re.compile(rb"<c r=\"(?:S[S-Z]|[T-Z][A-Z]|[A-Z]{3})\d")
"""A cell right of column SR, the 512th."""

_LOW = re.compile(rb"<c r=\"[A-Z]{1,3}(\d{7,})\"")
_ROWS = 1_048_576
"""No sheet has more rows."""

_PIECE = 4 * MEGABYTE
_LONGEST_ROW = 64 * MEGABYTE
_SPARSE_FROM = 100_000
_SPARSE = 10
"""With so many times more rows than cells, a stray cell stands far below the table."""


@dataclass
class Facts:
    """What the XML of one sheet says beside the values; rows and columns start at 1."""

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncomputed: set[tuple[int, int]] = field(default_factory=set)
    hidden: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    """Cells merged downwards in one column: column, first row, last row."""
    rounded: set[str] = field(default_factory=set)
    """What the cells read that hold numbers longer than a number can be exact."""
    first_column: int = 16_384
    """The first column with anything in it; readers leave out those before."""

    def between(self, top: int, bottom: int) -> Facts:
        """Return what is said of the rows from one line to before another."""
        return replace(
            self,
            errors={place: text for place, text in self.errors.items() if top <= place[0] < bottom},
            uncomputed={place for place in self.uncomputed if top <= place[0] < bottom},
            merged=[one for one in self.merged if top <= one[1] and one[2] < bottom],
        )


@dataclass(frozen=True)
class Package:
    """What is known of a workbook beside the values of its cells."""

    sheets: dict[int, Facts]
    """By the position of the sheet."""
    macros: bool = False
    from_1904: bool = False
    """Whether its days are counted from 1904, as old Macs did, and not from 1900."""


def look_through(path: Path, limits: Limits) -> Package:
    """Return what the XML of a workbook says; empty for kinds that are no zip of XML.

    Refused when reading the values would do harm.
    """
    if not zipfile.is_zipfile(path):
        return Package({})
    try:
        with zipfile.ZipFile(path) as archive:
            inspect(archive, path.stat().st_size, limits)
            names = set(archive.namelist())
            _refuse_definitions(archive)
            _refuse_links(names)
            facts = {
                at: _facts(archive, name, limits)
                for at, name in enumerate(_sheet_files(archive, names))
                if name in names
            }
            return Package(facts, "xl/vbaProject.bin" in names, _is_from_1904(archive, names))
    except BROKEN_ZIP as error:
        raise Refused("is_corrupt") from error


def _refuse_definitions(archive: zipfile.ZipFile) -> None:
    """Refuse XML that defines entities of its own; no spreadsheet program writes that.

    Definitions stand before the first element, so what begins without one is no sheet.
    """
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            with archive.open(entry) as part:
                head = part.read(_PROLOGUE).replace(b"\0", b"")
            no_element = len(head) > _PROLOGUE // 4 and not _ELEMENT.search(head)
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head or no_element:
                raise Refused("has_entities")


def _refuse_links(names: set[str]) -> None:
    """Refuse values that come from other workbooks: nobody can tell how old they are."""
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise Refused("has_links")


def _sheet_files(archive: zipfile.ZipFile, names: set[str]) -> list[str]:
    """Return the file of every sheet, in the order of the sheets; "" where it has none."""
    relations = "xl/_rels/workbook.xml.rels"
    if not {_BOOK, relations} <= names:
        return []
    targets: dict[bytes, str] = {}
    for found in _RELATION.findall(archive.read(relations)):
        said = dict(_ATTRIBUTE.findall(found))
        target = said.get(b"Target", b"").decode("utf-8", errors="replace")
        targets[said.get(b"Id", b"")] = target[1:] if target[:1] == "/" else f"xl/{target}"
    return [targets.get(key, "") for key in _SHEET.findall(archive.read(_BOOK))]


def _is_from_1904(archive: zipfile.ZipFile, names: set[str]) -> bool:
    return _BOOK in names and _FROM_1904.search(archive.read(_BOOK)) is not None


def _facts(archive: zipfile.ZipFile, name: str, limits: Limits) -> Facts:
    facts = Facts()
    cells = last_row = 0
    with archive.open(name) as sheet:
        for piece in _pieces(sheet):
            if _FAR.search(piece):
                raise Refused("too_many_columns", limit=limits.columns)
            if any(int(row) > _ROWS for row in _LOW.findall(piece)):
                raise Refused("is_corrupt")
            cells += piece.count(b"<c ")
            tail = _ROW.match(piece, max(piece.rfind(b"<row "), 0))
            last_row = int(tail.group(1)) if tail else last_row
            if limits.rows is not None and last_row > limits.rows + 100 and cells > limits.rows:
                raise Refused("too_many_rows", limit=limits.rows)
            _note(facts, piece)
    if last_row > _SPARSE_FROM and cells * _SPARSE < last_row:
        raise Refused("too_sparse", row=last_row)
    return facts


def _pieces(sheet: IO[bytes]) -> Iterator[bytes]:
    """Yield the XML in pieces that end where a row ends, without name prefixes."""
    rest, end, prefixed = b"", b"</row>", False
    while read := sheet.read(_PIECE):
        if not rest and b":row" in read:
            prefixed = True
        rest += _PREFIXED.sub(rb"<\1", read) if prefixed else read
        cut = rest.rfind(end) + len(end)
        if cut >= len(end):
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _LONGEST_ROW:
            raise Refused("is_corrupt")
    yield rest


def _note(facts: Facts, piece: bytes) -> None:
    """Add what one piece says to the facts."""
    for found in _FIRST.findall(piece):
        facts.first_column = min(facts.first_column, _column(found))
    if b"hidden=" in piece:
        facts.hidden += [int(row) for row in _HIDDEN.findall(piece)]
    if b't="e"' in piece or b"<f" in piece:
        for attributes, content in _CELL.findall(piece):
            _note_cell(facts, attributes, content)
    if _LONG.search(piece):
        numbers = (text for said, text in _NUMBER.findall(piece) if not _IS_TEXT.search(said))
        facts.rounded.update(spelled_out(text.decode() for text in numbers))
    for left, top, right, bottom in _MERGED.findall(piece):
        if left == right and top != bottom:
            facts.merged.append((_column(left), int(top), int(bottom)))


def _note_cell(facts: Facts, attributes: bytes, content: bytes) -> None:
    at = _PLACE.search(attributes)
    if at is None:
        return
    place = int(at.group(2)), _column(at.group(1))
    value = _VALUE.search(content)
    if b't="e"' in attributes:
        text = (value.group(1) or b"") if value else b""
        facts.errors[place] = text.decode("utf-8", errors="replace") or "#N/A"
    elif b"<f" in content and value is None and b't="str"' not in attributes:
        facts.uncomputed.add(place)


def _column(letters: bytes) -> int:
    """Return a column's number.

    >>> _column(b"A"), _column(b"AA")
    (1, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
