"""The works list of 快手创作者服务平台; it knows no shares and no genre."""

from __future__ import annotations

from opsdata.sources.model import Column, Kind, Source, Target

WORKS = Source(
    key="kuaishou_works",
    platform="kuaishou",
    target=Target.WORKS,
    at_least=4,
    columns=(
        Column("title", Kind.TEXT, ("作品",), required=True),
        Column("published_at", Kind.TIME, ("发布时间",), required=True),
        Column("views", Kind.COUNT, ("播放量",), required=True),
        Column("completion_rate", Kind.SHARE, ("完播率",)),
        Column("comments", Kind.COUNT, ("评论量",)),
        Column("likes", Kind.COUNT, ("点赞量",)),
        Column("favorites", Kind.COUNT, ("收藏量",)),
        Column("follower_gain", Kind.COUNT, ("涨粉量",), may_be_negative=True),
    ),
)
