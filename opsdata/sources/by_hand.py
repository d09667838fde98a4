"""Tables that are no known export: a person says once which column is what."""

from __future__ import annotations

from dataclasses import replace

from opsdata.sources import douyin
from opsdata.sources.model import Source, Target

PLATFORMS = (
    "douyin", "tiktok", "xiaohongshu", "channels", "bilibili", "kuaishou", "youtube", "meta",
)  # fmt: skip
"""The platforms whose works and days can be told by hand, the first unless another is named."""

_LIKE = {
    Target.WORKS: replace(douyin.WORKS, at_least=0, by_hand=True),
    Target.DAYS: replace(douyin.DAILY, by_hand=True),
}


def key(target: Target, platform: str = PLATFORMS[0]) -> str:
    """Return the key of the source that tables of a platform become.

    >>> key(Target.WORKS), key(Target.DAYS, "tiktok")
    ('mapped_works', 'mapped_days_tiktok')
    """
    return f"mapped_{target}" if platform == PLATFORMS[0] else f"mapped_{target}_{platform}"


ALL: tuple[Source, ...] = tuple(
    replace(like, key=key(target, platform), platform=platform)
    for platform in PLATFORMS
    for target, like in _LIKE.items()
)
