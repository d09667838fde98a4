"""A mapping: which column of an unknown table fills which field, told by a person.

It is tied to a layout, the headers of the table, and becomes an ordinary source, so that
an unknown table is cleaned, judged and loaded like any known export.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any

from opsdata.intake import likeness
from opsdata.sources import SOURCES, by_hand, recognise
from opsdata.sources.model import Column, Kind, Match, Source, Target, tidy

KEYS = {Target.WORKS: "published_at", Target.DAYS: "day"}
"""The field without which a row of a grain is nothing."""

PER_HUNDRED, TEN_THOUSAND, MINUTES = 0.01, 1e4, 60.0


@dataclass(frozen=True)
class Assigned:
    """One column of a table and the field it fills."""

    header: str
    field: str
    nth: int = 1
    """Which of several columns of this header, the first being 1."""
    times: float = 1.0
    """What a plain number is multiplied by: 0.01 where 45 means 45 %."""
    order: str = ""
    """How its dates are written when that cannot be told: dmy, mdy or ymd."""


@dataclass(frozen=True)
class Mapping:
    """What the columns of one layout mean."""

    grain: Target
    columns: tuple[Assigned, ...]
    signature: tuple[str, ...] = ()
    """The tidied headers, see ``signature``; empty fits every table that has the columns."""
    base: str = ""
    """The known export it is a variant of, if it is one."""
    headerless: bool = False
    """The first row is data; columns are named #1, #2, … and the layout by its values."""
    platform: str = by_hand.PLATFORMS[0]
    """Where the works are, unless it is a variant of a known export."""
    encoding: str = ""
    """How the bytes are read, where that had to be asked."""

    @property
    def kind(self) -> str:
        """The key of the source whose rows it brings."""
        known = SOURCES.get(self.base)
        if known and known.target is self.grain:
            return self.base
        return by_hand.key(self.grain, self.platform)

    @property
    def source(self) -> Source:
        """The source it stands for."""
        columns = tuple(map(self._column, self.columns))
        return replace(SOURCES[self.kind], columns=columns, at_least=0)

    def _column(self, assigned: Assigned) -> Column:
        known = fields(self.grain)[assigned.field]
        return replace(
            known,
            headers=(assigned.header,),
            required=known.required or assigned.field == "account",
            times=assigned.times,
            order=assigned.order,
        )

    def match(self, header: Sequence[str]) -> Match | None:
        """Return where the fields stand under a header, None when it is another layout."""
        if self.signature and not self.headerless and signature(header) != self.signature:
            return None
        places = {key: at for at, key in enumerate(numbered(header))}
        wanted = [(tidy(one.header), one.nth) for one in self.columns]
        if not all(key in places for key in wanted):
            return None
        source = self.source
        return Match(
            source,
            dict(sorted((places[k], c) for k, c in zip(wanted, source.columns, strict=True))),
        )

    def of(self, header: Sequence[str]) -> Mapping:
        """Return the same for tables of exactly this layout."""
        return self if self.headerless else replace(self, signature=signature(header))

    def lacking(self, header: Sequence[str]) -> list[str]:
        """Return the headers it names that a table does not have."""
        there = set(numbered(header))
        return [one.header for one in self.columns if (tidy(one.header), one.nth) not in there]

    def missing(self) -> list[str]:
        """Return the fields that must be filled and are not."""
        filled = {one.field for one in self.columns}
        lacks = [f for f, c in fields(self.grain).items() if c.required and f not in filled]
        if not lacks and filled == {KEYS[self.grain]}:
            lacks.append("views")
        return lacks

    def twice(self) -> list[str]:
        """Return the fields that two columns fill."""
        return [f for f, n in Counter(one.field for one in self.columns).items() if n > 1]

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return asdict(self)


def from_json(plain: dict[str, Any]) -> Mapping:
    """Return the Mapping that ``as_json`` wrote; ValueError when it is of no kind known here."""
    try:
        columns = tuple(Assigned(**one) for one in plain["columns"])
        told = {"grain": Target(plain["grain"]), "signature": tuple(plain["signature"])}
        made = Mapping(**{**plain, **told, "columns": columns})
    except (TypeError, KeyError) as error:
        raise ValueError(str(error)) from error
    known = fields(made.grain)
    if made.kind not in SOURCES or not all(one.field in known for one in columns):
        raise ValueError(made.kind)
    return made


def of_known(header: Sequence[str], encoding: str) -> Mapping | None:
    """Return what a known export's header means, with how its bytes are read.

    None when it is none, or one of which a mapping cannot tell everything.
    """
    match = recognise(header)
    if match is None or not match.complete or match.source.target not in KEYS:
        return None
    target, names = match.source.target, numbered(header)
    if not all(column.field in fields(target) for column in match.columns.values()):
        return None
    columns = tuple(
        Assigned(header[at].strip(), c.field, names[at][1], c.times, c.order)
        for at, c in match.columns.items()
    )
    return Mapping(target, columns, signature(header), match.source.key, encoding=encoding)


@cache
def fields(grain: Target) -> dict[str, Column]:
    """Return every field of a grain, with all headers it is known by anywhere.

    Except ids: what is one cannot be told by a person from its values.
    """
    found: dict[str, Column] = {}
    for source in SOURCES.values():
        for column in source.columns if source.target is grain and not source.titles else ():
            if column.kind in (Kind.ID, Kind.LINK_ID):
                continue
            known = found.get(column.field, replace(column, headers=()))
            names = dict.fromkeys((*known.headers, *column.headers))
            found[column.field] = replace(known, headers=tuple(names))
    if grain is Target.WORKS:
        needed = {"title", "published_at", "views"}
        return {name: replace(c, required=name in needed) for name, c in found.items()}
    return found


def numbered(header: Sequence[str]) -> list[tuple[str, int]]:
    """Return each header tidied, with the how-manieth of its name it is.

    >>> numbered(["日期", "点赞", "点赞 "])
    [('日期', 1), ('点赞', 1), ('点赞', 2)]
    """
    seen: Counter[str] = Counter()
    found = []
    for text in header:
        name = tidy(text)
        seen[name] += 1
        found.append((name, seen[name]))
    return found


def signature(header: Sequence[str]) -> tuple[str, ...]:
    """Return what tells a layout: its headers, in any order unless one stands twice.

    Which of two columns of one name is meant, only their order tells.

    >>> signature(["播放 量", "日期", ""]) == signature(["日期", "播放量"])
    True
    >>> signature(["日期", "赞", "赞"]) == signature(["赞", "赞", "日期"])
    False
    """
    names = [name for name in map(tidy, header) if name]
    return tuple(names if len(set(names)) < len(names) else sorted(names))


def unnamed(width: int) -> tuple[str, ...]:
    """Return the names of columns without a header."""
    return tuple(f"#{at}" for at in range(1, width + 1))


@dataclass(frozen=True)
class Taught:
    """The mappings in force: one for the file at hand, and those remembered."""

    given: Mapping | None = None
    known: tuple[Mapping, ...] = ()
    encoding: str = ""
    """How a person said that the bytes are read, where that had to be asked."""

    @property
    def all(self) -> tuple[Mapping, ...]:
        """The mappings to try, in their order."""
        return (self.given,) if self.given else self.known


def taught(plain: dict[str, Any]) -> Taught:
    """Return the Taught that was written as plain values."""
    one = plain["given"]
    known = tuple(map(from_json, plain["known"]))
    return Taught(from_json(one) if one else None, known, plain["encoding"])


_NOTHING = Taught()
_taught: ContextVar[Taught] = ContextVar("taught", default=_NOTHING)


@contextmanager
def teaching(taught: Taught) -> Iterator[None]:
    """Let ``recognised`` know some mappings for a while."""
    token = _taught.set(taught)
    try:
        yield
    finally:
        _taught.reset(token)


def given() -> Mapping | None:
    """Return the mapping a person gave for the file at hand."""
    return _taught.get().given


def encoding() -> str:
    """Return how a person said that the bytes of the file at hand are read, "" when not."""
    return _taught.get().encoding


def remembered() -> tuple[Mapping, ...]:
    """Return the mappings that are known from before."""
    return _taught.get().known


def headers() -> frozenset[str]:
    """Return all names of columns that are known: of exports, and of mappings in force."""
    return _headers(tuple(one.header for m in _taught.get().all for one in m.columns))


@cache
def _headers(told: tuple[str, ...]) -> frozenset[str]:
    known = (name for s in SOURCES.values() for column in s.columns for name in column.headers)
    return frozenset(tidy(name).split("(")[0] for name in (*known, *told))


def recognised(header: Sequence[str]) -> Match | None:
    """Return what a header is: by the mappings in force, else by the known exports."""
    for mapping in _taught.get().all:
        found = None if mapping.headerless else mapping.match(header)
        if found and found.complete:
            return found
    return None if given() else recognise(header)


def recognised_bare(rows: Sequence[Sequence[str]]) -> Match | None:
    """Return what rows without a header are, by the mappings in force."""
    width = max((len(row) for row in rows), default=0)
    for mapping in _taught.get().all:
        if mapping.headerless and (not mapping.signature or _has_shapes(mapping.signature, rows)):
            return mapping.match(unnamed(width))
    return None


def _has_shapes(signature: tuple[str, ...], rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows look like those of a remembered layout, also the first one by itself."""
    if likeness.of_rows(rows) != signature:
        return False
    first = likeness.of_rows(next(([row] for row in rows if any(row)), []))
    return all(
        one in (other, likeness.nothing(at))
        for at, (one, other) in enumerate(zip(first, signature, strict=True), start=1)
    )
