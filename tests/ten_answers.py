"""A survey of ten invented people that one can count by hand, as 问卷星 writes it."""

from __future__ import annotations

import random

from tests.people_exports import Table

NAME = "300000009_按文本_十人问卷_10_10.xlsx"
HEADER = [
    "序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP",
    "1、您的性别", "2、您喜欢看什么（可多选）", "3、买过东西吗", "4、对买到的满意吗",
    "5、您对以下方面满意吗？—画面", "5、声音", "6、您有多大可能推荐我们？（0-10）",
    "7、请排序", "8、一周看几条", "9、您的建议",
]  # fmt: skip

_SAID = """
男|美食┋旅行|买过|满意|满意|一般|10|教程→日常→测评|3|节奏太慢
女|美食|买过|非常满意|非常满意|满意|9|教程→测评→日常|5|节奏慢，声音小
女|旅行|没买过|(跳过)|一般|一般|9|日常→教程→测评|2|(空)
男|美食┋其他〖钓鱼〗|没买过|(跳过)|不满意|(空)|6|教程→日常→测评|3|更新
女|(空)|买过|一般|满意|不满意|0|测评→教程→日常|7|加我微信abc123nobody
女|美食┋旅行┋其他〖〗|没买过|(跳过)|满意|满意|8|教程→日常→测评|1|节奏
男|旅行|买过|(空)|非常满意|非常满意|10|教程→测评→日常|3|(空)
女|美食|没买过|(跳过)|一般|满意|7|日常→测评→教程|4|很好
女|美食┋旅行|没买过|(跳过)|满意|一般|10|教程→日常→测评|3|(空)
男|旅行|买过|满意|满意|满意|5|教程→日常→测评|9|声音小
"""


def ten(seed: int | None = None) -> Table:
    """The survey, its rows shuffled where a seed is given."""
    people = [line.split("|") for line in _SAID.strip().splitlines()]
    rows = [
        [str(at), f"2026/3/{1 + at // 6} 9:0{at % 10}:05", f"{10 * at}秒",
         "微信" if at < 8 else "链接", "无", "192.0.2.7(某省-某市)", *said]
        for at, said in enumerate(people, start=1)
    ]  # fmt: skip
    if seed is not None:
        random.Random(seed).shuffle(rows)
    return HEADER, rows
