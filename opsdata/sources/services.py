"""Lists of competitor data services (飞瓜, 蝉妈妈, 新抖 and their like): accounts and works.

Many of their numbers are ranges, which are kept as such. What an account has today is one
thing, what it gained in some days another, and days of different lists are never mixed.
Goods and money are of no concern here; their columns are named as not used.
"""

from __future__ import annotations

from opsdata.sources.model import OF_ACCOUNT, Blank, Column, Kind, Source, Target

_NAMES = (
    "达人昵称", "昵称", "用户昵称", "抖音昵称", "账号昵称", "达人名称", "账号名称", "达人", "播主",
    "播主昵称", "姓名", "账号", "作者昵称", "作者",
)  # fmt: skip
_ACCOUNT = Column("account", Kind.TEXT, _NAMES, required=True)
_OF_WORKS = ("视频ID", "作品ID", "发布时间", "作品名称", "作品标题", "视频标题", "视频描述", "作品")
_OF_PEOPLE = ("评论内容", "评论", "评论时间", "维度", "占比", "星图ID", "粉丝最大值")


def _gained(field: str, *what: str, in_days: tuple[str, ...] = ()) -> tuple[Column, ...]:
    """Return the columns of what was gained: in the days of the list, in 7, 30 or 90 days.

    ``in_days`` are names that mean a gain only with a number of days.
    """
    own = Column(field, Kind.COUNT, what, may_be_negative=True)
    return (own, *(_in_days(f"{field}_{n}d", n, (*what, *in_days)) for n in (7, 30, 90)))


def _in_days(field: str, days: int, what: tuple[str, ...]) -> Column:
    names = (f"{near}{days}{day}{w}" for near in ("", "近") for day in "天日" for w in what)
    return Column(field, Kind.COUNT, tuple(names), may_be_negative=True)


ACCOUNTS = Source(
    key="service_accounts",
    platform="douyin",
    target=Target.REPORTS,
    topic="account",
    own=False,
    at_least=1,
    unless=(*_OF_WORKS, *_OF_PEOPLE),
    aside=("排名", "名次", "序号", "排行"),
    template=(
        Blank("day", "2026-11-16", "Seen on"),
        Blank("account", "对手账号", "Creator", "A competitor"),
        Blank("followers", "305000", "Creator followers"),
        Blank("total_posts", "128", "Creator works"),
        Blank("total_likes", "1260000", "Creator likes"),
    ),
    columns=(
        _ACCOUNT,
        Column("day", Kind.DAY, ("日期", "统计日期", "数据日期", "更新时间")),
        Column(
            "followers",
            Kind.COUNT,
            (
                "粉丝数",
                "粉丝数量",
                "总粉丝量",
                "总粉丝数",
                "粉丝总数",
                "粉丝总量",
                "粉丝量",
                "粉丝",
            ),
            required=True,
        ),
        Column(
            "total_posts", Kind.COUNT, ("总作品数", "作品数", "作品数量", "作品总数", "视频总数")
        ),
        Column(
            "total_likes",
            Kind.COUNT,
            ("总点赞量", "总点赞数", "获赞数", "获赞数量", "总获赞数", "获赞总数", "点赞总数"),
        ),
        *_gained("followers_gained", "新增粉丝", "新增粉丝数", "粉丝增量", "涨粉数", "涨粉量"),
        *_gained(
            "posts_made", "新增作品数", "新增作品", "发布作品数", "新增视频数", in_days=("作品数",)
        ),
        *_gained("likes_gained", "点赞增量", "新增点赞", "新增点赞数", "点赞增长"),
        *_gained("comments_gained", "评论增量", "新增评论", "新增评论数"),
        *_gained("shares_gained", "转发增量", "分享增量", "新增转发", "新增分享"),
    ),
)

WORKS = Source(
    key="service_works",
    platform="douyin",
    target=Target.WORKS,
    own=False,
    at_least=2,
    unless=("播放量", "播放数", "完播率", "5s完播率", "视频ID", "作品ID", "审核状态", "发布状态"),
    aside=("排名", "名次", "序号", "排行", "视频链接", "作品链接"),
    columns=(
        _ACCOUNT,
        Column(
            "title",
            Kind.TEXT,
            ("视频标题", "作品标题", "视频描述", "视频内容", "作品名称", "标题", "作品", "视频"),
            required=True,
        ),
        Column("published_at", Kind.TIME, ("发布时间", "视频发布时间", "发布日期"), required=True),
        Column("duration_seconds", Kind.SECONDS, ("视频时长", "时长")),
        Column("likes", Kind.COUNT, ("点赞数", "点赞量", "点赞", "获赞数"), required=True),
        Column("comments", Kind.COUNT, ("评论数", "评论量", "评论")),
        Column("shares", Kind.COUNT, ("分享数", "分享量", "转发数", "转发量", "分享", "转发")),
        Column("favorites", Kind.COUNT, ("收藏数", "收藏量", "收藏")),
        OF_ACCOUNT,
    ),
)

XINGTU = Source(
    key="xingtu_creators",
    platform="douyin",
    target=Target.REPORTS,
    topic="account",
    own=False,
    columns=(
        Column("account", Kind.TEXT, ("抖音昵称", "达人昵称", "昵称"), required=True),
        Column("item_id", Kind.ID, ("星图ID",), required=True),
        Column("followers", Kind.COUNT, ("粉丝", "粉丝数", "粉丝量"), required=True),
        Column("expected_views", Kind.COUNT, ("预期播放量", "预期播放")),
        Column("engagement_rate", Kind.SHARE, ("互动率",)),
        Column("completion_rate", Kind.SHARE, ("完播率",)),
    ),
    at_least=0,
)

CRAWLED = Source(
    key="mediacrawler_accounts",
    platform="douyin",
    target=Target.REPORTS,
    topic="account",
    own=False,
    at_least=0,
    aside=("user_id", "gender", "avatar", "desc", "ip_location"),
    columns=(
        Column("account", Kind.TEXT, ("nickname",), required=True),
        Column("day", Kind.DAY, ("last_modify_ts",)),
        Column("followers", Kind.COUNT, ("fans",), required=True),
        Column("following", Kind.COUNT, ("follows",)),
        Column("total_likes", Kind.COUNT, ("interaction",)),
        Column("total_posts", Kind.COUNT, ("videos_count",)),
    ),
)

DOWNLOADED = Source(
    key="tiktokdownloader_accounts",
    platform="douyin",
    target=Target.REPORTS,
    topic="account",
    own=False,
    at_least=1,
    aside=tuple(
        "账号链接,账号签名,抖音号,年龄,性别,国家,省份,城市,地区,IP归属地,标签,企业,SEC_UID,UID,SHORT_ID,"
        "头像链接,背景图链接,粉丝最大值,喜欢数量".split(",")
    ),
    columns=(
        Column("account", Kind.TEXT, ("昵称昵称", "账号昵称", "昵称"), required=True),
        Column("day", Kind.DAY, ("采集时间",), required=True),
        Column("followers", Kind.COUNT, ("粉丝数量",), required=True),
        Column("following", Kind.COUNT, ("关注数量",)),
        Column("total_likes", Kind.COUNT, ("获赞数量",)),
        Column("total_posts", Kind.COUNT, ("作品数量",)),
    ),
)

ALL = (ACCOUNTS, WORKS, XINGTU, CRAWLED, DOWNLOADED)
