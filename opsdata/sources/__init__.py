"""Every export that is known, one declarative entry each.

To add one: an entry in the file of its family, its name under ``source.<key>`` in the
locales, and a test file with a small example. ``recognise`` does the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

from opsdata.sources import (
    audience,
    bilibili,
    by_hand,
    channels,
    comments,
    douyin,
    douyin_detail,
    downloads,
    industry,
    kuaishou,
    meta,
    paid,
    rivals,
    services,
    surveys,
    tiktok,
    xiaohongshu,
    youtube,
)
from opsdata.sources.model import Match, Source

SOURCES: dict[str, Source] = {
    source.key: source
    for source in (
        douyin.WORKS,
        douyin.POSTS,
        douyin.DAILY,
        rivals.PLUGIN,
        rivals.MEDIA_CRAWLER,
        rivals.TIKTOK_DOWNLOADER,
        xiaohongshu.NOTES,
        channels.WORKS,
        bilibili.WORKS,
        kuaishou.WORKS,
        tiktok.CONTENT,
        tiktok.OVERVIEW,
        tiktok.FOLLOWERS,
        youtube.WORKS,
        youtube.CHART,
        youtube.DAILY,
        tiktok.VIEWERS,
        xiaohongshu.ACCOUNT,
        xiaohongshu.TREND,
        youtube.SLICE,
        meta.POSTS,
        meta.DAILY,
        *douyin_detail.ALL,
        *paid.ALL,
        *services.ALL,
        *comments.ALL,
        *surveys.ALL,
        *audience.ALL,
        *industry.ALL,
        downloads.WORKS,
        downloads.DAYS,
        *by_hand.ALL,
    )
}


def recognise(header: Sequence[str]) -> Match | None:
    """Return the best complete match of a header, None when it is no known export.

    >>> recognise(["日期", "播放量"]).source.key
    'douyin_daily'
    >>> recognise(["姓名", "电话"]) is None
    True
    """
    matches = [source.match(header) for source in SOURCES.values() if not source.by_hand]
    complete = [match for match in matches if match.complete]
    return max(complete, key=lambda match: match.closeness, default=None)


def nearest(header: Sequence[str]) -> Match | None:
    """Return the match with most known columns that lacks a required one, so can say why."""
    matches = [source.match(header) for source in SOURCES.values() if not source.by_hand]
    lacking = [match for match in matches if match.missing] or matches
    best = max(lacking, key=lambda match: len(match.columns))
    return best if len(best.columns) > 1 else None
