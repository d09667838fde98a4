"""What a browser plug-in sees of an account's works: ids and public counts, never plays.

Four competitors are seen every other Monday; the sample team's own accounts once, which
gives their works the ids that comments name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from opsdata.sample.cells import Export
from opsdata.sample.team import LAST_DAY, SEED, Works, team, works_of

GROUP = ("美食同行", ("灶边小记", "一锅两人食"))
"""A group the sample team compares its kitchen account with."""

_TIMES = 6
"""So many Mondays, every other one, are the competitors seen on."""

_DAYS = 180
"""A list goes back so far."""

_MONDAY = datetime.combine(LAST_DAY + timedelta(days=1), datetime.min.time())


@cache
def rivals() -> tuple[Works, ...]:
    """Return the competitors with all their works."""
    text = files("opsdata.sample").joinpath("rivals.toml").read_text(encoding="utf-8")
    accounts = tomllib.loads(text)["account"]
    return tuple(works_of(account, SEED + 100 + i) for i, account in enumerate(accounts))


def exports() -> Iterator[Export]:
    """Yield the lists of the competitors and the newest of each own account."""
    for works in rivals():
        for back in range(_TIMES):
            moment = _MONDAY + timedelta(hours=10, days=-14 * back)
            yield _export(works, moment, own=False)
    for works in team():
        yield _export(works, _MONDAY + timedelta(hours=9, minutes=31), own=True)


def _export(works: Works, moment: datetime, own: bool) -> Export:
    name = works.account["name"]
    file = f"抖音-{name}的视频数据-{moment:%Y%m%d-%H%M%S}.xlsx"
    return Export(name, file, moment, partial(_cells, works, moment), own)


def _cells(works: Works, moment: datetime) -> pd.DataFrame:
    seen = works.seen_at(moment)
    seen = seen[seen["published_at"] >= moment - timedelta(days=_DAYS)]
    seen = seen[seen["status"] == "公开"]
    ids = platform_ids(seen["published_at"])
    account = works.account
    number = account.get("number", "yangli")
    facts = {
        "达人UID": f"90000{len(account['name'])}{account['followers']}",
        "抖音号": number,
        "达人昵称": account["name"],
        "达人链接": f"https://www.douyin.com/user/{number}",
        "粉丝数": _followers(works, moment),
        "达人简介": account.get("intro", "示例"),
    }
    return pd.DataFrame(
        {
            **{header: [value] * len(seen) for header, value in facts.items()},
            "视频ID": ids,
            "视频链接": "https://www.douyin.com/video/" + ids,
            "媒体类型": np.where(seen["genre"] == "图文", "图文", "视频"),
            "视频描述": seen["title"],
            "点赞数": seen["likes"],
            "收藏数": seen["favorites"],
            "评论数": seen["comments"],
            "分享数": seen["shares"],
            "发布时间": seen["published_at"].dt.strftime("%Y-%m-%d %H:%M:%S"),
        }
    )


def platform_ids(published: pd.Series[datetime]) -> pd.Series[str]:
    """Return the ids of works; the platform's too begin with the second they were made in."""
    seconds = published.astype("datetime64[s]").astype("int64")
    return (seconds * 2**32 + seconds % 99991 * 4097).astype(str)


def _followers(works: Works, moment: datetime) -> int:
    """Return an account's followers at a moment: those of today less what came since."""
    account: dict[str, Any] = works.account
    months = (_MONDAY - moment).days / 30
    return int(account["followers"] * (1 - account.get("monthly", 0.015) * months))
