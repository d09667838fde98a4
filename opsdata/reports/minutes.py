"""The minutes of a meeting as plain values: what every slide and every file of it shows.

They are made once, when the meeting starts, and stored; the page and the downloads read
nothing else, so their numbers are the same, whatever is imported meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from opsdata.i18n import t


@dataclass(frozen=True)
class Cell:
    """One cell: the text that is read; and its value where it is a number, with its unit."""

    text: str
    value: float | None = None
    unit: str = ""


@dataclass(frozen=True)
class Figure:
    """A number to be seen from afar, its name, and what stands beside it."""

    name: str
    cell: Cell
    beside: str = ""


@dataclass(frozen=True)
class Series:
    """Values of one name, one for each category; None where there is none."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """Values over categories, as lines or as bars."""

    title: str
    kind: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


@dataclass(frozen=True)
class Table:
    """A small table: a header, and rows as long as it."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Slide:
    """One page of the meeting: its answer first, then numbers, a chart, a table, remarks."""

    key: str
    title: str
    answer: str
    minutes: int = 0
    figures: tuple[Figure, ...] = ()
    chart: Chart | None = None
    table: Table | None = None
    remarks: tuple[str, ...] = ()
    spoken: str = ""
    """The presenter's notes."""
    earlier: tuple[str, ...] = ()
    """What was noted before the notes among the remarks; files without an end have it too."""


@dataclass(frozen=True)
class Minutes:
    """A meeting: when it started, on which version of the data, and its pages in order."""

    started: str
    """The ISO moment of the start."""
    version: int
    lang: str
    sample: bool
    slides: tuple[Slide, ...]
    title: str = ""
    """What it is called, where it is no meeting."""

    @property
    def frozen(self) -> str:
        """The sentence that says from when the numbers are."""
        when = datetime.fromisoformat(self.started)
        said = t("meeting.frozen", self.lang, when=f"{when:%m-%d %H:%M}", version=self.version)
        return f"{t('frame.sample', self.lang)} · {said}" if self.sample else said

    @property
    def name(self) -> str:
        """Its own title, else the name of the meeting with its day."""
        return self.title or t("meeting.name", self.lang, day=self.started[:10])

    def with_slide(self, one: Slide) -> Minutes:
        """Return the minutes with a page in place of the one of its key, else as the last."""
        if all(slide.key != one.key for slide in self.slides):
            return replace(self, slides=(*self.slides, one))
        slides = tuple(one if slide.key == one.key else slide for slide in self.slides)
        return replace(self, slides=slides)


def to_json(minutes: Sequence[Minutes]) -> str:
    """Return minutes in some languages as text to be stored."""
    return json.dumps([asdict(one) for one in minutes], ensure_ascii=False)


def plain(one: Minutes) -> Minutes:
    """Return minutes as they are read from storage, in plain values."""
    return from_json(to_json([one]))[one.lang]


def from_json(text: str) -> dict[str, Minutes]:
    """Return stored minutes by their language."""
    made = [_minutes(raw) for raw in json.loads(text)]
    return {one.lang: one for one in made}


def _minutes(raw: dict[str, Any]) -> Minutes:
    return Minutes(**{**raw, "slides": tuple(map(_slide, raw["slides"]))})


def _slide(raw: dict[str, Any]) -> Slide:
    figures = tuple(
        Figure(one["name"], Cell(**one["cell"]), one["beside"]) for one in raw["figures"]
    )
    chart, table = raw["chart"], raw["table"]
    return Slide(
        **{
            **raw,
            "figures": figures,
            "chart": chart and _chart(chart),
            "table": table and _table(table),
            "remarks": tuple(raw["remarks"]),
            "earlier": tuple(raw.get("earlier", ())),
        }
    )


def _chart(raw: dict[str, Any]) -> Chart:
    series = tuple(Series(one["name"], tuple(one["values"])) for one in raw["series"])
    return Chart(**{**raw, "categories": tuple(raw["categories"]), "series": series})


def _table(raw: dict[str, Any]) -> Table:
    rows = tuple(tuple(Cell(**cell) for cell in row) for row in raw["rows"])
    return Table(tuple(raw["header"]), rows)
