"""What somebody typed from the audience pages of the back end: two snapshots an account.

Followers and viewers by gender, age, province, city tier and device with their index against
all users, and the followers' active hours of a week. The weights stand in audience.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from opsdata.sample.cells import Export
from opsdata.sample.team import LAST_DAY, SEED

SEEN = (LAST_DAY - timedelta(days=28), LAST_DAY)
"""The days of the two snapshots, the older first."""

_CROWDS = ("粉丝", "观众")
_WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_HOUR_BASE = (6, 3, 1, 1, 1, 1, 4, 6, 6, 5, 6, 9, 14, 10, 6, 5, 5, 6, 9, 13, 18, 20, 17, 10)
"""How active people are in each hour, before what is special to an account."""


@cache
def _weights() -> dict[str, Any]:
    text = files("opsdata.sample").joinpath("audience.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def exports() -> Iterator[Export]:
    """Yield a table for each account and snapshot."""
    for number, account in enumerate(_weights()["account"]):
        for day in SEEN:
            moment = datetime.combine(day, time(22, 15 + number))
            file = f"粉丝画像-{account['name']}-{day:%Y%m%d}.xlsx"
            yield Export(account["name"], file, moment, partial(_cells, account, number, day))


def _cells(account: dict[str, Any], number: int, day: date) -> pd.DataFrame:
    rng = np.random.default_rng(SEED + 700 + 10 * number + SEEN.index(day))
    rows = [row for crowd in _CROWDS for row in _people(account, crowd, day, rng)]
    for crowd in _CROWDS:
        rows += _hours(account, crowd, rng)
    cells = pd.DataFrame(rows, columns=["人群", "维度", "类别", "占比", "TGI"])
    cells.insert(0, "日期", day.isoformat())
    return cells


def _people(
    account: dict[str, Any], crowd: str, day: date, rng: np.random.Generator
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield the shares of people of a crowd with their index."""
    for dimension, users in _weights()["users"].items():
        everyone = np.array(list(users.values()), dtype=float)
        shares = everyone * rng.lognormal(0, 0.02, len(users))
        for at, bucket in enumerate(users):
            shares[at] *= account["more"].get(bucket, 1)
            if crowd == "观众":
                shares[at] *= account["viewers"].get(bucket, 1)
            if day == SEEN[1]:
                shares[at] *= account["grew"].get(bucket, 1)
        shares /= shares.sum()
        index = shares / (everyone / everyone.sum()) * 100
        for bucket, share, tgi in zip(users, shares, index, strict=True):
            yield crowd, dimension, bucket, f"{share:.2%}", f"{tgi:.0f}"


def _hours(
    account: dict[str, Any], crowd: str, rng: np.random.Generator
) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield how a crowd's activity is spread over the hours of a week."""
    peaks = account["peaks" if crowd == "粉丝" else "viewer_peaks"]
    hours = np.array(_HOUR_BASE, dtype=float)
    for peak in peaks:
        hours += 34 * np.exp(-((np.arange(24) - peak) ** 2) / 1.3)
    week = np.tile(hours, (7, 1)) * rng.lognormal(0, 0.05, (7, 24))
    week[5:, 9:18] *= 1.35
    week /= week.sum()
    for day, name in enumerate(_WEEKDAYS):
        for hour in range(24):
            yield crowd, "活跃时段", f"{name} {hour}", f"{week[day, hour]:.3%}", "-"
