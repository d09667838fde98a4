"""Works of own accounts and competitors with what can be counted of both: interactions.

What others are played nobody outside can see, so everything here stands on likes, comments,
shares and favourites. Lists hold totals to date, so a young work has had less time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from opsdata.filters import Filters
from opsdata.metrics import Grain
from opsdata.store import Store, sql_file

PARTS = ("likes", "comments", "shares", "favorites")
"""What interactions are made of."""


@dataclass(frozen=True)
class Company:
    """Whose works stand beside each other, by name."""

    own: tuple[str, ...]
    rivals: tuple[str, ...]

    @property
    def everyone(self) -> tuple[str, ...]:
        """Own accounts, then competitors."""
        return (*self.own, *self.rivals)


def company(store: Store, named: tuple[str, ...] = (), group: tuple[str, ...] = ()) -> Company:
    """Return own accounts beside competitors: those named on either side, else the side's all.

    ``group`` are competitors to take where none is named.
    """
    rows = store.rows("select distinct name, own from account order by name")
    own = tuple(name for name, is_own in rows if is_own)
    rivals = tuple(name for name, is_own in rows if not is_own)
    chosen_own = tuple(name for name in own if name in named)
    chosen = tuple(name for name in rivals if name in named) or tuple(
        name for name in rivals if name in group
    )
    return Company(chosen_own or own, chosen or rivals)


def works(store: Store, filters: Filters, whose: Company) -> pd.DataFrame:
    """Return the works of a view with their interactions, those of all accounts compared.

    ``interactions`` is missing where the lists tell none of them or only ranges, which
    stand in ``low`` and ``high``; an open range has no high end.
    """
    if not whose.everyone:
        whose = Company(("",), ())
    where, values = replace(filters, accounts=whose.everyone).where(Grain.WORK)
    return store.frame(sql_file("interactions").format(scope=where), values)


def everything(store: Store, whose: Company) -> pd.DataFrame:
    """Return all works known of some accounts, from all time."""
    return works(store, Filters(), whose)


def middle(frame: pd.DataFrame) -> tuple[float | None, float | None]:
    """Return the median of interactions with ranges at their low ends, then at their high ends.

    Both are the same where no range reaches the middle; an open end is None.
    """
    known = frame.dropna(subset=["low"])
    if known.empty:
        return None, None
    high = float(known["high"].astype(float).fillna(np.inf).median())
    return float(known["low"].median()), high if np.isfinite(high) else None


def typical(frame: pd.DataFrame) -> dict[str, float]:
    """Return the median of interactions of each account's works, by its key.

    An account is left out whose median ranges leave open: its exact works are seldom its usual.
    """
    ends = {str(key): middle(works) for key, works in frame.groupby("account_id")}
    return {key: low for key, (low, high) in ends.items() if low is not None and low == high}


def times_typical(frame: pd.DataFrame, usual: dict[str, float]) -> pd.Series[float]:
    """Return how many times its own account's median each work has; missing beside nothing."""
    median = frame["account_id"].map(usual).astype(float)
    return frame["interactions"] / median.where(median > 0)
