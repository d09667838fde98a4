"""A typed audience table that one can add up in one's head: two crowds, two days."""

from __future__ import annotations

from collections.abc import Iterable

Table = tuple[list[str], list[list[str]]]

HEADER = ["日期", "账号", "人群", "维度", "类别", "占比", "TGI"]
DAYS = ("2026-02-10", "2026-03-10")
WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def table(account: str = "测试号", hours: bool = True) -> Table:
    """Return the whole table; of 20 parts of activity 19 lie in the hours from 18 on."""
    old, new = DAYS
    rows = [
        [old, account, "粉丝", "性别", "女", "60%", "125"],
        [old, account, "粉丝", "性别", "男", "40%", "77"],
        [new, account, "粉丝", "性别", "女性", "65%", "135"],
        [new, account, "粉丝", "性别", "男性", "35%", "67"],
        [new, account, "观众", "性别", "女", "50%", "104"],
        [new, account, "观众", "性别", "男", "50%", "96"],
        [old, account, "粉丝", "年龄", "50岁以上", "20%", "-"],
        [old, account, "粉丝", "年龄", "18-23岁", "30%", "-"],
        [old, account, "粉丝", "年龄", "24~30岁", "50%", "-"],
        [new, account, "粉丝", "年龄", "50+", "21%", "-"],
        [new, account, "粉丝", "年龄", "18-23", "30%", "-"],
        [new, account, "粉丝", "年龄", "24-30", "49%", "-"],
        [new, account, "粉丝", "省份", "广西壮族自治区", "12%", "160"],
        [new, account, "粉丝", "省份", "广东省", "30%", "140"],
        [new, account, "粉丝", "省份", "北京市", "8%", "180"],
        [new, account, "粉丝", "兴趣", "美食", "55%", "200"],
    ]
    return HEADER, rows + (week(account, new) if hours else [])


def one(crowd: str, dimension: str, bucket: str, share: str) -> Table:
    """Return a table of a single row."""
    return HEADER, [[DAYS[1], "测试号", crowd, dimension, bucket, share, "-"]]


def week(account: str, day: str, busy: Iterable[int] = range(18, 24)) -> list[list[str]]:
    """Return the hours of a week: 95 % of activity in the busy hours, alike on all days."""
    hot = set(busy)
    shares = [0.95 / len(hot) if hour in hot else 0.05 / (24 - len(hot)) for hour in range(24)]
    return [
        [day, account, "粉丝", "活跃时段", f"{name} {hour}", f"{shares[hour] / 7:.8f}", "-"]
        for name in WEEK
        for hour in range(24)
    ]
