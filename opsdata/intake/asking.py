"""What a file leaves open and a person must say: which column is what, how dates are written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from opsdata.errors import Refused
from opsdata.intake import mapping
from opsdata.intake.dates import Ambiguous
from opsdata.intake.encodings import Undecided
from opsdata.intake.mapping import KEYS, Mapping
from opsdata.intake.suggest import Sketch, can_be_mapped, likelier, suggest
from opsdata.intake.table import Table
from opsdata.sources import SOURCES
from opsdata.sources.model import Column, Match, Target, tidy
from opsdata.sources.plan import PLANNED, is_plan
from opsdata.store import Session

NAMELESS = "column_without_name"
ROWS = 50
"""So many rows are kept to show and to judge by."""


@dataclass(frozen=True)
class Ask:
    """One open question about a table, with enough of it to answer."""

    code: str
    """The sentence that asks, under ``error.``; with ``values``."""
    sketch: Sketch
    base: str = ""
    """The known export that it nearly is."""
    order_of: str = ""
    """The column whose dates can be read in several ways."""
    orders: tuple[str, ...] = ()
    encodings: tuple[tuple[str, Sketch], ...] = ()
    """The encodings that it can be read in, each with what it would then say."""
    encoding: str = ""
    """The one that a person chose for it before."""
    values: dict[str, Any] = field(default_factory=dict)

    def suggestion(self, grain: Target | None = None, bare: bool | None = None) -> Mapping:
        """Return the likeliest mapping, as works or as days."""
        known = mapping.of_known(self.sketch.header, self.encoding)
        if self.code == NAMELESS and known and not bare:
            return known
        bare = self.sketch.looks_bare() if bare is None else bare
        view = self.sketch.bare() if bare else self.sketch
        return suggest(view, grain or self.grain, self.base, bare)

    @property
    def grain(self) -> Target:
        """What the rows more likely are."""
        if self.base:
            return SOURCES[self.base].target
        return likelier(self.sketch.bare() if self.sketch.looks_bare() else self.sketch)


def from_json(plain: dict[str, Any]) -> Ask:
    """Return the Ask that was written as plain values."""
    encodings = tuple((name, _sketch_from(sketch)) for name, sketch in plain["encodings"])
    told = {"sketch": _sketch_from(plain["sketch"]), "encodings": encodings}
    return Ask(**{**plain, **told, "orders": tuple(plain["orders"])})


def _sketch_from(plain: dict[str, Any]) -> Sketch:
    return Sketch(tuple(plain["header"]), tuple(tuple(row) for row in plain["rows"]))


def which_encoding(found: Undecided) -> Ask:
    """Return the question of a file that reads as Chinese in two encodings."""
    return Ask(found.code, found.sketches[0][1], encodings=found.sketches, values=found.values)


def which_columns(table: Table, session: Session) -> Ask:
    """Return the question of a table that is no known export; Refused when it can be none."""
    given = mapping.given()
    if given:
        raise _misfit(given, table)
    match = table.header.match
    base = match.source.key if match and match.missing else ""
    if match and match.source.target not in KEYS:
        raise _refusal(table)
    sketch = _sketch(table, session)
    if base and match and not _fillable(sketch, match):
        raise _refusal(table)
    if not base and not can_be_mapped(sketch):
        raise _refusal(table)
    return _asked("unknown_layout", sketch, base)


def twins(table: Table, match: Match, session: Session) -> list[str]:
    """Return the headers that stand twice, with different content, where one can be meant.

    For a table that is cleaned, so that its cells can be asked for.
    """
    names = [tidy(name) for name in table.header.names]
    return [
        table.header.names[at]
        for at in match.twice
        if _differ(table, names.index(names[at]), at, session)
    ]


def _differ(table: Table, one: int, other: int, session: Session) -> bool:
    """Whether any row says different things in two columns."""
    differs = f"select count(*) from {table.relation} where c{one} is distinct from c{other}"
    return bool(session.rows(differs)[0][0])


def which_twin(table: Table, match: Match, twins: list[str], session: Session) -> Ask:
    """Return the question of a known export that has a header twice."""
    sketch = _sketch(table, session)
    return Ask("equal_headers", sketch, match.source.key, values={"header": "、".join(twins)})


def which_order(table: Table, match: Match, found: Ambiguous, session: Session) -> Ask:
    """Return the question of a table whose dates can be read in several ways."""
    values = {"header": found.header, "value": found.value}
    sketch = _sketch(table, session)
    key = match.source.key
    return Ask("date_order", sketch, key, found.header, found.orders, values=values)


def which_nameless(table: Table, match: Match, session: Session) -> Ask | None:
    """Return the question of a known export with content in a column without a name.

    It may stay open. None where a mapping could not tell everything the export does.
    """
    nameless = any(note.rule == NAMELESS for note in table.notes)
    if not nameless or mapping.of_known(table.header.names, "") is None:
        return None
    return Ask(NAMELESS, _sketch(table, session), match.source.key)


def explained(table: Table, match: Match) -> Table:
    """Return a table without the notes on columns without a name that a person explained."""
    cells = [at for at in match.columns if not table.header.names[at].strip()]
    if not cells or table.cells is None or match.source.target not in KEYS:
        return table
    texts = {
        next((str(text) for text in table.cells.column(f"c{at}").to_pylist() if text), "")
        for at in cells
    }
    notes = [n for n in table.notes if n.rule != NAMELESS or n.value not in texts]
    return replace(table, notes=tuple(notes))


def _asked(code: str, sketch: Sketch, base: str) -> Ask:
    """Return a question that names the suggestion it goes with."""
    open_ = Ask(code, sketch, base)
    likely = open_.suggestion()
    pairs = "，".join(f"{one.header} = {one.field}" for one in likely.columns)
    return Ask(code, sketch, base, values={"pairs": pairs, "grain": str(likely.grain)})


def _fillable(sketch: Sketch, match: Match) -> bool:
    """Whether other columns look like those that a nearly known export lacks."""
    return can_be_mapped(sketch, (match.source.target,)) and _spare(sketch, match)


def _spare(sketch: Sketch, match: Match) -> bool:
    """Whether the columns that would fill the gaps fill nothing by their own header."""
    lacks = {column.field for column in match.missing}
    filled = suggest(sketch, match.source.target).columns
    named = {sketch.header[at].strip() for at in match.columns}
    return not any(one.field in lacks and one.header in named for one in filled)


def _sketch(table: Table, session: Session) -> Sketch:
    """Return the header and the first rows of a table."""
    if table.cells is not None:
        session.lend("raw", table.cells)
    found = session.rows(f"select * from {table.relation} limit {ROWS}")
    rows = tuple(tuple("" if cell is None else str(cell) for cell in row) for row in found)
    if not rows:
        raise Refused("no_rows")
    return Sketch(table.header.names, rows)


def _seen(table: Table) -> str:
    return "、".join(name for name in table.header.names if name.strip())[:200]


def _misfit(given: Mapping, table: Table) -> Refused:
    """Return the refusal of a table that the given mapping is not for."""
    lacks = "、".join(given.lacking(table.header.names)) or "—"
    return Refused("map_misses", lacks=lacks, header=_seen(table))


def _refusal(table: Table) -> Refused:
    """Return the refusal of a table that is no known export, naming what comes nearest."""
    if is_plan(table.header.names):
        return Refused(PLANNED)
    match = table.header.match
    missing: tuple[Column, ...] = match.missing if match else ()
    lacks = "、".join(column.headers[0] for column in missing)
    if match is None or not lacks:
        return Refused("unknown_table", header=_seen(table))
    return Refused("lacks_column", source=match.source.key, lacks=lacks, header=_seen(table))
