"""What stands out of one work: metrics in which it is beyond nine tenths of its kind.

Compared are rates, and responses per play, with the account's works of the genre that have
enough plays for their rates to be steady.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from opsdata.store import Store
from opsdata.works import FEW_PLAYS, Work

ENOUGH = 20
"""With fewer works to compare with, nothing is said to stand out."""
BEYOND = 0.9
RATES = ("completion_rate", "completion_5s", "bounce_2s", "cover_ctr", "engagement_rate")
_MOST = 3
_MOST_READ = 1000


@dataclass(frozen=True)
class Feature:
    """One metric in which a work is beyond most others: its value, and theirs."""

    key: str
    value: float
    median: float
    share: float
    """The share of the others it is beyond."""
    above: bool


@dataclass(frozen=True)
class Standout:
    """What stands out, the most extreme first, and how many works were compared."""

    features: tuple[Feature, ...]
    n: int
    plays: float | None


def standout(store: Store, one: Work) -> Standout:
    """Return what stands out of a work among the newest of its account and genre."""
    engaged = "(likes + comments + shares + favorites) / nullif(views, 0)"
    columns = ", ".join(f"{engaged} as {key}" if key == "engagement_rate" else key for key in RATES)
    rows = store.frame(
        f"select video, views, {columns} from work where account = $account "
        "and genre is not distinct from $genre and (views >= $few or video = $video) "
        "order by video = $video desc, published_at desc limit $most",
        {
            "account": one.account,
            "genre": one.genre,
            "few": FEW_PLAYS,
            "video": one.video,
            "most": _MOST_READ,
        },
    )
    mine = rows[rows["video"] == one.video].iloc[0]
    others = rows[rows["video"] != one.video]
    plays = None if pd.isna(mine["views"]) else float(mine["views"])
    if plays is None or plays < FEW_PLAYS or len(others) < ENOUGH:
        return Standout((), len(others), plays)
    found = [_feature(key, mine[key], others[key].dropna().to_numpy(dtype=float)) for key in RATES]
    known = sorted((f for f in found if f), key=lambda feature: -feature.share)
    return Standout(tuple(known[:_MOST]), len(others), plays)


def _feature(key: str, value: float, others: np.ndarray) -> Feature | None:
    if pd.isna(value) or len(others) < ENOUGH:
        return None
    below, above = float((others < value).mean()), float((others > value).mean())
    if max(below, above) < BEYOND:
        return None
    return Feature(key, float(value), float(np.median(others)), max(below, above), below > above)
