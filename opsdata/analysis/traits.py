"""What a work is, as traits that it has or has not: its topic, kind, title and cover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from opsdata.filters import Filters
from opsdata.metrics import Grain
from opsdata.store import Store, sql_file

GROWN_DAYS = 7
"""A younger work is left out: its plays say more about its age than about itself."""
MOST = 10_000
"""So many of the newest works are compared; older ones say little about today."""
FEWEST = 5
"""A trait is looked at when so many works have it, and so many have not."""
MOST_OF_A_KIND = 30
"""So many hashtags, and so many labels, the most used first."""

TITLE_TRAITS: dict[str, str] = {
    "short": "length(words) <= 10",
    "long": "length(words) >= 25",
    "question": "regexp_matches(words, '[?？]')",
    "exclamation": "regexp_matches(words, '[!！]')",
    "number": "regexp_matches(words, '[0-9０-９]')",
    "emoji": r"regexp_matches(title, '[\x{1F300}-\x{1FAFF}\x{2600}-\x{27BF}]')",
    "mention": "contains(title, '@')",
    "many_tags": "length(regexp_extract_all(title, '[#＃]')) >= 3",
}
"""What a title can be like, as SQL over its text; ``words`` is without hashtags and names."""


@dataclass(frozen=True, order=True)
class Trait:
    """One thing a work has or has not: the dimension it belongs to, and its value there."""

    dimension: str
    value: str


@dataclass(frozen=True)
class Traits:
    """Some works, the traits looked at, and which work has which."""

    works: pd.DataFrame
    names: tuple[Trait, ...]
    has: np.ndarray

    @property
    def count(self) -> np.ndarray:
        """How many works have each trait."""
        counts: np.ndarray = self.has.sum(axis=0)
        return counts


def grown(store: Store, filters: Filters, most: int = MOST) -> pd.DataFrame:
    """Return the newest public works of a view that are old enough, with what they are like."""
    where, values = filters.where(Grain.WORK)
    traits = ", ".join(
        f"coalesce({sql}, false) as title_{key}" for key, sql in TITLE_TRAITS.items()
    )
    sql = sql_file("grown_works").replace("{scope}", f"select * from work where {where}")
    values |= {"grown_days": GROWN_DAYS, "most": most}
    works = store.frame(sql.replace("{traits}", traits), values)
    numbers = ["views", "completion_rate", "cover_ctr", "follower_gain", "favorites"]
    return works.astype(dict.fromkeys(numbers, "float64"))


def traits(store: Store, filters: Filters) -> Traits:
    """Return the grown works of a view with every trait that enough of them have."""
    works = grown(store, filters)
    columns: dict[Trait, np.ndarray] = {}
    for dimension in ("label", "hashtag"):
        columns |= _tagged(store, works, dimension)
    for dimension in ("genre", "length_band"):
        columns |= {
            Trait(dimension, str(value)): (works[dimension] == value).to_numpy()
            for value in sorted(works[dimension].dropna().unique())
            if value != "photo"  # a genre, not a length
        }
    columns |= {Trait("title", key): works[f"title_{key}"].to_numpy() for key in TITLE_TRAITS}
    columns |= _covers(works)
    kept = {
        trait: has for trait, has in columns.items() if FEWEST <= has.sum() <= len(works) - FEWEST
    }
    has = np.column_stack(list(kept.values())) if kept else np.zeros((len(works), 0), dtype=bool)
    return Traits(works, tuple(kept), has.astype(bool))


def _tagged(store: Store, works: pd.DataFrame, dimension: str) -> dict[Trait, np.ndarray]:
    """Return the works of each of the most used hashtags or labels."""
    pairs = store.frame(f"select video, {dimension} as value from video_{dimension}")
    at = pd.Series(np.arange(len(works)), index=works["video"])
    pairs = pairs[pairs["video"].isin(at.index)]
    counts = pairs["value"].value_counts()
    counts = counts[counts >= FEWEST].sort_index().sort_values(ascending=False, kind="stable")
    found = {}
    for value in counts.index[:MOST_OF_A_KIND]:
        has = np.zeros(len(works), dtype=bool)
        has[at[pairs.loc[pairs["value"] == value, "video"]].to_numpy()] = True
        found[Trait(dimension, str(value))] = has
    return found


def _covers(works: pd.DataFrame) -> dict[Trait, np.ndarray]:
    """Return the thirds of each account's works with most and least clicks on the cover."""
    place = works.groupby("account")["cover_ctr"].rank(pct=True).to_numpy()
    return {Trait("cover", "high"): place > 2 / 3, Trait("cover", "low"): place <= 1 / 3}
