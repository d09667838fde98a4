"""What the sample team copied from outside: an index of three words, and weekly hot lists."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from opsdata.sample.cells import Export
from opsdata.sample.team import LAST_DAY, SEED

_DAYS = 180
_LISTS = 4
_MONDAY = datetime.combine(LAST_DAY + timedelta(days=1), datetime.min.time())


def exports() -> Iterator[Export]:
    """Yield one file of the index, and the hot list of each of the last Mondays."""
    told = tomllib.loads(
        files("opsdata.sample").joinpath("industry.toml").read_text(encoding="utf-8")
    )
    moment = _MONDAY + timedelta(hours=9, minutes=50)
    yield Export(
        "", f"关键词指数-{moment:%Y%m%d}.csv", moment, partial(_index, told["keyword"]), own=False
    )
    for back in range(_LISTS):
        seen = moment - timedelta(days=7 * back)
        yield Export(
            "",
            f"热点话题榜-{seen:%Y%m%d}.csv",
            seen,
            partial(_list, told["topic"], back),
            own=False,
        )


def _index(keywords: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the index of each word on each day: its trend, the weekdays, and luck."""
    dice = np.random.default_rng(SEED + 200)
    days = pd.date_range(end=LAST_DAY, periods=_DAYS)
    weekend = np.where(days.day_of_week >= 5, 1.08, 1.0)
    parts = []
    for one in keywords:
        course = 1 + one["trend"] * np.linspace(0, 1, _DAYS) ** 2
        luck = np.exp(dice.normal(0, 0.05, _DAYS))
        values = np.rint(one["level"] * course * weekend * luck).astype(int)
        parts.append(
            pd.DataFrame({"日期": days.strftime("%Y-%m-%d"), "关键词": one["name"], "指数": values})
        )
    return pd.concat(parts, ignore_index=True)


def _list(topics: list[dict[str, Any]], back: int) -> pd.DataFrame:
    """Return the hot list so many weeks ago, the hottest first."""
    day = (_MONDAY - timedelta(days=7 * back)).strftime("%Y-%m-%d")
    heat = [round(one["heat"] / (1 + one["growth"]) ** back) for one in topics]
    frame = pd.DataFrame({"话题": [one["name"] for one in topics], "热度": heat})
    frame = frame.sort_values("热度", ascending=False, ignore_index=True)
    frame.insert(0, "榜单日期", day)
    frame.insert(1, "排名", np.arange(1, len(frame) + 1))
    return frame
