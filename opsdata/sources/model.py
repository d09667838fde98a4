"""What a known export is: its columns with their aliases, and how it is recognised."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache


class Kind(StrEnum):
    """What the cells of a column hold, so how their text is read."""

    TEXT = "text"
    TIME = "time"
    DAY = "day"
    COUNT = "count"
    SHARE = "share"
    POINTS = "points"
    """A share in hundredths: 1.68 means 1.68 %; only the header says so."""
    SECONDS = "seconds"
    ID = "id"
    LINK_ID = "link_id"
    """The digits at the end of a link."""
    EPOCH = "epoch"
    """A moment as seconds or milliseconds since 1970, shown as Beijing time."""
    US_TIME = "us_time"
    """A time whose day and month stand as in the United States: 03/27/2026 06:08."""


class Target(StrEnum):
    """Which facts the rows of an export become."""

    WORKS = "works"
    DAYS = "days"


@dataclass(frozen=True)
class Column:
    """One column: the field it fills, what it holds, and the headers it is known by."""

    field: str
    kind: Kind
    headers: tuple[str, ...]
    required: bool = False
    """A row whose cell cannot be read is rejected; without the column the file is refused."""
    may_be_negative: bool = False
    times: float = 1.0
    """What a plain number is multiplied by, where a mapping says so: 0.01 for percent."""
    order: str = ""
    """The order of day, month and year in its dates, where a mapping says so."""


@dataclass(frozen=True)
class Source:
    """One known export."""

    key: str
    platform: str
    target: Target
    columns: tuple[Column, ...]
    own: bool = True
    """Official exports describe own accounts, lists from plug-ins describe competitors."""
    at_least: int = 1
    """How many columns beside the required ones must be there to recognise the export."""
    by_hand: bool = False
    """Never recognised by its header; a person says what its columns are."""
    exact: bool = False
    """Whether any further column means another export: a slice by something we do not know."""
    void_without: str = ""
    """A row that says nothing in this field says nothing at all: its zeros are no zeros."""

    @cached_property
    def _known(self) -> dict[str, Column]:
        return {tidy(name): column for column in self.columns for name in column.headers}

    def match(self, header: Sequence[str]) -> Match:
        """Return which column of a header fills which field; aliases only, never positions."""
        known = self._known
        found: dict[int, Column] = {}
        twice: list[int] = []
        for position, text in enumerate(header):
            column = known.get(tidy(text))
            if column is None:
                continue
            if column in found.values():
                twice.append(position)
            else:
                found[position] = column
        return Match(self, found, tuple(twice), tuple(header))


@dataclass(frozen=True)
class Match:
    """How well a header fits a source: position of each known column."""

    source: Source
    columns: dict[int, Column]
    twice: tuple[int, ...] = ()
    """Positions of columns whose field is already filled by an earlier one."""
    names: tuple[str, ...] = ()
    """The header as it stands in the file."""

    @property
    def missing(self) -> tuple[Column, ...]:
        """The required columns that the header lacks."""
        found = set(self.columns.values())
        return tuple(c for c in self.source.columns if c.required and c not in found)

    @property
    def closeness(self) -> tuple[int, int]:
        """How many columns are known, then how many by the name this export itself uses."""
        names = self.names
        usual = sum(tidy(names[at]) == tidy(c.headers[0]) for at, c in self.columns.items())
        return len(self.columns), usual

    @property
    def complete(self) -> bool:
        """Whether the header is this export: all required columns and enough others."""
        if self.source.exact and len(self.columns) < sum(bool(tidy(n)) for n in self.names):
            return False
        others = [column for column in self.columns.values() if not column.required]
        return not self.missing and len(others) >= self.source.at_least


@lru_cache(maxsize=4096)
def tidy(header: str) -> str:
    """Return a header as it is compared: one width, no blanks, lower case.

    >>> tidy(" 2 秒跳出率 "), tidy("５S完播率")
    ('2秒跳出率', '5s完播率')
    """
    return "".join(unicodedata.normalize("NFKC", header).split()).lower()
