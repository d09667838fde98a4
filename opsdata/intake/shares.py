"""A cleaned table whose rows name their accounts, cut into one table for each account."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from opsdata.errors import Refused
from opsdata.intake.clean import Cleaned

MOST_ACCOUNTS = 300
"""A list of more accounts than this is a search result, no list of competitors."""


def by_account(cleaned: Cleaned) -> list[tuple[str | None, Cleaned]]:
    """Return the accounts of a table with their rows; one nameless share when rows name none.

    What belongs to no row that was taken (rejected rows, totals, blank rows) stays with the
    first account, so that the shares add up to the table. Refused when there are too many.
    """
    if "account" not in cleaned.rows.column_names:
        return [(None, cleaned)]
    names = pc.unique(cleaned.rows.column("account")).to_pylist()
    if len(names) > MOST_ACCOUNTS:
        raise Refused("too_many_accounts", limit=MOST_ACCOUNTS, found=len(names))
    shares = [(name, _share(cleaned, name)) for name in names]
    if shares:
        shares[0] = (names[0], _with_rest(cleaned, shares[0][1]))
    return [(name, share) for name, share in shares] or [(None, cleaned)]


def filled(cleaned: Cleaned) -> Cleaned:
    """Return the rows each with its account: a blank below a name means that name.

    So are merged cells read; blanks above the first name belong to it.
    """
    rows = cleaned.rows
    at = rows.schema.get_field_index("account")
    if at < 0:
        return cleaned
    names = pc.fill_null_backward(pc.fill_null_forward(rows.column(at)))
    return replace(cleaned, rows=rows.set_column(at, "account", names))


def _share(cleaned: Cleaned, name: str) -> Cleaned:
    rows = cleaned.rows.filter(pc.equal(cleaned.rows.column("account"), name))
    return Cleaned(
        rows=rows.drop_columns("account"),
        findings=_of_lines(cleaned.findings, rows.column("line"), inside=True),
        rejects=cleaned.rejects.slice(0, 0),
        others=(),
    )


def _with_rest(cleaned: Cleaned, first: Cleaned) -> Cleaned:
    rest = _of_lines(cleaned.findings, cleaned.rows.column("line"), inside=False)
    return replace(
        first,
        findings=pa.concat_tables([first.findings, rest]).sort_by("line"),
        rejects=cleaned.rejects,
        others=cleaned.others,
    )


def _of_lines(findings: pa.Table, lines: pa.ChunkedArray, inside: bool) -> pa.Table:
    found = pc.is_in(findings.column("line"), lines.combine_chunks().cast(pa.int64()))
    return findings.filter(found if inside else pc.invert(found))
