"""What 抖音创作者中心 sums up of a period, and what it tells of the inside of one work.

A period's summary gives averages a work, which are no works. The workbook of one work
does not name it: it goes by the name of its file.
"""

from __future__ import annotations

from dataclasses import replace

from opsdata.sources.model import Column, Kind, Source, Target

PERIODS = Source(
    key="douyin_periods",
    platform="douyin",
    target=Target.REPORTS,
    topic="period",
    at_least=2,
    columns=(
        Column("period", Kind.PERIOD, ("发布时间", "统计周期"), required=True),
        Column("label", Kind.TEXT, ("体裁",)),
        Column("item", Kind.TEXT, ("垂类",)),
        Column("posts", Kind.COUNT, ("周期内投稿量",), required=True),
        Column("cover_ctr", Kind.SHARE, ("条均点击率",)),
        Column("completion_5s", Kind.SHARE, ("条均5s完播率",)),
        Column("bounce_2s", Kind.SHARE, ("条均2s跳出率",)),
        Column("avg_watch_seconds", Kind.SECONDS, ("条均播放时长",)),
        Column("median_views", Kind.NUMBER, ("播放量中位数",)),
        Column("avg_likes", Kind.NUMBER, ("条均点赞数", "条均点赞量")),
        Column("avg_comments", Kind.NUMBER, ("条均评论量", "条均评论数")),
        Column("avg_shares", Kind.NUMBER, ("条均分享量", "条均分享数")),
    ),
)

_SHARES = {
    "cover_ctr": "封面点击率",
    "completion_rate": "完播率",
    "completion_5s": "5s完播率",
    "bounce_2s": "2s跳出率",
    "watched_share": "平均播放占比",
    "like_rate": "点赞率",
    "comment_rate": "评论率",
    "share_rate": "分享率",
    "favorite_rate": "收藏率",
    "follow_rate": "涨粉率",
    "unfollow_rate": "脱粉率",
    "dislike_rate": "不感兴趣率",
}
_COUNTS = {
    "views": "播放量",
    "likes": "点赞量",
    "comments": "评论量",
    "shares": "分享量",
    "favorites": "收藏量",
    "danmaku": "弹幕量",
    "follower_gain": "涨粉量",
    "unfollows": "脱粉量",
    "dislikes": "不感兴趣量",
}

FIGURES = Source(
    key="douyin_work_figures",
    platform="douyin",
    target=Target.REPORTS,
    topic="work",
    exact=True,
    at_least=3,
    unless=(
        "作品名称", "作品标题", "视频名称", "标题", "作品", "发布时间", "日期", "体裁", "达人昵称",
        "昵称", "视频描述", "视频标题", "消耗", "垂类",
    ),
    columns=(
        *(Column(field, Kind.SHARE, (name,)) for field, name in _SHARES.items()),
        *(
            Column(field, Kind.COUNT, (name,), may_be_negative=True)
            for field, name in _COUNTS.items()
        ),
        Column("avg_watch_seconds", Kind.SECONDS, ("平均播放时长",)),
    ),
)  # fmt: skip


LISTED = replace(
    FIGURES,
    key="douyin_work_listed",
    exact=False,
    turned=True,
    at_least=1,
    columns=(Column("name", Kind.TEXT, ("指标",), required=True), *FIGURES.columns),
)
"""The same, a line a measure."""


def _inside(key: str, topic: str, label: tuple[str, ...], *columns: Column, least: int) -> Source:
    return Source(
        key=key,
        platform="douyin",
        target=Target.REPORTS,
        topic=topic,
        at_least=least,
        exact=True,
        columns=(Column("label", Kind.TEXT, label, required=True), *columns),
    )


PARTS = _inside(
    "douyin_work_parts",
    "work_part",
    ("时间", "进度", "时间段"),
    Column("skip_rate", Kind.SHARE, ("跳过率",)),
    Column("rewatch_rate", Kind.SHARE, ("回看率",)),
    Column("this_work", Kind.SHARE, ("当前作品",)),
    Column("like_works", Kind.SHARE, ("同类作品",)),
    Column("danmaku", Kind.COUNT, ("弹幕量", "弹幕数")),
    least=1,
)

ORIGINS = _inside(
    "douyin_work_origins",
    "work_source",
    ("来源", "流量来源"),
    Column("share", Kind.SHARE, ("来源占比", "占比"), required=True),
    Column("against_7d", Kind.SHARE, ("对比7日", "较近7日"), may_be_negative=True),
    least=0,
)

FOLLOWS = Source(
    key="douyin_work_follows",
    platform="douyin",
    target=Target.REPORTS,
    topic="work_day",
    at_least=1,
    exact=True,
    columns=(
        Column("day", Kind.DAY, ("日期",), required=True),
        Column("follower_gain", Kind.COUNT, ("涨粉量",), required=True, may_be_negative=True),
        Column("on_douyin", Kind.COUNT, ("抖音",), may_be_negative=True),
        Column("on_selected", Kind.COUNT, ("抖音精选",), may_be_negative=True),
    ),
)

ALL = (PERIODS, FIGURES, LISTED, PARTS, ORIGINS, FOLLOWS)
