"""The weekly audit of how comments are read: twenty flagged and twenty not, judged by people.

The draw is random but fixed for a week: comments are taken in the order of a hash of the
week and their key. The share of flagged ones that are really complaints, and of unflagged
ones that were missed, carry Wilson's score interval.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from opsdata.analysis.comments import newest, viewers
from opsdata.analysis.proportions import Proportion, wilson
from opsdata.filters import Filters
from opsdata.store import Store
from opsdata.team.audits import Label, labels

EACH = 20
"""So many of each side are drawn."""
_DAYS = 28
"""A week with fewer is filled up from so many days."""


@dataclass(frozen=True)
class Item:
    """One drawn comment, and what was said of it; None while nobody has."""

    account_id: str
    comment: str
    text: str
    title: str | None
    flagged: bool
    negative: bool | None = None


@dataclass(frozen=True)
class Audit:
    """A week's draw."""

    week: date
    items: tuple[Item, ...]

    @property
    def open(self) -> tuple[Item, ...]:
        """What still waits to be judged."""
        return tuple(item for item in self.items if item.negative is None)

    @property
    def right(self) -> Proportion:
        """How many of the flagged are really complaints."""
        return _share(self.items, flagged=True)

    @property
    def missed(self) -> Proportion:
        """How many of the unflagged are complaints all the same."""
        return _share(self.items, flagged=False)


def audit(store: Store) -> Audit | None:
    """Return this week's draw, the week being that of the newest comment; None without any."""
    last = newest(store, Filters())
    if last is None:
        return None
    week = last - timedelta(days=last.weekday())
    said = {(one.account_id, one.comment): one for one in labels(store, week)}
    pool = _pool(store, week, last, said)
    items = [
        item for flagged in (True, False) for item in _drawn(pool[pool["flagged"] == flagged], said)
    ]
    return Audit(week, tuple(_mixed(items, pool)))


def earlier(store: Store) -> list[tuple[date, Proportion, Proportion]]:
    """Return how each week's audit came out, the newest first: right, and missed."""
    weeks: dict[date, list[Label]] = {}
    for one in labels(store):
        weeks.setdefault(one.week, []).append(one)
    return [(week, _of(said, True), _of(said, False)) for week, said in sorted(weeks.items())][::-1]


def _of(said: list[Label], flagged: bool) -> Proportion:
    side = [one for one in said if one.flagged == flagged]
    return wilson(sum(one.negative for one in side), len(side))


def _share(items: tuple[Item, ...], flagged: bool) -> Proportion:
    judged = [i for i in items if i.flagged == flagged and i.negative is not None]
    return wilson(sum(bool(i.negative) for i in judged), len(judged))


def _pool(store: Store, week: date, last: date, said: dict[tuple[str, str], Label]) -> pd.DataFrame:
    """Return the comments of four weeks in the order of the draw."""
    where, values = viewers(Filters(since=last - timedelta(days=_DAYS - 1), until=last))
    pool = store.frame(
        "select account_id, comment, text, title, sentiment < 0 as flagged, day, "
        f"md5(concat_ws('|', $week, account_id, comment)) as lot from comment_said "
        f"where {where} and text is not null",
        {**values, "week": week.isoformat()},
    )
    judged = [key in said for key in zip(pool["account_id"], pool["comment"], strict=True)]
    recent = pool["day"] >= pd.Timestamp(last - timedelta(days=6))
    return pool.assign(judged=judged, recent=recent).sort_values(
        ["judged", "recent", "lot"], ascending=[False, False, True]
    )


def _drawn(pool: pd.DataFrame, said: dict[tuple[str, str], Label]) -> list[Item]:
    """Return the first of one side; what was flagged when it was judged stays so."""
    return [
        Item(
            account_id=str(row.account_id),
            comment=str(row.comment),
            text=str(row.text),
            title=row.title if isinstance(row.title, str) else None,
            flagged=bool(row.flagged),
            negative=_said(said, str(row.account_id), str(row.comment)),
        )
        for row in pool.head(EACH).itertuples()
    ]


def _said(said: dict[tuple[str, str], Label], account_id: str, comment: str) -> bool | None:
    found = said.get((account_id, comment))
    return found.negative if found else None


def _mixed(items: list[Item], pool: pd.DataFrame) -> list[Item]:
    """Return both sides mixed, so that nobody knows which side a comment is from."""
    lots = dict(zip(pool["comment"], pool["lot"], strict=True))
    return sorted(items, key=lambda item: lots[item.comment])
