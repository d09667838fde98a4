"""Where our best account stands among the competitors; theirs are counted, never named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from opsdata.analysis import benchmark
from opsdata.analysis.benchmark import Benchmark, Line, Place
from opsdata.analysis.interactions import company
from opsdata.format import fixed, percent, short, short_title
from opsdata.health import Reach
from opsdata.i18n import span, t
from opsdata.metrics import Basis, Unit
from opsdata.ui import data, health, rival_groups
from opsdata.ui.slides.chosen import chosen
from opsdata.ui.slides.model import Item, Slide, View

_LETTERS = 12

Say = Callable[[float], str]
"""How a figure is written."""


def make(view: View) -> Slide | None:
    """Return our account's figures and their places; None without competitors or works."""
    filters = chosen(replace(view.filters, basis=Basis.PUBLISHED, aligned=True, days_ago=0))
    whose = data.ask(company, filters.accounts, rival_groups.chosen())
    found = data.ask(benchmark.benchmark, replace(filters, accounts=()), whose)
    ours = next((line for line in found.own if line.rank is not None), None)
    if ours is None or not any(line.rank for line in found.rivals):
        return None
    title = t("screen.rivals", account=short_title(ours.account, _LETTERS))
    days = span(filters.since, filters.until) if filters.since and filters.until else ""
    said = t("screen.rivals_about", days=days or filters.describe(), n=len(found.rivals))
    return Slide("rivals", "cards", title, _items(ours, found), said, _reach(found.rivals))


def _reach(rivals: Sequence[Line]) -> tuple[str, str]:
    """Return until when all competitors that are compared are known."""
    known = [line.until for line in rivals if line.rank is not None and line.until is not None]
    return health.told(Reach("", "rivals", min(known))) if known else ("", "")


def _items(ours: Line, found: Benchmark) -> tuple[Item, ...]:
    """Return typical work, share, pace and growth of our account, as far as they are known."""
    placed = {one.key: one for one in benchmark.places(ours, found.rivals)}
    ranked = sum(line.rank is not None for line in found.lines)
    weekly = ours.growth.weekly if ours.growth else None
    share = short(ours.share_of_interactions, Unit.SHARE)
    voice: tuple[str, ...] = (t("screen.voice", share=short(ours.share_of_voice, Unit.SHARE)),)
    if found.unsummed:
        voice += (t("screen.without_ranges", n=len(found.unsummed)),)
    figures: list[tuple[str, float | None, Say]] = [
        ("typical", ours.typical, partial(short, unit=Unit.COUNT)),
        ("per_week", ours.per_week, partial(fixed, digits=1)),
        ("weekly", weekly, partial(short, unit=Unit.SHARE)),
    ]
    typical, *more = (
        _item(key, value, say, placed) for key, value, say in figures if value is not None
    )
    first = replace(typical, notes=(t("screen.rank", rank=ours.rank, n=ranked), *typical.notes))
    return (
        first,
        Item(t("competitors.column_share_of_interactions"), share, notes=voice),
        *more,
    )


def _item(key: str, value: float, say: Say, placed: Mapping[str, Place]) -> Item:
    """Return a figure with its place among the competitors, where enough of them have it."""
    place = placed.get(key)
    notes = (
        ()
        if place is None
        else (t("screen.ahead", share=percent(place.percentile), middle=say(place.middle)),)
    )
    return Item(t(f"competitors.column_{key}"), say(value), notes=notes)
