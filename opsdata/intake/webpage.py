"""A web page that is a table: what some platforms hand out as .xls, also Excel's own XML.

Only text between tags is taken, and only from cells of tables. A page with a password
box or without a table is a page, most likely of an expired login, and is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pyarrow as pa

from opsdata.errors import Refused
from opsdata.intake import grid
from opsdata.intake.decode import decode
from opsdata.intake.limits import MEGABYTE, PAGE_BYTES, Limits
from opsdata.intake.table import NEAR_TOP, Damage, Other, Table, closing

_ROWS = ("tr", "row", "ss:row")
_CELLS = ("td", "th", "cell", "ss:cell")
_TABLES = ("table", "ss:table")
_SILENT = ("script", "style")
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "<!": ">", "<?": ">"}
_NO_TAG = re.compile(r"<!--|<!\[CDATA\[|<!|<\?")
_LONE = re.compile(r"<(?!/?[A-Za-z][^<>]*>)")


def read(path: Path, folder: Path, limits: Limits) -> list[Table]:
    """Return the tables of a page that are known exports, or else its largest one."""
    if path.stat().st_size > PAGE_BYTES:
        raise Refused("too_large", limit=PAGE_BYTES // MEGABYTE)
    text = decode(path, folder)
    page = _Page(limits)
    with text.path.open(encoding="utf-8-sig", newline="") as file:
        page.feed(_only_tags(file.read()))
    page.close()
    found = [
        table
        for one in page.tables
        if one.width > 1
        for table in _tables(one, text.encoding, limits)
    ]
    known = any(table.is_known for table in found)
    if not known and (page.asks_for_password or not found):
        raise Refused("is_html")
    if known:
        return [table for table in found if table.is_known or table.stranger]
    return [max(found, key=lambda table: len(table.header.names))]


def _tables(one: _Grid, encoding: str, limits: Limits) -> list[Table]:
    """Return the table of a grid, or where that is no known one, those it is made of."""
    pieces = partial(_pieces, one, encoding, limits)
    table = grid.table(None, encoding, one.cells(), limits)
    plain = table is not None and table.is_known and table.header_line <= NEAR_TOP
    if not plain and (found := pieces()):
        return found
    try:
        return [replace(_even(one, table), pieces=pieces)] if table else []
    except Refused as refusal:
        if refusal.code == "stacked_tables" and (found := pieces()):
            return found
        raise


def _pieces(one: _Grid, encoding: str, limits: Limits) -> list[Table]:
    """Return the tables that stand one below the other in a grid, [] when it is one."""
    return [_even(one, table) for table in grid.stacked(None, encoding, one.cells(), limits)]


def _even(one: _Grid, table: Table) -> Table:
    """Return a table of a grid with the rows of another width than the header's apart."""
    if one.loose:
        return table
    assert table.lines is not None
    assert table.cells is not None
    width = len(one.rows[table.header_line - 1])
    damaged, others = list(table.damaged), list(table.others)
    for line in table.lines.tolist():
        row = one.rows[line - 1]
        if len(row) == width:
            continue
        what = closing(row, table.header)
        if what:
            others.append(Other(line, what))
        else:
            rule = "too_few_cells" if len(row) < width else "too_many_cells"
            damaged.append(Damage(line, "\t".join(row), rule))
    gone = [*(d.line for d in damaged), *(o.line for o in others)]
    kept = ~np.isin(table.lines, gone)
    return replace(
        table,
        cells=table.cells.filter(pa.array(kept)),
        lines=table.lines[kept],
        damaged=tuple(damaged),
        others=tuple(others),
    )


def _only_tags(page: str) -> str:
    """Return a page without comments and declarations, and with lone signs as text.

    What is never closed ends the page; looking for its end again and again takes for ever.
    """
    kept, at = [], 0
    while found := _NO_TAG.search(page, at):
        kept.append(page[at : found.start()])
        end = page.find(_ENDS[found.group()], found.end())
        if end < 0:
            at = len(page)
            break
        if found.group() == "<![CDATA[":
            kept.append(escape(page[found.end() : end]))
        at = end + len(_ENDS[found.group()])
    kept.append(page[at:])
    return _LONE.sub("&lt;", "".join(kept))


@dataclass
class _Grid:
    """The cells of one table of a page."""

    rows: list[list[str]] = field(default_factory=list)
    hanging: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Cells that reach down: by column, how many rows more, and what they say."""
    loose: bool = False
    """Rows end with their last cell that has something in it, as in Excel's XML."""
    cell: list[str] | None = None
    across: int = 1
    down: int = 1

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row) for row in self.rows), default=0)

    def cells(self) -> pa.Table:
        """Return the rows as columns of text, all of one width."""
        width = self.width
        full = [row + [""] * (width - len(row)) for row in self.rows]
        columns = zip(*full, strict=True)
        return pa.table({f"c{i}": pa.array(c, pa.string()) for i, c in enumerate(columns)})

    def end_cell(self) -> None:
        """Put the text of the open cell into its row."""
        if self.cell is None or not self.rows:
            self.cell = None
            return
        self.settle()
        text = "".join(self.cell).strip()
        row = self.rows[-1]
        if self.down > 1:
            self.hanging[len(row)] = (self.down - 1, text)
        row += [text, *[""] * (self.across - 1)]
        self.cell = None

    def settle(self) -> None:
        """Fill the places that a cell from a row above reaches down to."""
        row = self.rows[-1]
        while len(row) in self.hanging:
            at = len(row)
            left, text = self.hanging.pop(at)
            if left > 1:
                self.hanging[at] = (left - 1, text)
            row.append(text)


class _Page(HTMLParser):
    """Collects the tables of a page; a table within a table is one of its own."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Grid] = []
        self.asks_for_password = False
        self._limits = limits
        self._open: list[_Grid] = []
        self._silent = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "input" and (said.get("type") or "").lower() == "password":
            self.asks_for_password = True
        self._silent = self._silent or tag in _SILENT
        if tag in _TABLES:
            self._open.append(_Grid())
            self.tables.append(self._open[-1])
        elif self._open and tag in _ROWS:
            self._open[-1].end_cell()
            self._open[-1].rows.append([])
            self._open[-1].loose = tag != "tr"
            self._refuse_endless(self._open[-1])
        elif self._open and self._open[-1].rows and tag in _CELLS:
            self._start_cell(self._open[-1], said)
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = self._silent and tag not in _SILENT
        if self._open and tag in (*_TABLES, *_ROWS, *_CELLS):
            self._open[-1].end_cell()
        if self._open and tag in _ROWS and self._open[-1].rows:
            self._open[-1].settle()
        if self._open and tag in _TABLES:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].cell is not None and not self._silent:
            self._open[-1].cell.append(data)

    def _start_cell(self, table: _Grid, said: dict[str, str | None]) -> None:
        table.end_cell()
        table.settle()
        row = table.rows[-1]
        place = self._number(said.get("ss:index"), len(row) + 1)
        row += [""] * (place - 1 - len(row))
        table.across = self._number(said.get("colspan"), 1)
        table.across += self._number(said.get("ss:mergeacross"), 0)
        table.down = min(int(_digits(said.get("rowspan"), 1)), 1000)
        table.cell = []
        self._refuse_endless(table)

    def _number(self, text: str | None, otherwise: int) -> int:
        """Return a count of columns that a tag says, never more than a table may have."""
        return min(_digits(text, otherwise), self._limits.columns + 1)

    def _refuse_endless(self, table: _Grid) -> None:
        if len(table.rows[-1]) > self._limits.columns:
            raise Refused("too_many_columns", limit=self._limits.columns)
        if self._limits.rows is not None and len(table.rows) > self._limits.rows + 100:
            raise Refused("too_many_rows", limit=self._limits.rows)


def _digits(text: str | None, otherwise: int) -> int:
    told = (text or "").strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) < 7 else otherwise
