"""Who the followers and viewers are: shares of a whole by gender, age, region, hour.

No back end of 抖音 exports this, so teams type it; TikTok Studio does, one file a dimension.
A typed table may say whose shares they are (人群: 粉丝 or 观众), the index against all
users (TGI, 100 being the average), and hours of weekdays such as 周一 20.
"""

from __future__ import annotations

from opsdata.sources.model import Blank, Column, Kind, Source, Target

SHARES = Source(
    key="audience_shares",
    platform="douyin",
    target=Target.AUDIENCE,
    at_least=0,
    template=(
        Blank("day", "2026-11-16", "Day"),
        Blank("account", "我们的账号", "Account", "Our account"),
        Blank("dimension", "性别", "Dimension", "gender"),
        Blank("bucket", "女", "Bucket", "female"),
        Blank("share", "0.615", "Share"),
    ),
    columns=(
        Column("day", Kind.DAY, ("日期", "统计日期", "day"), required=True),
        Column("account", Kind.TEXT, ("账号", "账号名称", "account")),
        Column("crowd", Kind.TEXT, ("人群", "人群类型", "画像人群", "crowd")),
        Column("dimension", Kind.TEXT, ("维度", "画像维度", "dimension"), required=True),
        Column("bucket", Kind.TEXT, ("类别", "分类", "bucket"), required=True),
        Column("share", Kind.SHARE, ("占比", "比例", "share"), required=True),
        Column("tgi", Kind.NUMBER, ("TGI", "TGI指数", "偏好指数")),
    ),
)

SCRAPED = Source(
    key="audience_scraped",
    platform="douyin",
    target=Target.AUDIENCE,
    own=False,
    at_least=0,
    columns=(
        Column("account", Kind.TEXT, ("昵称", "达人昵称", "用户昵称", "抖音昵称"), required=True),
        Column("dimension", Kind.TEXT, ("画像属性", "属性"), required=True),
        Column(
            "bucket",
            Kind.TEXT,
            ("性别", "年龄", "地域", "省份", "城市等级", "属性值", "画像值", "类别"),
            required=True,
        ),
        Column("share", Kind.SHARE, ("占比", "比例"), required=True),
        Column("tgi", Kind.NUMBER, ("TGI", "TGI指数")),
    ),
)
"""What a scraper reads of other people's accounts; its third column names what it began with."""

GENDER = Source(
    key="tiktok_gender",
    platform="tiktok",
    target=Target.AUDIENCE,
    at_least=0,
    columns=(
        Column("bucket", Kind.TEXT, ("Gender",), required=True),
        Column("share", Kind.SHARE, ("Distribution",), required=True),
    ),
)

TERRITORIES = Source(
    key="tiktok_territories",
    platform="tiktok",
    target=Target.AUDIENCE,
    at_least=0,
    columns=(
        Column("bucket", Kind.TEXT, ("Top territories",), required=True),
        Column("share", Kind.SHARE, ("Distribution",), required=True),
    ),
)

ACTIVITY = Source(
    key="tiktok_activity",
    platform="tiktok",
    target=Target.AUDIENCE,
    at_least=0,
    columns=(
        Column("date", Kind.TEXT, ("Date",), required=True),
        Column("bucket", Kind.TEXT, ("Hour",), required=True),
        Column("people", Kind.COUNT, ("Active followers",), required=True),
    ),
)

ALL = (SHARES, SCRAPED, GENDER, TERRITORIES, ACTIVITY)
