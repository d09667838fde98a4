"""The comparison of newest works of B站创作中心 (近期稿件对比.csv)."""

from __future__ import annotations

from opsdata.sources.model import Column, Kind, Source, Target

WORKS = Source(
    key="bilibili_works",
    platform="bilibili",
    target=Target.WORKS,
    at_least=4,
    columns=(
        Column("title", Kind.TEXT, ("视频标题",), required=True),
        Column("published_at", Kind.TIME, ("发布时间",), required=True),
        Column("views", Kind.COUNT, ("播放量",), required=True),
        Column("follower_gain", Kind.COUNT, ("涨粉量",), may_be_negative=True),
        Column("likes", Kind.COUNT, ("点赞量",)),
        Column("comments", Kind.COUNT, ("评论量",)),
        Column("favorites", Kind.COUNT, ("收藏量",)),
        Column("shares", Kind.COUNT, ("转发量",)),
    ),
)
