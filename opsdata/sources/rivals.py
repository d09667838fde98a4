"""Lists of other people's works: browser plug-ins and scrapers.

They know ids and public counts, never plays: what others are played, nobody outside can
see. One list may hold several accounts; each is named in its rows.
"""

from __future__ import annotations

from opsdata.sources.model import OF_ACCOUNT, Column, Kind, Source, Target

PLUGIN = Source(
    key="douyin_plugin",
    platform="douyin",
    target=Target.WORKS,
    own=False,
    at_least=3,
    columns=(
        Column("account", Kind.TEXT, ("达人昵称",), required=True),
        Column("platform_id", Kind.ID, ("视频ID",), required=True),
        Column("published_at", Kind.TIME, ("发布时间",), required=True),
        Column("title", Kind.TEXT, ("视频描述",)),
        Column("genre", Kind.TEXT, ("媒体类型",)),
        Column("likes", Kind.COUNT, ("点赞数",)),
        Column("favorites", Kind.COUNT, ("收藏数",)),
        Column("comments", Kind.COUNT, ("评论数",)),
        Column("shares", Kind.COUNT, ("分享数",)),
        OF_ACCOUNT,
    ),
)

MEDIA_CRAWLER = Source(
    key="douyin_mediacrawler",
    platform="douyin",
    target=Target.WORKS,
    own=False,
    at_least=3,
    columns=(
        Column("account", Kind.TEXT, ("nickname",), required=True),
        Column("platform_id", Kind.ID, ("aweme_id",), required=True),
        Column("published_at", Kind.EPOCH, ("create_time",), required=True),
        Column("title", Kind.TEXT, ("desc",)),
        Column("likes", Kind.COUNT, ("liked_count",), required=True),
        Column("favorites", Kind.COUNT, ("collected_count",)),
        Column("comments", Kind.COUNT, ("comment_count",)),
        Column("shares", Kind.COUNT, ("share_count",)),
    ),
)

TIKTOK_DOWNLOADER = Source(
    key="douyin_downloader",
    platform="douyin",
    target=Target.WORKS,
    own=False,
    at_least=3,
    columns=(
        Column("account", Kind.TEXT, ("账号昵称",), required=True),
        Column("platform_id", Kind.ID, ("作品ID",), required=True),
        Column("published_at", Kind.TIME, ("发布时间",), required=True),
        Column("title", Kind.TEXT, ("作品描述",)),
        Column("genre", Kind.TEXT, ("作品类型",)),
        Column("duration_seconds", Kind.SECONDS, ("视频时长",)),
        Column("likes", Kind.COUNT, ("点赞数量",), required=True),
        Column("favorites", Kind.COUNT, ("收藏数量",)),
        Column("comments", Kind.COUNT, ("评论数量",)),
        Column("shares", Kind.COUNT, ("分享数量",)),
    ),
)
