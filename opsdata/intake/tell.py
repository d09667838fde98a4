"""What is seen in a file, as text for a person, or as the CSV that the table itself is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from opsdata.errors import Refused
from opsdata.i18n import explain, t
from opsdata.intake.look import Seen, look
from opsdata.store import scratch

_LISTED = 10
"""How many lines of a sort are named before the rest is counted."""
_DELIMITERS = {"\t": "Tab", "\x1f": "—"}


@dataclass(frozen=True)
class Told:
    """What there is to say of a file, and what could not be read of it."""

    out: str
    err: str = ""
    refused: bool = False


def tell(path: Path, name: str, as_csv: bool = False, part: str | None = None) -> Told:
    """Return what the importer sees in a file, under the name it was given.

    Refused when it holds no table, or has no such part.
    """
    if not path.is_file():
        raise Refused("no_such_file")
    with TemporaryDirectory(prefix="opsdata-") as made:
        folder = Path(made)
        with scratch(folder, path.parent) as session:
            seen = look(path, folder, session)
            good = _chosen(seen, part)
            return _csv(good) if as_csv else _report(name, seen, good)


def _chosen(seen: Sequence[Seen | Refused], part: str | None) -> list[Seen]:
    """Return the tables that could be read, known exports first, or only the one named."""
    good = [one for one in seen if isinstance(one, Seen)]
    good.sort(key=lambda one: one.source is None)
    if part is None:
        return good
    named = [one for one in good if one.table.part == part]
    if not named:
        raise Refused("no_such_part", part=part, parts=_parts(good))
    return named


def _parts(good: Sequence[Seen]) -> str:
    return t("list.comma").join(one.table.part or "—" for one in good)


def _csv(good: Sequence[Seen]) -> Told:
    first, notes = good[0], []
    if len(good) > 1:
        others = _parts(good[1:])
        notes.append(t("look.parts", n=len(good), part=first.table.part, others=others))
    if first.table.damaged:
        notes.append(t("look.not_shown", n=len(first.table.damaged)))
    return Told(first.as_csv(), "".join(f"{note}\n" for note in notes))


def _report(name: str, seen: Sequence[Seen | Refused], good: Sequence[Seen]) -> Told:
    refusals = "".join(f"{explain(one)}\n" for one in seen if isinstance(one, Refused))
    said = "\n".join(
        "".join(f"{t(f'look.{label}')}{value}\n" for label, value in _facts(name, one))
        for one in good
    )
    return Told(said, refusals, bool(refusals))


def _facts(name: str, seen: Seen) -> Iterator[tuple[str, str]]:
    table = seen.table
    yield "file", name
    if table.part is not None:
        yield "part", table.part
    yield "kind", t(f"look_kind.{seen.kind}")
    yield "encoding", table.encoding
    if table.delimiter is not None:
        yield "delimiter", _DELIMITERS.get(table.delimiter, table.delimiter)
    yield "source", t(f"source.{seen.source}") if seen.source else t("look.unknown")
    yield "header", str(table.header_line)
    yield "columns", t("list.comma").join(name.strip() or "—" for name in table.header.names)
    yield "rows", str(seen.rows.num_rows + len(table.damaged))
    for what in ("preamble", "blank", "total", "average", "footer", "header"):
        lines = [o.line for o in seen.others if o.what == what and o.line != table.header_line]
        if lines:
            yield f"other_{what}", _listed(lines)
    for found in seen.findings.slice(0, _LISTED).to_pylist():
        rule = t(f"rule.{found['rule']}")
        at = t("cli.finding", line=found["line"], rule=rule, value=found["value"])
        yield "finding", f"{found['header']} {at}".strip()
    if seen.findings.num_rows > _LISTED:
        yield "finding", t("look.more", n=seen.findings.num_rows - _LISTED)


def _listed(lines: list[int]) -> str:
    shown = ", ".join(map(str, lines[:_LISTED]))
    return shown if len(lines) <= _LISTED else f"{shown} … ({len(lines)})"
