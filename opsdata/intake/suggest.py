"""What the columns of an unknown table could be: by their headers, then by their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from opsdata.intake import likeness
from opsdata.intake.mapping import (
    KEYS,
    PER_HUNDRED,
    TEN_THOUSAND,
    Assigned,
    Mapping,
    fields,
    numbered,
    signature,
    unnamed,
)
from opsdata.intake.table import HEADER_WITHIN
from opsdata.sources.model import Column, Kind, Target, tidy

_ALIKE = 0.6
"""Headers less alike than this are not taken for the same."""

_SERIAL = {"序号", "编号", "no", "no.", "id", "#"}
_UNIT = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]$")

_FITS: dict[Kind, tuple[Kind | None, ...]] = {
    Kind.TEXT: (Kind.TEXT, Kind.COUNT, None),
    Kind.TIME: (Kind.TIME,),
    Kind.DAY: (Kind.TIME,),
    Kind.COUNT: (Kind.COUNT, None),
    Kind.SHARE: (Kind.SHARE, Kind.COUNT, None),
    Kind.SECONDS: (Kind.SECONDS, Kind.COUNT, None),
}
"""What the values of a column may look like for each kind of field."""


@dataclass(frozen=True)
class Sketch:
    """An unknown table as far as a person needs to see it: its headers and first rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def bare(self) -> Sketch:
        """Return the same table when its first row is data."""
        return Sketch(unnamed(len(self.header)), (self.header, *self.rows))

    def texts(self, at: int) -> list[str]:
        """Return the values of one column."""
        return [row[at] if at < len(row) else "" for row in self.rows]

    def looks_bare(self) -> bool:
        """Return whether the header is rather a row of data: it holds a date or a number."""
        kinds = [likeness.of([name]) for name in self.header]
        return Kind.TIME in kinds or kinds.count(Kind.COUNT) > 1


def suggest(sketch: Sketch, grain: Target, base: str = "", bare: bool = False) -> Mapping:
    """Return the likeliest mapping of a table; columns that fit nothing are left out.

    Of two columns with one header neither is chosen: that is for a person to say.
    """
    keys = numbered(sketch.header)
    twins = {name for name, nth in keys if nth > 1}
    open_ = {at: key for at, key in enumerate(keys) if key[0] and key[0] not in twins}
    kinds = {at: likeness.of(sketch.texts(at)) for at in open_}
    chosen = _by_header(grain, open_, kinds)
    _by_values(sketch, grain, open_, kinds, chosen)
    columns = tuple(
        Assigned(sketch.header[at].strip(), field, 1, times(sketch, at, fields(grain)[field]))
        for at, field in sorted(chosen.items())
    )
    layout = likeness.of_rows(sketch.rows[:HEADER_WITHIN]) if bare else signature(sketch.header)
    return Mapping(grain, columns, layout, base, bare)


def likelier(sketch: Sketch) -> Target:
    """Return the grain that an unknown table more likely has."""
    works = suggest(sketch, Target.WORKS)
    days = suggest(sketch, Target.DAYS)
    if works.missing() and not days.missing():
        return Target.DAYS
    return Target.WORKS if len(works.columns) >= len(days.columns) else Target.DAYS


def can_be_mapped(sketch: Sketch, grains: Sequence[Target] = tuple(KEYS)) -> bool:
    """Return whether a table has columns for what one of the grains needs.

    A date and numbers that do more than count the rows: a list of addresses has none.
    """
    return any(not suggest(view, grain).missing() for view in _views(sketch) for grain in grains)


def _views(sketch: Sketch) -> list[Sketch]:
    return [sketch, sketch.bare()] if sketch.looks_bare() else [sketch]


def _by_header(
    grain: Target,
    open_: dict[int, tuple[str, int]],
    kinds: dict[int, Kind | None],
) -> dict[int, str]:
    """Return the columns whose header is like that of a field, the most alike first."""
    found = [
        (likeness, -at, field)
        for at, (name, _) in open_.items()
        for field, column in fields(grain).items()
        if kinds[at] in _FITS[column.kind] and (likeness := _likeness(name, column)) >= _ALIKE
    ]
    chosen: dict[int, str] = {}
    for _, place, field in sorted(found, reverse=True):
        if -place not in chosen and field not in chosen.values():
            chosen[-place] = field
    return chosen


def _likeness(name: str, column: Column) -> float:
    """Return how alike a header is to the names of a field, from 0 to 1."""
    plain = _UNIT.sub("", name)
    known = {tidy(column.field.replace("_", " ")), *map(tidy, column.headers)}
    return max(_alike(plain, _UNIT.sub("", other)) for other in known)


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if len(other) > 1 and (other in one or one in other) and min(len(one), len(other)) > 1:
        return 0.8 + 0.1 * min(len(one), len(other)) / max(len(one), len(other))
    return SequenceMatcher(None, one, other).ratio()


def _by_values(
    sketch: Sketch,
    grain: Target,
    open_: dict[int, tuple[str, int]],
    kinds: dict[int, Kind | None],
    chosen: dict[int, str],
) -> None:
    """Fill what must be filled with the first column whose values look right."""
    needed = [c for c in fields(grain).values() if c.required]
    if grain is Target.DAYS and set(chosen.values()) <= {KEYS[grain]}:
        needed.append(fields(grain)["views"])
    for column in needed:
        if column.field in chosen.values():
            continue
        wanted = Kind.TIME if column.kind is Kind.DAY else column.kind
        fitting = [at for at in open_ if at not in chosen and kinds[at] is wanted]
        if wanted is Kind.COUNT:
            fitting = [at for at in fitting if not _counts_rows(sketch, at)]
        if fitting:
            chosen[_richest(sketch, fitting) if wanted is Kind.TEXT else fitting[0]] = column.field


def _counts_rows(sketch: Sketch, at: int) -> bool:
    """Whether a column only numbers the rows."""
    named = tidy(sketch.header[at]) in _SERIAL
    return named or (len(sketch.rows) > 1 and likeness.is_running(sketch.texts(at)))


def _richest(sketch: Sketch, places: list[int]) -> int:
    """Return the column with most different texts; a title says something else in each row."""
    return max(places, key=lambda at: (len(set(sketch.texts(at))), -at))


def times(sketch: Sketch, at: int, column: Column) -> float:
    """Return what the numbers of a column must be multiplied by, as its header and size say."""
    unit = _UNIT.search(tidy(sketch.header[at]))
    if column.kind is Kind.COUNT and unit and unit[1] in ("万", "w"):
        return TEN_THOUSAND
    if column.kind is Kind.SHARE:
        found = likeness.numbers(sketch.texts(at))
        if (unit and "%" in unit[1]) or any(abs(value) > 1 for value in found):
            return PER_HUNDRED
    return 1.0
