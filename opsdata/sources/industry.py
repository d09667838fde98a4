"""What happens outside any account: how much a word is searched for, which topics are hot.

巨量算数 and lists of hot topics are read off the screen or copied into a table, so both have
templates. They belong to no account.
"""

from __future__ import annotations

from opsdata.sources.model import Blank, Column, Kind, Source, Target

_OF_WORKS = ("发布时间", "作品名称", "视频描述", "达人昵称", "评论内容", "维度", "视频ID")

INDEX = Source(
    key="industry_index",
    platform="douyin",
    target=Target.REPORTS,
    topic="index",
    ownerless=True,
    at_least=0,
    unless=_OF_WORKS,
    template=(
        Blank("day", "2026-11-16", "Date"),
        Blank("item", "家常菜", "Keyword", "home cooking"),
        Blank("index", "128500", "Index"),
    ),
    columns=(
        Column("day", Kind.DAY, ("日期", "时间", "统计日期", "date"), required=True),
        Column("item", Kind.TEXT, ("关键词", "搜索词", "词语", "keyword"), required=True),
        Column(
            "index",
            Kind.NUMBER,
            ("指数", "关键词指数", "抖音指数", "搜索指数", "综合指数", "内容指数", "index"),
            required=True,
        ),
    ),
)

TOPICS = Source(
    key="hot_topics",
    platform="douyin",
    target=Target.REPORTS,
    topic="hot_topic",
    ownerless=True,
    unless=_OF_WORKS,
    template=(
        Blank("day", "2026-11-16", "Listed on"),
        Blank("item", "一周便当", "Hot topic", "lunch boxes"),
        Blank("rank", "3", "Topic rank"),
        Blank("heat", "865000", "Topic heat"),
        Blank("label", "美食榜", "Topic list", "Food"),
    ),
    columns=(
        Column("day", Kind.DAY, ("榜单日期", "日期", "上榜日期", "统计日期")),
        Column(
            "item",
            Kind.TEXT,
            ("话题", "话题名称", "话题名", "挑战", "挑战名称", "热点", "热点名称", "热搜词"),
            required=True,
        ),
        Column("rank", Kind.COUNT, ("排名", "名次", "排行", "序号")),
        Column("heat", Kind.COUNT, ("热度", "热度值", "热度指数", "热力值")),
        Column("plays", Kind.COUNT, ("播放量", "总播放量", "播放次数", "话题播放量")),
        Column("people", Kind.COUNT, ("参与人数", "参与量", "投稿量", "视频数")),
        Column("label", Kind.TEXT, ("榜单", "榜单名称", "类型", "分类")),
    ),
)

ALL = (INDEX, TOPICS)
