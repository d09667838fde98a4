"""Accounts whose works grow in a known way, and what their exports would have told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from opsdata.analysis.curves import Curves
from opsdata.sample.team import grown_share

START = datetime(2026, 1, 1, 12)
GENRES = np.array(["图文", "1min-视频", "1-3min视频"])


@dataclass(frozen=True)
class World:
    """One account: its works, and their true totals at any age."""

    published: np.ndarray
    """Days after the start."""
    final: np.ndarray
    pace: np.ndarray
    genre: np.ndarray
    late: np.ndarray
    """How many times over a work grows once more after its third week; mostly none."""

    def totals(self, rows: np.ndarray, ages: np.ndarray) -> np.ndarray:
        """What works truly have at ages."""
        share = grown_share(ages, self.pace[rows])
        again = 1 + self.late[rows] * np.clip((ages - 16) / 20, 0, 1)
        return np.floor(self.final[rows] * share * again)

    def seen(self, every: float, until: float) -> pd.DataFrame:
        """What exports at regular days tell, until some day."""
        days = np.arange(every, until + 1e-9, every)
        rows, at = np.meshgrid(np.arange(len(self.published)), days, indexing="ij")
        rows, at = rows.ravel(), at.ravel()
        known = at > self.published[rows]
        rows, at = rows[known], at[known]
        frame = pd.DataFrame(
            {
                "video": np.char.add("v", rows.astype(str)),
                "account": "甲",
                "genre": GENRES[self.genre[rows]],
                "published_at": _moments(self.published[rows]),
                "captured_at": _moments(at),
                "total": self.totals(rows, at - self.published[rows]),
            }
        )
        return frame.sort_values(
            ["published_at", "video", "captured_at"], ascending=[False, True, True]
        )

    def curves(self, every: float = 7.0, until: float = 180.0) -> Curves:
        """The life curves that exports every so many days tell until some day."""
        return Curves.of(self.seen(every, until))


def _moments(days: np.ndarray) -> np.ndarray:
    seconds = np.round(days * 86400).astype("timedelta64[s]")
    return np.datetime64(START) + seconds.astype("timedelta64[us]")


def world(seed: int, works: int = 200, days: float = 180.0) -> World:
    """An account with some works: hits grow slower, so early totals say less of them."""
    rng = np.random.default_rng(seed)
    genre = rng.integers(0, 3, works)
    luck = rng.normal(0, 1, works)
    hit = np.where(rng.random(works) < 0.03, rng.uniform(8, 30, works), 1)
    slow = np.array([1.8, 2.6, 3.6])[genre]
    return World(
        published=np.sort(rng.uniform(0, days, works)),
        final=np.exp(8 + 0.9 * luck) * hit,
        pace=slow * np.exp(0.12 * luck + rng.normal(0, 0.35, works)),
        genre=genre,
        late=np.where(rng.random(works) < 0.08, rng.lognormal(-0.5, 0.8, works), 0),
    )
