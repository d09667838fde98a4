"""Good but unseen: works that those who saw them liked, and that few saw.

Seen is judged by plays after account, kind, trend and age are taken out; liked by completion
among its kind, and by saves and follows per play, drawn to what is usual while plays are few.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from opsdata.analysis.adjusted import adjustment, residuals
from opsdata.analysis.factors import LEAST_WORKS
from opsdata.analysis.outcomes import completion_place, outcome, shrunken
from opsdata.analysis.traits import grown
from opsdata.filters import Filters
from opsdata.store import Store
from opsdata.works import FEW_PLAYS

LIKED = ("completion", "favorites", "follower_gain")
"""What shows that a work was liked by those who saw it."""
SEEN_BY_FEW = 0.4
HIGH = 0.7


def liking(store: Store, filters: Filters) -> pd.DataFrame:
    """Return the grown works of a view, the best liked first.

    Columns: video, title, account, genre, published_at, views, few (too few plays for rates),
    kin (how many of its kind there are), seen (its place in plays), completion, favorites and
    follower_gain (its places), each rate with ``_rate``, ``_low``, ``_high`` and ``_sure`` (the
    low end is above its kind's median), and liked: the mean of the places.
    """
    works = grown(store, filters)
    found = works[["video", "title", "account", "genre", "published_at", "views"]].copy()
    found["few"] = works["views"] < FEW_PLAYS
    left, _ = residuals(outcome(works, "views"), adjustment(works))
    found["kin"] = works.groupby("genre", dropna=False)["video"].transform("count")
    found["seen"] = _place(pd.Series(left, works.index), works["genre"])
    found["completion"] = completion_place(works)
    for kpi in ("favorites", "follower_gain"):
        rate = shrunken(works, kpi)
        found[[f"{kpi}_{name}" for name in rate.columns]] = rate
        usual = rate["rate"].groupby(works["genre"], dropna=False).transform("median")
        found[f"{kpi}_sure"] = rate["low"] > usual
        found[kpi] = _place(rate["rate"].where(~found["few"]), works["genre"])
    found["liked"] = found[list(LIKED)].mean(axis=1)
    found.loc[found["few"], "liked"] = np.nan
    return found.sort_values(["liked", "video"], ascending=[False, True], ignore_index=True)


def _place(values: pd.Series, groups: pd.Series) -> pd.Series:
    """Return each value's place among its group, 0 to 1."""
    inside = values.groupby(groups, dropna=False)
    place: pd.Series = (inside.rank() - 0.5) / inside.transform("count")
    return place


def unseen(liked: pd.DataFrame) -> pd.DataFrame:
    """Return the works of ``liking`` that were liked and seen by few, the best liked first.

    At least two kinds of liking must be high, and all of them together; and one rate must be
    higher than usual by more than chance, which few plays or few works do not show.
    """
    if len(liked) < LEAST_WORKS:
        return liked.iloc[:0]
    high = (liked[list(LIKED)] >= HIGH).sum(axis=1) >= 2
    sure = liked["favorites_sure"] | liked["follower_gain_sure"]
    well = high & sure & (liked["liked"] >= HIGH)
    chosen = (liked["seen"] <= SEEN_BY_FEW) & well & ~liked["few"]
    return liked[chosen].reset_index(drop=True)
