"""Where our best account stands among the competitors; theirs are counted, never named."""

from __future__ import annotations

from dataclasses import replace

from opsdata.analysis import benchmark
from opsdata.analysis.benchmark import Benchmark, Line, Place
from opsdata.analysis.interactions import company
from opsdata.format import short, short_title
from opsdata.i18n import t
from opsdata.metrics import Basis, Unit
from opsdata.ui import data, rival_groups
from opsdata.ui.slides.chosen import chosen
from opsdata.ui.slides.model import Item, Slide, View, fitting

_PLACED = (("per_week", Unit.SECONDS), ("weekly", Unit.SHARE), ("shares_per_like", Unit.SHARE),
           ("favorites_per_like", Unit.SHARE), ("comments_per_like", Unit.SHARE))  # fmt: skip
_LETTERS = 12


def make(view: View) -> Slide | None:
    """Return our account's figures and their places; None without competitors or works."""
    filters = chosen(view.filters.period, view.filters.accounts, Basis.PUBLISHED)
    whose = data.ask(company, filters.accounts, rival_groups.chosen())
    found = data.ask(benchmark.benchmark, replace(filters, accounts=()), whose)
    ours = next((line for line in found.own if line.rank is not None), None)
    if ours is None or not any(line.rank for line in found.rivals):
        return None
    title = t("screen.rivals", account=short_title(ours.account, _LETTERS))
    said = t("screen.rivals_about", days=filters.describe(), n=len(found.rivals))
    return Slide("rivals", "cards", title, tuple(_items(ours, found))[: fitting(view)], said)


def _items(ours: Line, found: Benchmark) -> list[Item]:
    """Return the typical work and the share of interactions, then what has a place."""
    placed = {one.key: one for one in benchmark.places(ours, found.rivals)}
    ranked = sum(line.rank is not None for line in found.lines)
    rank = t("screen.rank", rank=ours.rank, n=ranked)
    typical = _item("typical", ours.typical, Unit.COUNT, placed.get("typical"), rank)
    voice = short(ours.share_of_voice, Unit.SHARE)
    share = _item("share_of_interactions", ours.share_of_interactions, Unit.SHARE, None,
                  t("screen.voice", share=voice))  # fmt: skip
    more = [
        _item(key, placed[key].mine, unit, placed[key]) for key, unit in _PLACED if key in placed
    ]
    return [typical, share, *more]


def _item(key: str, value: float | None, unit: Unit, place: Place | None, *said: str) -> Item:
    notes = list(said)
    if place is not None:
        ahead = f"{place.percentile:.0%}"
        notes.append(t("screen.ahead", share=ahead, middle=short(place.middle, unit)))
    return Item(t(f"competitors.column_{key}"), short(value, unit), notes=tuple(notes))
