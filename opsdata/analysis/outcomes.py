"""What traits are judged by: plays, completion, follows and saves, each made comparable.

Plays are judged on a log scale, because they are heavy-tailed. Completion is the place among
works of the same genre and length class, because length alone decides much of it (grouping as
in D2Q, KDD 2022). Follows and saves are rates drawn to what is usual for the genre, on a log
scale. Works with few plays say nothing about rates.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from opsdata.analysis.shrinkage import Prior, beta_prior, drawn, rates
from opsdata.works import FEW_PLAYS

LOG = frozenset({"views", "follower_gain", "favorites"})
"""Outcomes on a log scale: their effects are shares; the others are differences of places."""

LEAST_SPREAD = {True: 0.35, False: 0.1}
"""How far true effects are known to differ anyway, on a log scale and between places."""


def outcome(works: pd.DataFrame, kpi: str) -> np.ndarray:
    """Return the outcome of each work, NaN where it is unknown or rests on too few plays."""
    if kpi == "views":
        return np.asarray(np.log1p(works["views"].clip(lower=0)), dtype=float)
    if kpi == "completion_rate":
        return completion_place(works)
    rate = _by_genre(works, kpi, ["rate"], lambda *seen: (drawn(*seen),))["rate"]
    return np.asarray(np.log(rate.where(works["views"] >= FEW_PLAYS)), dtype=float)


def completion_place(works: pd.DataFrame) -> np.ndarray:
    """Return each work's place in completion among works of its genre and length class, 0 to 1."""
    known = works["completion_rate"].where(works["views"] >= FEW_PLAYS)
    groups = known.groupby(works["kind"])
    place: np.ndarray = ((groups.rank() - 0.5) / groups.transform("count")).to_numpy(dtype=float)
    return place


def shrunken(works: pd.DataFrame, kpi: str) -> pd.DataFrame:
    """Return a count per play of each work: rate, and the ends of its interval.

    What is usual for a genre is learnt from works with enough plays; the fewer a work has, the
    more it is taken to be usual itself.
    """
    return _by_genre(works, kpi, ["rate", "low", "high"], rates)


def _by_genre(
    works: pd.DataFrame,
    kpi: str,
    columns: list[str],
    make: Callable[[np.ndarray, np.ndarray, Prior], tuple[np.ndarray, ...]],
) -> pd.DataFrame:
    """Return what is made of counts and plays with the prior of their genre."""
    found = pd.DataFrame(np.nan, index=works.index, columns=columns, dtype=float)
    played = works[works[kpi].notna() & (works["views"] > 0)]
    for _, rows in played.groupby("genre", dropna=False):
        hits = np.minimum(rows[kpi], rows["views"]).to_numpy(dtype=float)
        tries = rows["views"].to_numpy(dtype=float)
        enough = tries >= FEW_PLAYS
        prior = beta_prior(hits[enough], tries[enough])
        found.loc[rows.index] = np.column_stack(make(hits, tries, prior))
    return found
