"""A survey's answers on their way into the database: one row an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import groupby

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake import scales
from opsdata.intake.asked import Place, places, survey_name
from opsdata.intake.kinds import Kind, Said, Understood, is_empty, is_skipped, understand
from opsdata.intake.reading import Reading
from opsdata.intake.shapes import Shape
from opsdata.store import Session, sql_file

_ANSWERS = pa.schema([
    ("line", pa.int64()), ("question", pa.string()), ("state", pa.string()),
    ("option", pa.string()), ("text", pa.string()), ("number", pa.float64()),
])  # fmt: skip
_QUESTIONS = pa.schema([
    ("question", pa.string()), ("number", pa.int32()), ("title", pa.string()),
    ("stem", pa.string()), ("item", pa.string()), ("kind", pa.string()),
    ("options", pa.list_(pa.string())),
])  # fmt: skip
_CHOSEN = frozenset(("1", "√", "✓", "✔", "选中", "已选", "TRUE", "true"))
_LEFT = frozenset(("0", "未选中", "未选", "FALSE", "false"))
"""Marks of an option that stands in a column of its own."""

_TIMES = ("submitted_at", "started_at", "submitted_utc", "started_utc")


@dataclass(frozen=True)
class Question:
    """One question: where it stands, what kind it is, and all answers to it."""

    place: Place
    kind: Kind
    options: tuple[str, ...]
    answers: pa.Table

    @property
    def key(self) -> str:
        """What it is known by: a hash of its whole header."""
        return sha256(self.place.title.encode()).hexdigest()[:16]


def questions(reading: Reading) -> list[Question]:
    """Return the questions of a survey with their answers, in the order of the file."""
    rows = reading.rows_table()
    found: list[Question] = []
    for stem, group in groupby(places(reading.questions), key=lambda place: place.stem):
        parts = list(group)
        if len(parts) > 1 and parts[0].item is not None and _are_options(parts, rows):
            found.append(_spread(stem, parts, rows))
        else:
            found += _like_each_other([_question(place, rows) for place in parts])
    return found


def _like_each_other(rows: list[Question]) -> list[Question]:
    """Return the rows of a matrix with the options of them all; rows that share none are none."""
    if {one.kind for one in rows} != {Kind.MATRIX}:
        return rows
    every = [option for one in rows for option in one.options]
    options = tuple(scales.ordered(list(dict.fromkeys(every))))
    if len(rows) > 1 and len(options) == len(every):
        return [replace(one, kind=Kind.SINGLE) for one in rows]
    return [replace(one, options=options) for one in rows]


def _are_options(parts: Sequence[Place], rows: pa.Table) -> bool:
    """Whether columns hold nothing but the options they are named after, or marks for them."""
    columns = [rows.column(part.field) for part in parts]
    said = [set(column.drop_null().unique().to_pylist()) for column in columns]
    if all(part.item is not None and s <= {part.item} for part, s in zip(parts, said, strict=True)):
        return True
    every = set().union(*said)
    open_ = bool(every & _LEFT) or any(column.null_count for column in columns)
    return bool(every & _CHOSEN) and every <= _CHOSEN | _LEFT and open_


def _question(place: Place, rows: pa.Table) -> Question:
    coded = rows.column(place.field).combine_chunks().dictionary_encode()
    texts = coded.dictionary.to_pylist()
    codes = pc.fill_null(coded.indices, len(texts)).to_numpy(zero_copy_only=False)
    times = np.bincount(codes, minlength=len(texts) + 1)
    counts = dict(zip(texts, times.tolist(), strict=False))
    meant = understand(place.title, counts, place.item is not None)
    states, said = zip(*(_said(text, meant) for text in [*texts, None]), strict=True)
    return Question(place, meant.kind, meant.options, _exploded(rows, codes, states, said))


def _said(text: str | None, meant: Understood) -> tuple[str, tuple[Said, ...]]:
    """Return the state of a cell and what it says; nothing said is one row as well."""
    if is_skipped(text):
        return "skipped", (Said(),)
    if text is None or is_empty(text):
        return "empty", (Said(),)
    return "answered", meant.said[text]


def _exploded(
    rows: pa.Table, codes: np.ndarray, states: Sequence[str], said: Sequence[tuple[Said, ...]]
) -> pa.Table:
    """Return a row for everything said: each code has a state and one answer or more."""
    sizes = np.array([len(answers) for answers in said])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    many = sizes[codes]
    row = np.repeat(np.arange(len(codes)), many)
    within = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
    flat = [answer for answers in said for answer in answers]
    take = pa.array(starts[codes][row] + within)
    return pa.table({
        "line": rows.column("line").take(pa.array(row)),
        "state": pa.array(states).take(pa.array(codes[row])),
        "option": pa.array([one.option for one in flat], pa.string()).take(take),
        "text": pa.array([one.text for one in flat], pa.string()).take(take),
        "number": pa.array([one.number for one in flat], pa.float64()).take(take),
    })  # fmt: skip


def _spread(stem: str, parts: Sequence[Place], rows: pa.Table) -> Question:
    """Return the question whose options stand in a column each."""
    tables = []
    none = np.ones(rows.num_rows, dtype=bool)
    for part in parts:
        left = pc.is_in(rows.column(part.field), pa.array([None, *_LEFT], pa.string()))
        chosen = ~left.to_numpy()
        none &= ~chosen
        tables.append(_rows_saying(rows, chosen, "answered", part.item))
    tables.append(_rows_saying(rows, none, "empty", None))
    options = tuple(str(part.item) for part in parts)
    place = Place(parts[0].field, stem, stem)
    return Question(place, Kind.MULTIPLE, options, pa.concat_tables(tables))


def _rows_saying(rows: pa.Table, which: np.ndarray, state: str, option: str | None) -> pa.Table:
    lines = rows.column("line").filter(pa.array(which))
    count = len(lines)
    return pa.table({
        "line": lines,
        "state": pa.array([state] * count, pa.string()),
        "option": pa.array([option] * count, pa.string()),
        "text": pa.nulls(count, pa.string()),
        "number": pa.nulls(count, pa.float64()),
    })  # fmt: skip


def _stage(session: Session, reading: Reading) -> None:
    rows = reading.rows_table()
    asked = questions(reading)
    kinds = {**dict.fromkeys(_TIMES, pa.timestamp("us")), "duration_seconds": pa.float64()}
    session.lend("incoming", pa.table({
        "line": rows.column("line"),
        **{name: rows.column(name).cast(kind) if name in rows.column_names
           else pa.nulls(rows.num_rows, kind) for name, kind in kinds.items()},
    }))  # fmt: skip
    session.lend("given", pa.concat_tables([_ANSWERS.empty_table(), *_keyed(asked)]))
    session.lend("asked", pa.Table.from_pylist([
        {"question": one.key, "number": at, "title": one.place.title, "stem": one.place.stem,
         "item": one.place.item, "kind": str(one.kind), "options": list(one.options)}
        for at, one in enumerate(asked, start=1)
    ], _QUESTIONS))  # fmt: skip
    name = survey_name(reading.file, reading.part)
    session.lend(
        "named", pa.table({"name": [name], "survey": [sha256(name.encode()).hexdigest()[:16]]})
    )
    session.do(sql_file("stage_surveys"))


def _keyed(asked: Sequence[Question]) -> Iterator[pa.Table]:
    for one in asked:
        keys = pa.array([one.key] * one.answers.num_rows, pa.string())
        yield one.answers.append_column("question", keys).select(_ANSWERS.names).cast(_ANSWERS)


def _write(session: Session, batch: int) -> None:
    values = {"batch": batch}
    number = "cast($batch as integer) as batch_id"
    session.do(
        f"insert into survey by name select {number}, survey, name, captured_at from named, here",
        values,
    )
    session.do(
        f"insert into question by name select {number}, survey, asked.* from asked, named", values
    )
    session.do(f"insert into response by name select {number}, * from staged", values)
    session.do(
        f"insert into answer by name select {number}, s.survey, s.respondent, g.* "
        "from given as g inner join staged as s on s.line = g.line order by g.line",
        values,
    )


SHAPE = Shape(
    stage=_stage,
    judge="judge_surveys",
    fingerprint="select count(*), md5(string_agg(print, '' order by print)) from staged",
    brought="select print, count(*) from staged group by print",
    stored="select print, count(*) from response where batch_id = $batch group by print",
    write=_write,
    snapshot=True,
    lent=("incoming", "given", "asked", "named"),
)
