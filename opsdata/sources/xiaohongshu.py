"""小红书创作服务平台: the note list with a notice above its header, and the account's files.

An account's workbook has its sums on one sheet, a measure a line, and one sheet a trend,
whose name says what its numbers are.
"""

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

ACCOUNT = Source(
    key="xiaohongshu_account",
    platform="xiaohongshu",
    target=Target.REPORTS,
    topic="overview",
    turned=True,
    at_least=1,
    columns=(
        Column("name", Kind.TEXT, ("指标",), required=True),
        *(
            Column(field, Kind.COUNT, names, may_be_negative=True)
            for field, names in {
                "impressions": ("曝光", "曝光数", "曝光量"),
                "views": ("观看", "观看数", "观看量"),
                "likes": ("点赞", "点赞数"),
                "comments": ("评论", "评论数"),
                "favorites": ("收藏", "收藏数"),
                "shares": ("分享", "分享数"),
                "net_followers": ("净涨粉", "净涨粉数"),
                "new_followers": ("新增关注", "涨粉", "涨粉数"),
                "unfollows": ("取消关注", "取关", "取消关注数"),
                "profile_visits": ("主页访客", "主页访问", "主页访问数"),
                "posts": ("总发布", "发布笔记数", "发布总数", "总发布数"),
            }.items()
        ),
        Column("cover_ctr", Kind.SHARE, ("封面点击率",)),
        Column("completion_rate", Kind.SHARE, ("完播率", "视频完播率")),
        Column("avg_watch_seconds", Kind.SECONDS, ("平均观看时长", "人均观看时长")),
        Column("watch_seconds", Kind.SECONDS, ("观看总时长",)),
    ),
)

TREND = Source(
    key="xiaohongshu_trend",
    platform="xiaohongshu",
    target=Target.DAYS,
    at_least=0,
    exact=True,
    columns=(
        Column("day", Kind.DAY, ("日期",), required=True),
        Column("value", Kind.NUMBER, ("数值",), required=True, may_be_negative=True),
    ),
    titles=(
        ("净涨粉", "net_followers"),
        ("取消关注", "unfollows"),
        ("取关", "unfollows"),
        ("新增关注", "new_followers"),
        ("涨粉", "new_followers"),
        ("曝光", "impressions"),
        ("观看总时长", "watch_seconds"),
        ("观看时长", "avg_watch_seconds"),
        ("观看", "views"),
        ("点赞", "likes"),
        ("评论", "comments"),
        ("收藏", "favorites"),
        ("分享", "shares"),
        ("主页", "profile_visits"),
        ("发布", "posts"),
    ),
)
