"""The note list of 小红书创作服务平台, one row a note, with a notice above its header."""

from __future__ import annotations

from opsdata.sources.model import Column, Kind, Source, Target

NOTES = Source(
    key="xiaohongshu_notes",
    platform="xiaohongshu",
    target=Target.WORKS,
    at_least=4,
    columns=(
        Column("title", Kind.TEXT, ("笔记标题",), required=True),
        Column("published_at", Kind.TIME, ("首次发布时间",), required=True),
        Column("genre", Kind.TEXT, ("体裁",)),
        Column("views", Kind.COUNT, ("观看量",), required=True),
        Column("cover_ctr", Kind.SHARE, ("封面点击率",)),
        Column("likes", Kind.COUNT, ("点赞",)),
        Column("comments", Kind.COUNT, ("评论",)),
        Column("favorites", Kind.COUNT, ("收藏",)),
        Column("follower_gain", Kind.COUNT, ("涨粉",), may_be_negative=True),
        Column("shares", Kind.COUNT, ("分享",)),
        Column("avg_watch_seconds", Kind.SECONDS, ("人均观看时长",)),
    ),
)
