"""The unit that a header names behind its column: 播放量(万), 完播率(%), 平均播放时长(秒)."""

from __future__ import annotations

import re
from functools import lru_cache

from opsdata.sources.kinds import Kind

_NAMED = re.compile(r"(?P<name>.+?)[(\[【](?:单位[:：]?)?(?P<unit>[^()\[\]【】]{1,8})[)\]】]")

_TIMES: dict[Kind, dict[str, float]] = {
    Kind.COUNT: {"万": 1e4, "w": 1e4, "千": 1e3, "k": 1e3, "m": 1e6, "亿": 1e8}
    | dict.fromkeys(("次", "个", "人", "条", "人次"), 1.0),
    Kind.NUMBER: {"元": 1.0, "万元": 1e4, "万": 1e4, "次": 1.0, "¥": 1.0},
    Kind.SHARE: {"%": 0.01},
    Kind.SECONDS: {"秒": 1.0, "s": 1.0, "sec": 1.0, "毫秒": 0.001, "ms": 0.001}
    | {"分钟": 60.0, "分": 60.0, "min": 60.0, "小时": 3600.0, "h": 3600.0},
}
"""What a plain number of a kind is multiplied by under each unit."""


@lru_cache(maxsize=4096)
def split(header: str) -> tuple[str, str] | None:
    """Return a tidied header's name and unit, None when it names no unit.

    >>> split("播放量(万)"), split("播放量")
    (('播放量', '万'), None)
    """
    found = _NAMED.fullmatch(header)
    return (found["name"], found["unit"]) if found else None


def times(kind: Kind, unit: str) -> float | None:
    """Return what a number of a kind is multiplied by in a unit, None when it has none such.

    >>> times(Kind.COUNT, "万"), times(Kind.COUNT, "秒")
    (10000.0, None)
    """
    return _TIMES.get(kind, {}).get(unit)
