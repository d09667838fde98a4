"""Works lists of any length, for measuring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

import numpy as np
import pandas as pd

from opsdata.sample.cells import Export
from opsdata.sample.team import GENRES, LAST_DAY, SEED, team, title


def bulk(rows: int, seed: int) -> pd.DataFrame:
    """Return a works list of any length, for measuring; every cell is text."""
    rng = np.random.default_rng(seed)
    topics = [topic for works in team() for topic in works.account["topic"]]
    titles = np.array([title(topics[i % len(topics)], rng) for i in range(500)])
    number = np.char.mod(" %d", np.arange(rows))
    seconds = np.cumsum(rng.integers(1, 2 * 1825 * 86400 // rows, rows))
    views = np.floor(rng.lognormal(7.5, 1.4, rows)).astype(np.int64)
    counts = {
        header: np.char.mod("%d", np.floor(views * share * rng.random(rows)).astype(np.int64))
        for header, share in (
            ("点赞量", 0.08), ("分享量", 0.01), ("评论量", 0.01),
            ("收藏量", 0.02), ("主页访问量", 0.05), ("粉丝增量", 0.01),
        )
    }  # fmt: skip
    rates = {
        header: np.char.mod("%.6f", rng.random(rows) * most)
        for header, most in (
            ("完播率", 0.5), ("5s完播率", 0.6), ("2s跳出率", 0.6), ("平均播放时长", 40.0),
        )
    }  # fmt: skip
    published = pd.Timestamp("2021-01-01") + pd.to_timedelta(seconds, unit="s")
    return pd.DataFrame(
        {
            "作品名称": np.char.add(rng.choice(titles, rows), number),
            "发布时间": published.strftime("%Y-%m-%d %H:%M:%S"),
            "体裁": rng.choice(GENRES, rows),
            "审核状态": "公开",
            "播放量": np.char.mod("%d", views),
            **rates,
            **counts,
        }
    )


_BULK_ROWS = 100_000
"""Rows of one works list of a large sample."""


def bulk_exports(rows: int) -> Iterator[Export]:
    """Yield the exports of so many accounts that their works lists have this many rows."""
    for i in range(rows // _BULK_ROWS):
        moment = datetime.combine(LAST_DAY, datetime.min.time()) + timedelta(hours=33)
        name = f"作品列表导出-{moment:%Y%m%d}.csv"
        yield Export(f"大号{i + 1:03d}", name, moment, partial(bulk, _BULK_ROWS, SEED + i))
