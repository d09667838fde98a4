"""Which rows of a cleaned table break which rule, and which are no rows of data at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake.findings import Problem
from opsdata.intake.table import TOTAL
from opsdata.intake.values import TIMES, Values, flags
from opsdata.sources.model import EXAMPLE, NUMBERS, Column, Kind, Match, Target

_NAMES = frozenset({Kind.ID, Kind.LINK_ID})
_NO_ROWS = {"total": TOTAL.pattern, "comparison": r"(较\S+|环比|同比|对比).*"}
"""What a row is that calls itself so."""

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
    return [*found, *_relations(match, read), *_examples(match, read), *_of_reports(match, read)]


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


def _relations(match: Match, read: Mapping[int, Values]) -> list[Problem]:
    """Return the checks of one column against another."""
    cells = {column.field: cell for cell, column in match.columns.items()}
    if match.source.target is not Target.WORKS or not {"views", "likes"} <= cells.keys():
        return []
    more = pc.greater(read[cells["likes"]].values, read[cells["views"]].values)
    return [Problem("likes_over_views", cells["likes"], flags(more))]


def _examples(match: Match, read: Mapping[int, Values]) -> Iterator[Problem]:
    """Yield the rows of a template that only show how it is filled in."""
    for cell, column in match.columns.items() if match.source.template else ():
        if column.kind is Kind.TEXT:
            starts = [pc.starts_with(read[cell].values, mark) for mark in EXAMPLE.values()]
            marked = np.logical_or.reduce([flags(start) for start in starts])
            yield Problem("", cell, marked, fatal=True, what="example")


def _of_reports(match: Match, read: Mapping[int, Values]) -> Iterator[Problem]:
    """Yield the rows of a report that sum up others, or that hold no number."""
    if match.source.target is not Target.REPORTS:
        return
    for cell, column in match.columns.items():
        for what, words in _NO_ROWS.items() if column.kind is Kind.TEXT else ():
            named = pc.match_substring_regex(read[cell].values, f"^(?i:{words})$")
            yield Problem("", cell, flags(named), fatal=True, what=what)
    for cell, column in match.columns.items():
        nameless = flags(pc.is_null(read[cell].values)) & ~read[cell].unread
        if column.field == match.source.sum_without and not nameless.all():
            yield Problem("", cell, nameless, fatal=True, what="subtotal")
    numbers = [cell for cell, column in match.columns.items() if column.kind in NUMBERS]
    silent = np.logical_and.reduce([_silent(read[cell]) for cell in numbers])
    yield Problem("no_numbers", min(match.columns), silent, fatal=True)


def _silent(got: Values) -> np.ndarray:
    """Return which cells hold neither a number nor a range that can be read."""
    silent = flags(pc.is_null(got.values))
    return silent if got.low is None else silent & flags(pc.is_null(got.low))
