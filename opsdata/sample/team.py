"""The sample team's life: three accounts, a year of works, and how each work grew.

A work's plays follow its topic, genre, publish hour, weekday, the holidays, and luck; most
come in the first days, and a few works become hits.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

SEED = 20261157
LAST_DAY = date(2026, 11, 15)
DAYS = 413
"""A year and six weeks, so that a month can be compared with a year ago."""

GENRES = ("图文", "1min-视频", "1-3min视频")
_HOURS = np.array([7, 8, 11, 12, 17, 18, 19, 20, 21, 22])
_HOUR_SHARE = np.array([4, 6, 6, 12, 10, 16, 16, 14, 10, 6]) / 100
_HOUR_LIFT = {7: 0.9, 8: 0.95, 11: 0.95, 12: 1.08, 17: 1.0, 18: 1.08, 19: 1.1, 20: 1.05, 21: 1.0}
_WEEKDAY_LIFT = np.array([0.94, 0.93, 0.95, 0.98, 1.06, 1.1, 1.04])
_HOLIDAYS = (
    (date(2025, 10, 1), date(2025, 10, 8), 1.22),
    (date(2026, 1, 1), date(2026, 1, 3), 1.12),
    (date(2026, 2, 15), date(2026, 2, 23), 1.3),
    (date(2026, 5, 1), date(2026, 5, 5), 1.18),
    (date(2026, 10, 1), date(2026, 10, 7), 1.22),
)


@dataclass(frozen=True)
class Works:
    """The works of one account: a table of what each is, and of what it will have become."""

    account: dict[str, Any]
    table: pd.DataFrame

    def seen_at(self, moment: datetime) -> pd.DataFrame:
        """Return the works list as the platform would export it at a moment."""
        known = self.table[self.table["published_at"] < moment]
        age = (pd.Timestamp(moment) - known["published_at"]).dt.total_seconds().to_numpy() / 86400
        grown = grown_share(age, known["pace"].to_numpy())
        seen = known[["title", "published_at", "genre", "status", "duration"]].copy()
        for name in _COUNTS:
            seen[name] = np.floor(known[name].to_numpy() * grown).astype(int)
        drift = 1 + 0.25 * np.exp(-age / 4)
        for name in _RATES:
            seen[name] = np.clip(known[name].to_numpy() * drift, 0.001, 0.98)
        seen["watch"] = known["watch"].to_numpy() * drift
        return seen.sort_values("published_at", ascending=False)


_COUNTS = ("views", "likes", "shares", "comments", "favorites", "visits", "gained")
_RATES = ("completed", "stayed", "bounced")


def grown_share(age: np.ndarray, pace: np.ndarray) -> np.ndarray:
    """Return which share of its final plays a work has after some days; 1 after about 90."""
    age = np.maximum(age, 0)
    grown: np.ndarray = (1 - np.exp(-((age / pace) ** 0.62))) / (
        1 - np.exp(-((90 / pace) ** 0.62))
    ).clip(0.5)
    return grown


@cache
def team() -> tuple[Works, ...]:
    """Return the sample team: its accounts with all their works."""
    text = files("opsdata.sample").joinpath("words.toml").read_text(encoding="utf-8")
    accounts = tomllib.loads(text)["account"]
    return tuple(works_of(account, SEED + i) for i, account in enumerate(accounts))


def works_of(account: dict[str, Any], seed: int) -> Works:
    """Return a year of works of one account."""
    rng = np.random.default_rng(seed)
    days = np.repeat(np.arange(DAYS), rng.poisson(account["per_week"] / 7, DAYS))
    n = len(days)
    published = _publish_times(days, rng)
    topics = account["topic"]
    topic = rng.choice(len(topics), n)
    video = rng.choice([1, 2], n, p=[0.62, 0.38])
    genre = np.where(rng.random(n) < account["photo_share"], 0, video)
    private = rng.random(n) < 0.03
    views = _final_views(account, published, topic, genre, private, rng)
    table = pd.DataFrame(
        {
            "published_at": published,
            "title": [title(topics[k], rng) for k in topic],
            "genre": np.array(GENRES)[genre],
            "status": np.where(private, "自见", "公开"),
            "duration": np.where(
                genre == 0,
                0,
                np.where(genre == 1, rng.integers(12, 60, n), rng.integers(61, 175, n)),
            ),
            "pace": rng.lognormal(np.log(2.6), 0.45, n),
            "views": views,
        }
    )
    return Works(account, _add_response(table, genre, rng).drop_duplicates("published_at"))


def _publish_times(days: np.ndarray, rng: np.random.Generator) -> pd.DatetimeIndex:
    n = len(days)
    hours = rng.choice(_HOURS, n, p=_HOUR_SHARE)
    seconds = hours * 3600 + rng.integers(0, 3600, n)
    start = pd.Timestamp(LAST_DAY) - pd.Timedelta(days=DAYS - 1)
    return start + pd.to_timedelta(days * 86400 + seconds, unit="s")


def _final_views(
    account: dict[str, Any],
    published: pd.DatetimeIndex,
    topic: np.ndarray,
    genre: np.ndarray,
    private: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Return what each work will have been played in the end."""
    n = len(topic)
    lifts = np.array([t["lift"] for t in account["topic"]])[topic]
    hours = np.array([_HOUR_LIFT.get(hour, 0.92) for hour in published.hour])
    since = np.clip((published - published.min()).days.to_numpy(), 0, DAYS - 1)
    grows = np.linspace(0.75, 1.25, DAYS)[since]
    kind = np.array([0.8, 1.0, 1.15])[genre]
    luck = rng.lognormal(0, 0.85, n)
    hit = np.where(rng.random(n) < 0.022, rng.uniform(9, 32, n), 1)
    shown = np.where(private, 0.02, 1)
    season = _WEEKDAY_LIFT[published.day_of_week] * np.array([_holiday(d) for d in published.date])
    final: np.ndarray = (
        account["reach"] * lifts * hours * grows * kind * luck * hit * season * shown
    )
    return final


def _holiday(day: date) -> float:
    return next((lift for first, last, lift in _HOLIDAYS if first <= day <= last), 1.0)


def _add_response(table: pd.DataFrame, genre: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Add how viewers responded: better works are finished, liked and followed more."""
    n = len(table)
    quality = rng.normal(0, 1, n) + 0.35 * np.log(table["views"] / table["views"].median())
    spread = np.exp(0.28 * quality)
    for name, share in (
        ("likes", 0.034), ("shares", 0.0035), ("comments", 0.0042),
        ("favorites", 0.0085), ("visits", 0.021), ("gained", 0.0026),
    ):  # fmt: skip
        table[name] = table["views"] * share * spread * rng.lognormal(0, 0.3, n)
    table["completed"] = np.array([0.19, 0.29, 0.14])[genre] * np.exp(0.16 * quality)
    table["stayed"] = np.array([0.24, 0.47, 0.43])[genre] * np.exp(0.1 * quality)
    table["bounced"] = np.array([0.47, 0.33, 0.35])[genre] * np.exp(-0.1 * quality)
    length = np.where(genre == 0, 14, table["duration"])
    table["watch"] = length * np.clip(0.34 + 0.05 * quality, 0.12, 0.9)
    return table


def title(topic: dict[str, Any], rng: np.random.Generator) -> str:
    """Return a title on a topic, with some of its hashtags."""
    text = rng.choice(topic["titles"]).format(a=rng.choice(topic["a"]), n=rng.integers(3, 30))
    tags = [tag for tag in topic["tags"] if rng.random() < 0.75]
    return " ".join([text, *(f"#{tag}" for tag in tags)])


def daily(works: Works) -> pd.DataFrame:
    """Return what happened to an account on each day, as its daily files say it."""
    rng = np.random.default_rng(SEED + len(works.table))
    first = LAST_DAY - timedelta(days=DAYS - 1)
    gains = np.diff(_totals(works.table, pd.date_range(first, periods=DAYS + 1)), axis=0)
    frame = pd.DataFrame(gains, columns=list(_COUNTS))
    old = works.account["reach"] * 0.22 * rng.lognormal(0, 0.15, DAYS)
    for name, share in (
        ("views", 1.0),
        ("likes", 0.03),
        ("comments", 0.003),
        ("shares", 0.003),
        ("visits", 0.03),
    ):
        frame[name] = np.floor(frame[name] + old * share)
    frame.loc[rng.random(DAYS) < 0.02, "comments"] = -1
    frame["lost"] = rng.poisson(works.account["followers"] * 0.00011, DAYS)
    frame["net"] = np.floor(frame["gained"] * 1.05) - frame["lost"]
    frame["followers"] = works.account["followers"] + frame["net"].cumsum()
    frame["ctr"] = np.clip(rng.normal(0.14, 0.02, DAYS), 0.02, 0.4)
    frame["stayed"] = np.clip(rng.normal(0.43, 0.03, DAYS), 0.1, 0.9)
    frame["bounced"] = np.clip(rng.normal(0.36, 0.03, DAYS), 0.1, 0.9)
    frame["watch"] = np.clip(rng.normal(15.5, 1.6, DAYS), 3, 60)
    days = [first + timedelta(days=i) for i in range(DAYS)]
    posts = works.table["published_at"].dt.date.value_counts()
    frame["posts"] = [int(posts.get(day, 0)) for day in days]
    frame.insert(0, "day", days)
    return frame


def _totals(table: pd.DataFrame, moments: pd.DatetimeIndex) -> np.ndarray:
    """Return the counts of all works together at some moments, a row each."""
    published = table["published_at"].to_numpy()
    ages = (moments.to_numpy()[:, None] - published) / np.timedelta64(1, "D")
    grown = grown_share(ages, table["pace"].to_numpy())
    return np.stack([(grown * table[name].to_numpy()).sum(axis=1) for name in _COUNTS], axis=1)
