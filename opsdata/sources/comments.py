"""Comments under works: what crawlers write, and lists that teams keep by hand.

A comment is known by the platform's id where the file has one. Who wrote it is read only
to be turned into a keyed hash; regions are provinces.
"""

from __future__ import annotations

from opsdata.sources.model import Column, Kind, Source, Target

_WORK = Column(
    "work",
    Kind.TEXT,
    ("aweme_id", "作品ID", "视频id", "作品链接", "视频链接", "aweme_url", "作品编号", "video_id"),
)
_NO_WORKS_LIST = ("作品名称", "作品标题", "视频名称", "标题", "播放量", "作品描述", "title", "日期")
"""Headers of lists of works, which count comments and hold none."""

MEDIA_CRAWLER = Source(
    key="mediacrawler_comments",
    platform="douyin",
    target=Target.COMMENTS,
    at_least=2,
    unless=_NO_WORKS_LIST,
    aside=("last_modify_ts", "pictures"),
    columns=(
        Column("comment", Kind.TEXT, ("comment_id",), required=True),
        Column("text", Kind.TEXT, ("content",), required=True),
        Column("commented_at", Kind.TIME, ("create_time",)),
        Column("region", Kind.TEXT, ("ip_location",)),
        Column("work", Kind.TEXT, ("aweme_id",), required=True),
        Column("author", Kind.TEXT, ("user_id",)),
        Column("nickname", Kind.TEXT, ("nickname",)),
        Column("replies", Kind.COUNT, ("sub_comment_count",)),
        Column("likes", Kind.COUNT, ("like_count",)),
        Column("parent", Kind.TEXT, ("parent_comment_id",)),
    ),
)

DOWNLOADER = Source(
    key="tiktokdownloader_comments",
    platform="douyin",
    target=Target.COMMENTS,
    at_least=2,
    unless=_NO_WORKS_LIST,
    aside=("采集时间", "年龄", "评论表情", "评论图片"),
    columns=(
        Column("comment", Kind.TEXT, ("评论ID",), required=True),
        Column("text", Kind.TEXT, ("评论内容",), required=True),
        Column("commented_at", Kind.TIME, ("评论时间",)),
        _WORK,
        Column("author", Kind.TEXT, ("UID",)),
        Column("nickname", Kind.TEXT, ("账号昵称",)),
        Column("region", Kind.TEXT, ("IP归属地",)),
        Column("likes", Kind.COUNT, ("点赞数量",)),
        Column("replies", Kind.COUNT, ("回复数量",)),
        Column("parent", Kind.TEXT, ("回复ID",)),
    ),
)

LIST = Source(
    key="comment_list",
    platform="douyin",
    target=Target.COMMENTS,
    at_least=2,
    unless=_NO_WORKS_LIST,
    columns=(
        Column("text", Kind.TEXT, ("评论内容", "评论", "评论文本", "留言内容"), required=True),
        Column("comment", Kind.TEXT, ("评论ID", "评论编号", "comment_id", "cid")),
        Column(
            "commented_at", Kind.TIME, ("评论时间", "时间", "发布时间", "create_time", "评论日期")
        ),
        Column("region", Kind.TEXT, ("IP归属地", "IP属地", "IP地址", "省份", "ip_location")),
        _WORK,
        Column("account", Kind.TEXT, ("所属账号", "作品账号", "我方账号")),
        Column("author", Kind.TEXT, ("用户id", "UID", "user_id", "sec_uid")),
        Column(
            "nickname", Kind.TEXT, ("昵称", "用户名", "用户昵称", "账号昵称", "账号", "nickname")
        ),
        Column("likes", Kind.COUNT, ("点赞数", "点赞数量", "点赞量", "点赞", "评论点赞数")),
        Column("replies", Kind.COUNT, ("回复数", "回复数量", "回复量")),
        Column("parent", Kind.TEXT, ("回复ID", "父评论ID", "parent_comment_id")),
    ),
)

ALL = (MEDIA_CRAWLER, DOWNLOADER, LIST)
