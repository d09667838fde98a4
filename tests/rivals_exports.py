"""Lists of competitors' works as a plug-in writes them, small enough to count by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from opsdata.intake.importer import Importer, Wish
from opsdata.intake.receipt import Receipt, Status
from opsdata.store import Store
from tests import exports

HEADER = "达人昵称,粉丝数,视频ID,媒体类型,视频描述,点赞数,收藏数,评论数,分享数,发布时间".split(",")
LISTED = datetime(2026, 3, 31, 10)

Work = tuple[str, int, int, int, int]
"""A title, likes, favourites, comments, shares."""

OURS: list[Work] = [("甲 #早餐", 10, 0, 0, 0), ("乙 #早餐", 20, 5, 3, 2), ("丙", 50, 0, 0, 0)]
"""Interactions 10, 30, 50."""
NEAR: list[Work] = [("丁 #便当", 90, 5, 3, 2), ("戊 #便当", 200, 0, 0, 0)]
"""Interactions 100, 200."""
FAR: list[Work] = [
    ("己", 5, 0, 0, 0), ("庚", 1, 1, 1, 1), ("辛", 6, 0, 0, 0), ("壬", 7, 0, 0, 0),
    ("癸", 8, 0, 0, 0),
]  # fmt: skip
"""Interactions 5, 4, 6, 7, 8."""


def rows(account: str, works: list[Work], followers: str = "1000") -> list[list[str]]:
    """One work a day from the first of March on, at six in the evening."""
    start = datetime(2026, 3, 1, 18)
    number = sum(map(ord, account)) % 10_000
    return [
        [account, followers, f"73{number:04d}{at:013d}", "视频", title]
        + [str(count) for count in counts]
        + [f"{start + timedelta(days=at % 28, minutes=at):%Y-%m-%d %H:%M:%S}"]
        for at, (title, *counts) in enumerate(works)
    ]


def plain(n: int, likes: int = 100) -> list[Work]:
    """Works nearly alike: likes one more each."""
    return [(f"平常{at}", likes + at, 0, 0, 0) for at in range(n)]


Bring = Callable[..., Receipt]


@pytest.fixture
def bring(store: Store, shared_importer: Importer, tmp_path: Path) -> Bring:
    """Import a plug-in's list of some works into the test's database."""
    shared_importer.store = store

    def one(lines: list[list[str]], own: bool = False, at: datetime = LISTED) -> Receipt:
        path = exports.write_xlsx(tmp_path / "列表.xlsx", HEADER, lines)
        receipts = shared_importer.take(path, Wish(None, at, own), "test")
        assert {r.status for r in receipts} == {Status.DONE}, receipts
        return receipts[0]

    return one


@pytest.fixture
def three(store: Store, bring: Bring) -> Store:
    """One own account and two competitors."""
    bring(rows("我们", OURS), own=True)
    bring(rows("近邻", NEAR))
    bring(rows("远方", FAR))
    return store
