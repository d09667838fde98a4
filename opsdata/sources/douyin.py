"""The official exports of 抖音创作者中心 (creator.douyin.com).

Works lists are lifetime totals at the moment of the export, one row a work, without an
id and without an account. Daily files are one row a day, one measure a file, or all
measures in one. The two are never mixed.
"""

from __future__ import annotations

from opsdata.sources.model import Column, Kind, Source, Target

_VIEWS = ("播放量", "播放数", "观看量", "总播放量")
_LIKES = ("点赞量", "点赞数", "点赞")
_COMMENTS = ("评论量", "评论数", "评论")
_SHARES = ("分享量", "分享数", "分享", "转发")
_COMPLETION_5S = ("5s完播率", "5秒完播率")
_BOUNCE_2S = ("2s跳出率", "2秒跳出率")
_WATCH = ("平均播放时长", "平均播放时长(秒)", "人均观看时长")

_TITLE = Column(
    "title", Kind.TEXT, ("作品名称", "作品标题", "视频名称", "标题", "作品"), required=True
)
_PUBLISHED = Column("published_at", Kind.TIME, ("发布时间",), required=True)
_RATES = (
    Column("completion_5s", Kind.SHARE, _COMPLETION_5S),
    Column("bounce_2s", Kind.SHARE, _BOUNCE_2S),
    Column("avg_watch_seconds", Kind.SECONDS, _WATCH),
)

WORKS = Source(
    key="douyin_works",
    platform="douyin",
    target=Target.WORKS,
    at_least=4,
    columns=(
        _TITLE,
        _PUBLISHED,
        Column("genre", Kind.TEXT, ("体裁",)),
        Column("status", Kind.TEXT, ("审核状态", "发布状态")),
        Column("views", Kind.COUNT, _VIEWS, required=True),
        Column("completion_rate", Kind.SHARE, ("完播率",)),
        Column("cover_ctr", Kind.SHARE, ("封面点击率",)),
        Column("duration_seconds", Kind.SECONDS, ("作品时长",)),
        *_RATES,
        Column("likes", Kind.COUNT, _LIKES),
        Column("shares", Kind.COUNT, _SHARES),
        Column("comments", Kind.COUNT, _COMMENTS),
        Column("favorites", Kind.COUNT, ("收藏量", "收藏数", "收藏")),
        Column("profile_visits", Kind.COUNT, ("主页访问量", "主页访问")),
        Column(
            "follower_gain",
            Kind.COUNT,
            ("粉丝增量", "涨粉量", "涨粉"),
            may_be_negative=True,
        ),
    ),
)

POSTS = Source(
    key="douyin_posts",
    platform="douyin",
    target=Target.WORKS,
    columns=(
        Column("title", Kind.TEXT, ("视频名称",), required=True),
        _PUBLISHED,
        Column("views", Kind.COUNT, _VIEWS, required=True),
        *_RATES,
    ),
)


def _daily(field: str, kind: Kind, *headers: str) -> Column:
    return Column(field, kind, headers, may_be_negative=kind is Kind.COUNT)


DAILY = Source(
    key="douyin_daily",
    platform="douyin",
    target=Target.DAYS,
    columns=(
        Column("day", Kind.DAY, ("日期",), required=True),
        _daily("views", Kind.COUNT, *_VIEWS),
        _daily("profile_visits", Kind.COUNT, "主页访问", "主页访问量"),
        _daily("likes", Kind.COUNT, "作品点赞", "总点赞量", *_LIKES),
        _daily("shares", Kind.COUNT, "作品分享", "总分享量", *_SHARES),
        _daily("comments", Kind.COUNT, "作品评论", "总评论量", *_COMMENTS),
        _daily("cover_ctr", Kind.SHARE, "封面点击率"),
        _daily("net_followers", Kind.COUNT, "净增粉丝", "净增粉丝量", "净增粉丝数"),
        _daily("unfollows", Kind.COUNT, "取关粉丝", "取关粉丝量", "取关粉丝数"),
        _daily("followers", Kind.COUNT, "总粉丝量", "总粉丝数", "粉丝总量", "粉丝总数"),
        _daily("new_followers", Kind.COUNT, "新增粉丝", "新增粉丝量", "新增粉丝数"),
        _daily("returning_followers", Kind.COUNT, "回访粉丝", "活跃粉丝", "活跃粉丝数"),
        _daily("gift_coins", Kind.COUNT, "收获音浪"),
        _daily("posts", Kind.COUNT, "投稿量"),
        _daily("completion_5s", Kind.SHARE, *_COMPLETION_5S),
        _daily("bounce_2s", Kind.SHARE, *_BOUNCE_2S),
        _daily("avg_watch_seconds", Kind.SECONDS, *_WATCH),
    ),
)
