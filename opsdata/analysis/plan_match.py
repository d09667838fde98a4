"""What became of planned works: matched to published ones by title and time, or missed.

Titles are compared by their pairs of neighbouring characters (Dice 1945), without hashtags and
marks; a planned title that lies wholly inside a longer published one counts as alike. A match
is taken by itself when it is alike enough and nothing else comes near it; otherwise a person is
asked. What people said before is never changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

import pandas as pd

from opsdata.store import Store
from opsdata.team.plan import Item, plan, refusals

EARLIEST, LATEST = timedelta(days=3), timedelta(days=7)
"""A work is looked for from so long before its planned time to so long after it."""
GRACE = timedelta(hours=24)
"""After so long without a work, a time counts as missed."""
MAYBE = 0.35
_CLEAR = 0.2
"""The next one must be so much less alike, or else far from the time that the first one meets."""
_NOW, _FAR = 2.0, 24.0
_SURE = ((0.85, 7 * 24.0), (0.6, 6.0), (MAYBE, _NOW))
"""How alike a title must be to be taken within how many hours: formulas return in other titles."""
_UNTITLED = 1.5
"""Hours around a time without title within which a work is taken for it."""
_MOST_ASKED = 4
_NOISE = re.compile(r"[#＃@]\S+|[^\w]|_", re.UNICODE)


class State(StrEnum):
    """What became of a planned work."""

    AHEAD = "ahead"
    """Its time, and a day more, is not over in the data, or it has none."""
    PUBLISHED = "published"
    ASK = "ask"
    MISSED = "missed"


@dataclass(frozen=True)
class Candidate:
    """A published work that a planned one may have become."""

    video: str
    title: str | None
    account: str
    published_at: datetime
    views: float | None
    likeness: float
    hours: float
    """How much later than planned; negative is earlier."""


@dataclass(frozen=True)
class Fate:
    """What became of one planned work."""

    item: Item
    state: State
    work: Candidate | None = None
    candidates: tuple[Candidate, ...] = field(default=())

    @property
    def stage(self) -> str:
        """How far it is, a published work being done whatever was said."""
        return "done" if self.state is State.PUBLISHED else self.item.stage


def fates(store: Store) -> tuple[Fate, ...]:
    """Return what became of every planned work, in the order of the plan."""
    items = plan(store)
    slots = [one.slot for one in items if one.slot]
    works = store.frame(
        "select video, title, account, published_at, views from work where own and "
        "(published_at between $first and $last or video in (select unnest($said))) "
        "order by published_at, video",
        {
            "first": min(slots, default=datetime.max) - EARLIEST,
            "last": max(slots, default=datetime.min) + LATEST,
            "said": [one.video for one in items if one.video],
        },
    )
    ends = store.rows("select account, max(captured_at) from work where own group by account")
    return match(items, works, dict(ends), refusals(store))


def match(
    items: Sequence[Item],
    works: pd.DataFrame,
    known_until: dict[str, datetime],
    refused: frozenset[tuple[int, str]] = frozenset(),
) -> tuple[Fate, ...]:
    """Return what became of planned works among works: video, title, account, published_at, views.

    ``known_until`` says for each account until when its works are known. No work is taken for
    two of them; the surest match comes first.
    """
    by_key = works.set_index("video", drop=False)
    said = {one.key: one.video for one in items if one.video in by_key.index}
    taken = set(said.values())
    options = {
        one.key: _options(one, works, refused) for one in items if one.slot and one.key not in said
    }
    chosen: dict[int, Candidate] = {}
    while sure := [
        (found, key)
        for key, every in options.items()
        if key not in chosen and (found := _sure(_free(every, taken)))
    ]:
        found, key = max(sure, key=lambda one: (one[0].likeness, -abs(one[0].hours), -one[1]))
        chosen[key] = found
        taken.add(found.video)
    until = {**known_until, "": min(known_until.values(), default=datetime.min)}
    return tuple(
        _fate(one, by_key, said, chosen.get(one.key), _free(options.get(one.key, []), taken), until)
        for one in items
    )


def _fate(
    one: Item,
    works: pd.DataFrame,
    said: dict[int, str],
    chosen: Candidate | None,
    left: list[Candidate],
    until: dict[str, datetime],
) -> Fate:
    if one.key in said:
        return Fate(one, State.PUBLISHED, _candidate(one, works.loc[said[one.key]]))
    if chosen is not None:
        return Fate(one, State.PUBLISHED, chosen)
    if left:
        return Fate(one, State.ASK, candidates=tuple(left[:_MOST_ASKED]))
    end = until.get(one.account)
    over = one.slot is not None and end is not None and one.slot + GRACE <= end
    return Fate(one, State.MISSED if over else State.AHEAD)


def _options(
    one: Item, works: pd.DataFrame, refused: frozenset[tuple[int, str]]
) -> list[Candidate]:
    """Return the works that a planned one may have become, the likeliest first."""
    assert one.slot is not None
    near = works["published_at"].between(one.slot - EARLIEST, one.slot + LATEST)
    if one.account:
        near &= works["account"] == one.account
    found = [_candidate(one, row) for _, row in works[near].iterrows()]
    found = [each for each in found if _may_be(one, each) and (one.key, each.video) not in refused]
    return sorted(found, key=lambda each: (-each.likeness, abs(each.hours), each.video))


def _candidate(one: Item, work: pd.Series) -> Candidate:
    title = None if pd.isna(work["title"]) else str(work["title"])
    published = work["published_at"].to_pydatetime()
    late = (published - one.slot).total_seconds() / 3600 if one.slot else 0.0
    views = None if pd.isna(work["views"]) else float(work["views"])
    alike = likeness(one.title, title or "")
    return Candidate(str(work["video"]), title, str(work["account"]), published, views, alike, late)


def _may_be(one: Item, found: Candidate) -> bool:
    if not one.title:
        return abs(found.hours) <= _UNTITLED
    return found.likeness >= MAYBE


def _free(every: list[Candidate], taken: set[str]) -> list[Candidate]:
    return [one for one in every if one.video not in taken]


def _sure(found: list[Candidate]) -> Candidate | None:
    """Return the one work that can be taken without asking, None when there is none."""
    if not found:
        return None
    alike = [one for one in found if one.likeness > found[0].likeness - _CLEAR]
    first = min(alike, key=lambda one: abs(one.hours))
    others = [abs(one.hours) for one in alike if one is not first]
    if others and not (abs(first.hours) <= _NOW < _FAR < min(others)):
        return None
    untitled = first.likeness == 0
    sure = any(first.likeness >= least and abs(first.hours) <= most for least, most in _SURE)
    return first if sure or untitled else None


def likeness(planned: str, published: str) -> float:
    """Return how alike two titles are, 0 to 1.

    >>> likeness("葱油饼的懒人做法", "葱油饼的懒人做法，前一晚准备好就行 #早餐")
    0.9
    >>> round(likeness("葱油饼的做法", "烤红薯的做法"), 2), likeness("", "葱油饼")
    (0.4, 0.0)
    """
    one, other = _pairs(planned), _pairs(published)
    if not one or not other:
        return 0.0
    both = len(one & other)
    dice = 2 * both / (len(one) + len(other))
    inside = 0.9 * both / len(one) if len(one) >= 4 else 0.0
    return max(dice, inside)


def _pairs(title: str) -> frozenset[str]:
    plain = _NOISE.sub("", title.casefold())
    return frozenset(plain[at : at + 2] for at in range(len(plain) - 1))
