"""What was paid for: materials of 巨量千川 and 巨量引擎, and the days of a shop in 抖店罗盘.

Bought plays are kept apart from those of works; of orders and refunds nothing is taken
but what a content team is measured by.
"""

from __future__ import annotations

from opsdata.sources.model import Column, Kind, Source, Target

_PERIOD = Column("period", Kind.PERIOD, ("日期", "时间", "统计日期", "时间范围"))
_AUDIENCE = (
    Column("impressions", Kind.COUNT, ("整体展示次数", "展示次数", "展示数")),
    Column("clicks", Kind.COUNT, ("整体点击次数", "点击次数", "点击数")),
    Column("plays", Kind.COUNT, ("视频播放数", "播放数", "播放量")),
    Column("completion_rate", Kind.SHARE, ("视频完播率", "完播率")),
    Column("play_2s_rate", Kind.SHARE, ("2秒播放率",)),
    Column("play_3s_rate", Kind.SHARE, ("3秒播放率",)),
    Column("play_5s_rate", Kind.SHARE, ("5秒播放率",)),
    Column("avg_watch_seconds", Kind.SECONDS, ("平均观看时长", "平均播放时长")),
    Column("likes", Kind.COUNT, ("视频点赞数", "点赞数", "点赞次数")),
    Column("comments", Kind.COUNT, ("视频评论数", "评论数", "评论次数")),
    Column("shares", Kind.COUNT, ("视频分享数", "分享次数")),
    Column("new_followers", Kind.COUNT, ("新增粉丝数", "新增粉丝")),
)

MATERIALS = Source(
    key="qianchuan_materials",
    platform="douyin",
    target=Target.REPORTS,
    topic="paid",
    sum_without="item_id",
    turned=True,
    columns=(
        Column("item", Kind.TEXT, ("素材名称", "素材"), required=True),
        Column("item_id", Kind.ID, ("素材ID", "素材id")),
        _PERIOD,
        Column("label", Kind.TEXT, ("商品名称",)),
        Column("spend", Kind.NUMBER, ("整体消耗", "消耗", "基础消耗"), required=True),
        *_AUDIENCE,
    ),
    at_least=1,
)

ENGINE_PLANS = Source(
    key="oceanengine_plans",
    platform="douyin",
    target=Target.REPORTS,
    topic="paid",
    turned=True,
    at_least=2,
    columns=(
        Column("item", Kind.TEXT, ("广告计划", "计划名称", "广告名称"), required=True),
        Column("item_id", Kind.ID, ("广告计划id", "计划ID", "广告ID")),
        _PERIOD,
        Column("label", Kind.TEXT, ("广告组", "广告组名称", "项目名称")),
        Column("spend", Kind.NUMBER, ("总花费", "消耗", "花费"), required=True),
        *_AUDIENCE,
    ),
)

ENGINE_MATERIALS = Source(
    key="oceanengine_materials",
    platform="douyin",
    target=Target.REPORTS,
    topic="paid",
    sum_without="item_id",
    turned=True,
    at_least=1,
    unless=("素材名称", "素材"),
    columns=(
        Column("item_id", Kind.ID, ("素材ID", "素材id"), required=True),
        _PERIOD,
        Column("spend", Kind.NUMBER, ("消耗", "总花费", "花费"), required=True),
        *_AUDIENCE,
    ),
)

SHOP = Source(
    key="compass_daily",
    platform="douyin",
    target=Target.REPORTS,
    topic="shop",
    at_least=2,
    columns=(
        Column("day", Kind.DAY, ("日期",), required=True),
        Column("paid", Kind.NUMBER, ("用户支付金额",), required=True, may_be_negative=True),
        Column("paid_by_videos", Kind.NUMBER, ("短视频用户支付金额",), may_be_negative=True),
        Column("orders", Kind.COUNT, ("成交订单数",)),
        Column("buyers", Kind.COUNT, ("成交人数",)),
        Column("people_shown", Kind.COUNT, ("商品曝光人数",)),
        Column("people_clicked", Kind.COUNT, ("商品点击人数",)),
    ),
)

ALL = (MATERIALS, ENGINE_PLANS, ENGINE_MATERIALS, SHOP)
