"""Words that comments are read by: complaints and praise in the forms that viewers use."""

from __future__ import annotations

import pytest

from opsdata.analysis.wording import word_reader
from opsdata.team.words import defaults


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("吃了过敏，谁来负责", "quality"), ("长得像鬼还天天直播", "attack"),
        ("无照经营吧，营业执照呢", "compliance"), ("盘子洗不干净，后悔", "quality"),
        ("把手掉了，商家装死", "quality"), ("滤镜太重，收到完全两样", "false_claim"),
        ("跟着做失败好几次", "quality"), ("这不就是抄别人的吗", "compliance"),
    ],
)  # fmt: skip
def test_complaints_are_seen_with_their_kind(text: str, kind: str) -> None:
    found = word_reader(defaults()).read(text)
    assert (found.sentiment, kind in found.kinds) == (-1, True)


@pytest.mark.parametrize("text", ["说得明白，一看就懂", "发货很快", "真挑不出错", "无可挑剔"])
def test_praise_is_seen(text: str) -> None:
    assert word_reader(defaults()).read(text).sentiment == 1


@pytest.mark.parametrize(
    "text",
    [
        "谁负责剪辑的", "这不就是我家楼下吗", "不粘锅多少钱", "买了两个样品", "有营业执照吗",
        "这样做会失败吗", "没人管饭", "滤镜是哪个", "物流很快吗",
    ],
)  # fmt: skip
def test_what_only_looks_alike_says_nothing(text: str) -> None:
    assert word_reader(defaults()).read(text).sentiment == 0
