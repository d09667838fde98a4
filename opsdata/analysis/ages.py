"""Every work against its account's works of the same genre at the same age.

A work of today is compared with what the others had when they were as old as it is now, as
their exports tell (see ``curves``). Works whose exports do not tell are left out and not
counted. A place is the share of the others below, those alike counted half.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from opsdata.analysis.curves import Curves, Numbers, Rows, curves
from opsdata.filters import Filters
from opsdata.store import Store

ENOUGH = 5
"""With fewer works to compare with, a place among them says nothing."""
DAYS = (1, 3, 7, 14, 30)
"""The ages at which works are compared side by side."""
LAST = 10
"""A new work is ranked among so many of its kind, itself counted."""


@dataclass(frozen=True)
class Standing:
    """One work at its age: the share of its peers it is ahead of, and how many they are."""

    video: str
    age_days: float
    percentile: float | None
    n: int


def ages(store: Store, filters: Filters, metric: str = "views") -> list[Standing]:
    """Return the place of each work of some accounts among its kind, as of its newest export."""
    every = curves(store, filters, metric)
    found = [one for kind in every.kinds() for one in among(every, kind)]
    return sorted(found, key=lambda one: (one.age_days, one.video))


def among(every: Curves, kind: Rows) -> list[Standing]:
    """Return the place of each of some works among the others at its own age."""
    age = every.works["age"].to_numpy()[kind]
    place, n = places(every.at(kind[:, None], age[None, :]), np.arange(len(kind)))
    videos = every.works["video"].to_numpy()[kind]
    return [
        Standing(str(video), float(old), None if np.isnan(at) else float(at), int(others))
        for video, old, at, others in zip(videos, age, place, n, strict=True)
    ]


def places(values: Numbers, mine: Rows) -> tuple[Numbers, Rows]:
    """Return the place of one value of each column among the others, and how many they are.

    ``values`` has a row for each work; ``mine`` names the row of each column's own work.

    >>> column = np.array([[1.0], [2.0], [3.0], [4.0], [5.0], [5.0]])
    >>> places(column, np.array([4]))
    (array([0.9]), array([5]))
    """
    own = np.take_along_axis(values, mine[None, :], axis=0)
    n = (~np.isnan(values)).sum(axis=0) - ~np.isnan(own[0])
    below = (values < own).sum(axis=0) + 0.5 * ((values == own).sum(axis=0) - 1)
    known = (n >= ENOUGH) & ~np.isnan(own[0])
    return np.where(known, below / np.maximum(n, 1), np.nan), n


def at_days(store: Store, filters: Filters, metric: str = "views") -> pd.DataFrame:
    """Return what each work had in total at some ages, and its place among its kind then.

    Columns video, account, genre, published_at, age, and for each day ``day_3``, ``place_3``
    and ``n_3``, the number of works it is compared with; NaN where exports do not tell.
    """
    every = curves(store, filters, metric)
    known = ["video", "account", "genre", "published_at", "age"]
    frame = every.works[known].copy()
    for day in DAYS:
        value = every.at(np.arange(len(frame)), np.array(float(day)))
        place, others = np.full(len(frame), np.nan), np.zeros(len(frame), dtype=int)
        for kind in every.kinds():
            each = np.broadcast_to(value[kind][:, None], (len(kind), len(kind)))
            place[kind], others[kind] = places(each, np.arange(len(kind)))
        frame[f"day_{day}"], frame[f"place_{day}"], frame[f"n_{day}"] = value, place, others
    return frame


@dataclass(frozen=True)
class Newcomer:
    """A new work ranked among the last ones of its kind at the same age."""

    video: str
    age_days: float
    so_far: float
    rank: int | None
    """None when too few of them can be compared."""
    n: int
    """How many are ranked, itself counted."""
    exports: int
    """How many exports of works there are of its account."""


def newcomers(
    store: Store, filters: Filters, metric: str = "views", most: int = 4
) -> list[Newcomer]:
    """Return the newest works, each ranked among the last ten of its kind at its age."""
    every = curves(store, filters, metric)
    kind_of = {int(row): kind for kind in every.kinds() for row in kind}
    exports = every.exports_by_account()
    return [_ranked(every, row, kind_of[row], exports) for row in range(len(every.works))[:most]]


def _ranked(every: Curves, row: int, kind: Rows, exports: dict[str, int]) -> Newcomer:
    """Return a work's rank among itself and those of its kind published before it."""
    one = every.works.iloc[row]
    before = every.at(kind[kind > row], np.array(float(one["age"])))
    before = before[~np.isnan(before)][: LAST - 1]
    rank = int((before > one["total"]).sum()) + 1 if len(before) >= ENOUGH else None
    return Newcomer(
        video=str(one["video"]),
        age_days=float(one["age"]),
        so_far=float(one["total"]),
        rank=rank,
        n=len(before) + 1,
        exports=exports[str(one["account"])],
    )


@dataclass(frozen=True)
class Company:
    """The life of one work beside the band of its kind."""

    curve: pd.DataFrame
    """age and total at each export."""
    band: pd.DataFrame
    """age, low, middle, high, n: what a tenth, half and nine tenths of the others had."""
    others: int
    """How many works of its kind are read."""


def company(store: Store, video: str, metric: str = "views") -> Company | None:
    """Return one work's life beside the others of its kind; None when its life is unknown."""
    whose = store.rows("select account, genre from work where video = $video", {"video": video})
    if not whose:
        return None
    every = curves(store, Filters(accounts=(whose[0][0],)), metric)
    mine = np.flatnonzero(every.works["video"].to_numpy() == video)
    if not len(mine):
        return None
    kind = next(rows for rows in every.kinds() if mine[0] in rows)
    own = every.owner == mine[0]
    curve = pd.DataFrame({"age": every.age[own], "total": every.total[own]})
    others = kind[kind != mine[0]]
    ages = _grid(max(float(max(DAYS)), float(every.age[own].max())))
    return Company(curve, band(every.at(others[:, None], ages[None, :]), ages), len(others))


def _grid(last: float) -> Numbers:
    """Return ages to draw a band at: half days first, then days, then weeks."""
    steps = (np.arange(0.5, 7, 0.5), np.arange(7, 30, 1), np.arange(30, last + 7, 7))
    ages: Numbers = np.concatenate(steps)
    return ages[ages <= last]


BAND_ENOUGH = 10
"""A band is drawn where so many works tell their total."""


def band(values: Numbers, ages: Numbers) -> pd.DataFrame:
    """Return the tenth, half and nine tenths of columns of values that know enough works."""
    n = (~np.isnan(values)).sum(axis=0)
    enough = n >= BAND_ENOUGH
    low, middle, high = (
        np.nanquantile(values[:, enough], (0.1, 0.5, 0.9), axis=0)
        if enough.any()
        else np.empty((3, 0))
    )
    return pd.DataFrame(
        {"age": ages[enough], "low": low, "middle": middle, "high": high, "n": n[enough]}
    )
