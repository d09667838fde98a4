"""Which rows of a cleaned table break which rule, and which are no rows of data at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from unicodedata import normalize

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake.findings import Problem
from opsdata.intake.table import SUMS
from opsdata.intake.values import TIMES, Values, flags
from opsdata.sources.model import EXAMPLE, NUMBERS, Column, Kind, Match, Target

_NAMES = frozenset({Kind.ID, Kind.LINK_ID})
_NO_ROWS = {
    **{what: words.pattern for what, words in SUMS.items()},
    "comparison": r"(较\S+|环比|同比|对比).*",
}
"""What a row is that calls itself so."""

_SAID = ("text", "commented_at", "comment", "work")
"""What a comment has some of; a row without any of it may be a total of the likes."""

_MARKS = {*EXAMPLE.values(), *(normalize("NFKC", mark) for mark in EXAMPLE.values())}
"""What an example begins with, in an account's name as well, whose signs are of one width."""

_MOMENTS = TIMES | {Kind.DAY, Kind.PERIOD}


def problems(match: Match, read: Mapping[int, Values]) -> list[Problem]:
    """Return every rule with the rows that break it."""
    found: list[Problem] = []
    for cell, column in match.columns.items():
        got = read[cell]
        if column.kind is Kind.TEXT:
            found.append(Problem("control_character", cell, got.unread, fatal=True))
            if got.lost is not None:
                found.append(Problem("precision_lost", cell, got.lost))
            if column.field == "account" and column.required:
                gone = flags(pc.is_null(got.values))
                found.append(Problem("missing_account", cell, gone, fatal=True))
        elif column.kind in _NAMES:
            found.append(Problem("precision_lost", cell, got.unread))
        elif column.kind in _MOMENTS:
            found.append(_unreadable_time(cell, column, got))
            gone = flags(pc.is_null(got.values)) & ~got.unread & column.required
            found.append(Problem("missing_key", cell, gone, column.required))
        else:
            rule = "unreadable_required" if column.required else "unreadable_number"
            found.append(Problem(rule, cell, got.unread, column.required))
            of_whole = match.source.target is Target.AUDIENCE and column.kind is Kind.SHARE
            found.append(
                _no_share(cell, got) if of_whole else _implausible(cell, column, got.values)
            )
    special = (_relations, _examples, _of_reports, _of_comments)
    return [*found, *(problem for rule in special for problem in rule(match, read))]


def _unreadable_time(cell: int, column: Column, got: Values) -> Problem:
    """Return the rows whose time cannot be read: lost, unless the row can do without."""
    if column.required:
        return Problem("unreadable_time", cell, got.unread, fatal=True)
    return Problem("unreadable_moment", cell, got.unread)


def _implausible(cell: int, column: Column, values: pa.ChunkedArray) -> Problem:
    """Return the rows whose value can be read but not believed."""
    if column.kind in (Kind.SHARE, Kind.POINTS):
        if column.may_be_negative:
            return Problem("share_out_of_range", cell, np.zeros(len(values), dtype=bool))
        out = pc.or_(pc.less(values, 0), pc.greater(values, 1))
        return Problem("share_out_of_range", cell, flags(out))
    negative = flags(pc.less(values, 0))
    return Problem("negative", cell, negative & (not column.may_be_negative))


def _no_share(cell: int, got: Values) -> Problem:
    """Return the rows whose share of an audience cannot be one, or is in an unknown unit."""
    outside = flags(pc.or_(pc.less(got.values, 0), pc.greater(got.values, 1)))
    unclear = outside if got.unclear is None else outside | got.unclear
    return Problem("no_share_of_whole", cell, unclear, fatal=True)


def _relations(match: Match, read: Mapping[int, Values]) -> Iterator[Problem]:
    """Yield the checks of one column against another."""
    cells = {column.field: cell for cell, column in match.columns.items()}
    if match.source.target is Target.WORKS and {"views", "likes"} <= cells.keys():
        more = pc.greater(read[cells["likes"]].values, read[cells["views"]].values)
        yield Problem("likes_over_views", cells["likes"], flags(more))


def _examples(match: Match, read: Mapping[int, Values]) -> Iterator[Problem]:
    """Yield the rows of a template that only show how it is filled in."""
    for cell, column in match.columns.items() if match.source.template else ():
        if column.kind is Kind.TEXT:
            starts = [pc.starts_with(read[cell].values, mark) for mark in _MARKS]
            marked = np.logical_or.reduce([flags(start) for start in starts])
            yield Problem("", cell, marked, fatal=True, what="example")


def _of_reports(match: Match, read: Mapping[int, Values]) -> Iterator[Problem]:
    """Yield the rows of a report that sum up others, or that have no name or no number."""
    if match.source.target is not Target.REPORTS:
        return
    yield from _called_so(match, read)
    for cell, column in match.columns.items():
        nameless = flags(pc.is_null(read[cell].values)) & ~read[cell].unread
        if column.field == match.source.sum_without and not nameless.all():
            yield Problem("", cell, nameless, fatal=True, what="subtotal")
    names = [cell for cell, column in match.columns.items() if _is_name(column)]
    if any(match.columns[cell].required for cell in names):
        nameless = np.logical_and.reduce([flags(pc.is_null(read[cell].values)) for cell in names])
        yield Problem("missing_name", names[0], nameless, fatal=True)
    numbers = [cell for cell, column in match.columns.items() if column.kind in NUMBERS]
    silent = np.logical_and.reduce([_silent(read[cell]) for cell in numbers])
    yield Problem("no_numbers", min(match.columns), silent, fatal=True)


def _is_name(column: Column) -> bool:
    """Whether a report's rows are told apart by a column, whatever its day."""
    return column.kind in _NAMES or (column.kind is Kind.TEXT and column.required)


def _of_comments(match: Match, read: Mapping[int, Values]) -> Iterator[Problem]:
    """Yield the rows of a list of comments that sum it up and hold nothing that anybody said."""
    if match.source.target is not Target.COMMENTS:
        return
    cells = [cell for cell, column in match.columns.items() if column.field in _SAID]
    mute = np.logical_and.reduce([flags(pc.is_null(read[cell].values)) for cell in cells])
    for problem in _called_so(match, read) if mute.any() else ():
        yield replace(problem, rows=problem.rows & mute)


def _called_so(match: Match, read: Mapping[int, Values]) -> Iterator[Problem]:
    """Yield the rows that call themselves no rows, in a name or where a day should stand."""
    for cell, column in match.columns.items():
        texts = read[cell].values if column.kind is Kind.TEXT else read[cell].texts
        if texts is None or column.kind not in (Kind.TEXT, Kind.DAY, Kind.PERIOD, Kind.TIME):
            continue
        for what, words in _NO_ROWS.items():
            named = pc.match_substring_regex(texts, f"^(?i:{words})$")
            yield Problem("", cell, flags(named), fatal=True, what=what)


def _silent(got: Values) -> np.ndarray:
    """Return which cells hold neither a number nor a range that can be read."""
    silent = flags(pc.is_null(got.values))
    return silent if got.low is None else silent & flags(pc.is_null(got.low))
