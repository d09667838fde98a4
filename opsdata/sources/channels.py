"""The works table of 视频号助手 (动态数据明细.csv): days without hours, percent, 秒.

推荐 (a heart) and 喜欢 (a thumb) are two different things there; the thumb is the like.
"""

from __future__ import annotations

from opsdata.sources.model import Column, Kind, Source, Target

WORKS = Source(
    key="channels_works",
    platform="channels",
    target=Target.WORKS,
    at_least=3,
    columns=(
        Column("title", Kind.TEXT, ("视频描述",), required=True),
        Column("platform_id", Kind.ID, ("视频ID",)),
        Column("published_at", Kind.TIME, ("发布时间",), required=True),
        Column("completion_rate", Kind.SHARE, ("完播率",)),
        Column("avg_watch_seconds", Kind.SECONDS, ("平均播放时长",)),
        Column("views", Kind.COUNT, ("播放量",), required=True),
        Column("likes", Kind.COUNT, ("喜欢",), required=True),
        Column("comments", Kind.COUNT, ("评论量",)),
        Column("shares", Kind.COUNT, ("分享量",)),
        Column("follower_gain", Kind.COUNT, ("关注量",), may_be_negative=True),
    ),
)
