"""SQL that reads the cells of a column: in their plain form, and in every form known."""

from __future__ import annotations

from opsdata.intake.table import Table
from opsdata.sources.model import Column, Kind, Match

_PLAIN = {
    Kind.TEXT: "plain_text",
    Kind.TIME: "plain_time",
    Kind.DAY: "plain_day",
    Kind.PERIOD: "plain_period",
    Kind.COUNT: "plain_count",
    Kind.NUMBER: "plain_number",
    Kind.SHARE: "plain_number",
    Kind.POINTS: "plain_points",
    Kind.SECONDS: "plain_number",
    Kind.ID: "plain_id",
    Kind.LINK_ID: "plain_link_id",
    Kind.EPOCH: "plain_epoch",
    Kind.US_TIME: "plain_us_time",
}
_SPELLED = {
    Kind.TIME: "as_time",
    Kind.DAY: "as_day",
    Kind.PERIOD: "as_period",
    Kind.COUNT: "as_count",
    Kind.NUMBER: "as_amount",
    Kind.SHARE: "as_share",
    Kind.POINTS: "as_points",
    Kind.SECONDS: "as_seconds",
    Kind.ID: "as_id",
    Kind.LINK_ID: "as_id",
    Kind.EPOCH: "as_time",
    Kind.US_TIME: "as_us_time",
}

_UNITS = {
    Kind.COUNT: "[万亿千wWkKmM%％]",
    Kind.SHARE: "[万亿千wWkKmM%％]",
    Kind.NUMBER: "[万亿千wWkKmM%％]",
    Kind.SECONDS: "[:：秒分时sSmMhH]",
}
"""What a text names its own unit by, whatever unit its column is written in."""


def plain_select(table: Table, match: Match) -> str:
    """SQL: each known column in its plain form, and whether its text needs another look."""
    guarded = table.delimiter is not None
    columns = [
        f"{_plain(c, cell, guarded)} as v{cell}, c{cell}" for cell, c in match.columns.items()
    ]
    odd = [f"{_odd(column, cell)} as odd{cell}" for cell, column in match.columns.items()]
    values = [f"v{cell}" for cell in match.columns]
    checks = _line_checks(table) if table.must_count and table.must_count.quoted else []
    inner = ", ".join([*columns, *checks])
    outer = ", ".join([*values, *odd, *(["breaks", "hides"] if checks else [])])
    return f"select {outer} from (select {inner} from {table.relation})"


def _odd(column: Column, cell: int) -> str:
    """SQL: whether a cell says something that its plain form does not read."""
    if column.kind is Kind.TEXT:
        return f"coalesce(contains(v{cell}, chr(0)), false)"
    return f"coalesce(v{cell} is null and c{cell} <> '' and c{cell} <> '-', false)"


def _plain(column: Column, cell: int, guarded: bool) -> str:
    """SQL: a cell in its plain form, in the unit its column is written in.

    ``guarded`` says that text may have a mark before it that keeps it from being a formula.
    """
    if column.kind is Kind.TEXT:
        text = f"unguarded(plain_text(c{cell}))" if guarded else f"plain_text(c{cell})"
        return _translated(text, column)
    if column.times == 1:
        return f"{_PLAIN[column.kind]}(c{cell})"
    number = _in_unit(f"plain_number(c{cell})", column)
    return f"whole({number})" if column.kind is Kind.COUNT else f"({number})"


def _in_unit(number: str, column: Column) -> str:
    """SQL: a number of a column's unit; a part of one is divided, which is exact."""
    if column.times < 1:
        return f"round({number} / {float(round(1 / column.times))!r}, 14)"
    return f"{number} * {float(column.times)!r}"


def _translated(text: str, column: Column) -> str:
    """SQL: a text, or what it stands for."""
    if not column.words:
        return text
    cases = " ".join(
        f"when {_quoted(said)} then {_quoted(meant) if meant else 'null'}"
        for said, meant in column.words
    )
    return f"case {text} {cases} else {text} end"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def spelled_form(column: Column, text: str = "text") -> str:
    """SQL: a text in every form known; one that names its own unit keeps it."""
    own = f"{_SPELLED[column.kind]}({text})"
    if column.times == 1 or column.kind not in _UNITS:
        return own
    number = _in_unit(f"as_number({text})", column)
    scaled = f"whole({number})" if column.kind is Kind.COUNT else number
    named = f"regexp_matches({text}, '{_UNITS[column.kind]}')"
    return f"case when {named} then {own} else {scaled} end"


def _line_checks(table: Table) -> list[str]:
    """SQL: how many line breaks a row holds, and whether a cell hides a whole row."""
    cells = [f"c{i}" for i in range(len(table.header.names))]
    breaks = " + ".join(f"(length({c}) - length(replace({c}, chr(10), '')))" for c in cells)
    delimiter = str(table.delimiter).replace("'", "''")
    most = len(cells) - 1
    hides = " or ".join(
        f"(contains({c}, chr(10)) and "
        f"length({c}) - length(replace({c}, '{delimiter}', '')) >= {most})"
        for c in cells
    )
    return [f"{breaks} as breaks", f"({hides}) as hides"]
