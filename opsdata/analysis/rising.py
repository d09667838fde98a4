"""Topics of hot lists that rise and that we have not done.

A topic rises when it is hotter, or stands higher where no heat is told, than on the list
before. A heat told as a range is hotter when its low end is above all that was told before, by
how much nobody knows. A topic new to a list that has a list before it counts as rising too.
Ours are works with that hashtag, or with its words in the title.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from opsdata.analysis.hashtags import Tried, nearest, tried
from opsdata.analysis.interactions import Company
from opsdata.store import Store


@dataclass(frozen=True)
class Topic:
    """A rising topic as the newest list has it."""

    topic: str
    list: str
    day: date
    before: date
    rank: int | None
    heat: float | None
    low: float | None
    """The ends of a heat that is told as a range; an open one has no high end."""
    high: float | None
    change: float | None
    """The share of heat gained since the list before; None when new, untold or a range."""
    hotter: bool
    """Whether it is surely hotter than on the list before."""
    climbed: int | None
    """Places gained; None when new or untold."""
    new: bool
    alike: Tried | None
    """The most used of our hashtags that is like it."""


def rising(store: Store, whose: Company, until: date | None = None) -> list[Topic]:
    """Return what rises on the newest lists and no own account did, the fastest first."""
    frame = store.frame(
        "select topic, list, day, rank, heat, heat_low, heat_high from hot_topic "
        "where day <= coalesce(cast($until as date) + 1, day) order by day, rank",
        {"until": until},
    )
    ours, titles = tried(store, whose), _titles(store, whose)
    found = [
        topic
        for _, one in frame.groupby("list")
        for topic in _of_list(one, ours)
        if topic.topic not in ours and topic.topic.lower() not in titles
    ]
    return sorted(found, key=lambda one: (not one.new, -_speed(one), one.topic))


def _speed(one: Topic) -> float:
    if one.change is not None:
        return one.change
    return (one.climbed or 0) / 100


def _titles(store: Store, whose: Company) -> str:
    """Return all our titles as one text to look words up in."""
    names = {"names": list(whose.own)}
    rows = store.rows(
        "select lower(title) from work where title is not null "
        "and account in (select unnest($names))",
        names,
    )
    return "\n".join(title for (title,) in rows)


def _of_list(one: pd.DataFrame, ours: dict[str, Tried]) -> list[Topic]:
    """Return the rising topics of one list between its two newest days."""
    days = sorted(one["day"].unique())
    if len(days) < 2:
        return []
    now, before = one[one["day"] == days[-1]], one[one["day"] == days[-2]]
    known = before.drop_duplicates("topic").set_index("topic")
    made = [_topic(row, known, ours, days[-2]) for row in now.to_dict("records")]
    return [topic for topic in made if topic.new or topic.hotter or _speed(topic) > 0]


def _topic(
    row: dict[str, object], known: pd.DataFrame, ours: dict[str, Tried], before: object
) -> Topic:
    name = str(row["topic"])
    new = name not in known.index
    was = {} if new else known.loc[name].to_dict()
    heat, low, high, rank = (_number(row[key]) for key in ("heat", "heat_low", "heat_high", "rank"))
    heat_was, high_was, rank_was = (_number(was.get(key)) for key in ("heat", "heat_high", "rank"))
    return Topic(
        topic=name,
        list=str(row["list"]),
        day=pd.Timestamp(str(row["day"])).date(),
        before=pd.Timestamp(str(before)).date(),
        rank=None if rank is None else int(rank),
        heat=heat,
        low=low,
        high=high,
        change=heat / heat_was - 1 if heat is not None and heat_was else None,
        hotter=low is not None and high_was is not None and low > high_was,
        climbed=int(rank_was - rank) if rank is not None and rank_was is not None else None,
        new=new,
        alike=nearest(name, ours),
    )


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(str(value))
