"""What platforms sum up on their own, as their exports say it; it stands in no other figure.

Bought plays, the days of a shop, averages of a period, the totals of an account, plays by
country: none of it is a work or a day of an account, so it is shown apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from opsdata.sources import SOURCES
from opsdata.sources.model import Kind
from opsdata.store import Store, sql_file

WEIGHTS = {"paid": "plays", "slice": "views"}
"""Topics whose rows are parts of one thing over time; rates are weighted by this measure."""

TOPICS = ("paid", "shop", "period", "overview", "slice")

KINDS = {
    topic: {
        column.field: column.kind
        for source in SOURCES.values()
        if source.topic == topic
        for column in source.columns
    }
    for topic in TOPICS
}
"""What each measure of a topic is, in the order of its exports."""

_FIRST = {"paid": "spend", "slice": "views"}
"""What the rows of a topic are ordered by, the largest first; else the latest first."""

_KEYS = ["account", "item", "label"]
_RATES = (Kind.SHARE, Kind.POINTS, Kind.SECONDS)


def reported(store: Store, topic: str, accounts: Sequence[str] = ()) -> pd.DataFrame:
    """Return what the exports of a topic say: account, item, label, since, until, its measures.

    Without named accounts all own ones are meant. Where the spans of two exports of the same
    thing overlap, the one that holds the other counts, else the newer.
    """
    values = {"topic": topic, "accounts": list(accounts)}
    long = store.frame(sql_file("reported"), values)
    known = [key for key in KINDS[topic] if key in set(long["measure"])]
    wide = long.pivot_table(
        index=[*_KEYS, "since", "until"], columns="measure", values="value", aggfunc="first"
    )
    frame = wide[known].reset_index().rename_axis(columns=None)
    if topic in WEIGHTS and known:
        frame = _summed(frame, topic, known)
    order = [by for by in (_FIRST.get(topic), "until") if by in frame]
    falling = [False] * len(order) + [True] * len(_KEYS)
    return frame.sort_values([*order, *_KEYS], ascending=falling, ignore_index=True)


def _summed(frame: pd.DataFrame, topic: str, known: Sequence[str]) -> pd.DataFrame:
    """Return one row a thing over all its spans: counts added, rates weighted by plays."""
    weight = WEIGHTS[topic]
    rates = [key for key in known if KINDS[topic][key] in _RATES]
    if weight not in frame:
        frame = frame.assign(**{weight: float("nan")})
    for key in rates:
        frame[f"{key}_of"] = frame[weight].where(frame[key].notna())
        frame[key] = frame[key] * frame[weight]
    sums = frame.groupby(_KEYS)[[*known, *(f"{key}_of" for key in rates)]].sum(min_count=1)
    for key in rates:
        sums[key] = sums[key] / sums[f"{key}_of"]
    ends = frame.groupby(_KEYS).agg(since=("since", "min"), until=("until", "max"))
    return ends.join(sums[list(known)]).reset_index()


@dataclass(frozen=True)
class Bought:
    """What bought plays cost together; a price is None where what was bought is not known."""

    spend: float
    plays: float | None
    new_followers: float | None

    @property
    def per_thousand(self) -> float | None:
        """The price of a thousand plays."""
        return 1000 * self.spend / self.plays if self.plays else None

    @property
    def per_follower(self) -> float | None:
        """The price of a new follower."""
        return self.spend / self.new_followers if self.new_followers else None


def bought(rows: pd.DataFrame) -> Bought:
    """Return the sums of paid materials; a measure that one of them lacks is not known.

    >>> both = pd.DataFrame({"spend": [30.0, 10.0], "plays": [1000.0, 1000.0]})
    >>> bought(both).per_thousand, bought(both).per_follower
    (20.0, None)
    """
    plays, followers = (
        float(rows[key].sum()) if key in rows and rows[key].notna().all() else None
        for key in ("plays", "new_followers")
    )
    return Bought(float(rows["spend"].sum()), plays, followers)
