"""How people write numbers and names when they know that somebody filters them."""

from __future__ import annotations

import time

import pyarrow as pa
import pytest

from opsdata.intake.private import MASK, mask, mask_column

WHOLE = {
    "13812345678人工": "phone", "我电话13812345678个人微信同号": "phone",
    "打13812345678条件可谈": "phone", "请寄13812345678次日达": "phone",
    "13812345678 分机 3": "phone", "138 12345678": "phone", "138-12345678": "phone",
    "1381234 5678": "phone", "138.1234.5678": "phone", "138—1234—5678": "phone",
    "138 – 1234 – 5678": "phone", "138/1234/5678": "phone", "138　1234　5678": "phone",
    "138－1234－5678": "phone", "138\xa01234\xa05678": "phone",
    "138_1234_5678": "phone", "138 123 45678": "phone", "（86）138-1234-5678": "phone",
    "138·1234·5678": "phone", "一三八一二三四五六七八": "phone",
    "tel.13812345678": "phone", "13812345678积分怎么查": "phone",
    "021 12345678": "phone", "(021)12345678": "phone", "（010）8888 6666": "phone",
    "010-8888-6666": "phone", "0755 26888888": "phone", "400-820-8820": "phone",
    "电话 4008208820": "phone", "座机02112345678": "phone",
    "微信搜 lily8899": "wechat", "微信搜一下lily8899": "wechat", "微信搜索：lily8899": "wechat",
    "V❤lily8899": "wechat", "V❤️lily8899": "wechat", "微❤ lily": "wechat",
    "V+lily8899": "wechat", "加威 lily8899": "wechat", "微信小号lily8899": "wechat",
    "我的微信 lilyzhang": "wechat", "我的微信就是 lily8899": "wechat",
    "lily8899（微信）": "wechat", "私我 wx_lily": "wechat", "加我 lily8899": "wechat",
    "v lily8899": "wechat", "ＶＸ：ｌｉｌｙ８８９９": "wechat", "WeChat ID: lily8899": "wechat",
    "抖音号：lily8899": "handle", "小红书号 lily8899": "handle", "TG：lily8899": "handle",
    "Q 123456789": "qq", "加我qq，123456789": "qq",
    "身份证号：110101 19900307 4477": "id_card", "110101-19900307-4477": "id_card",
    "110101 19900307 4477": "id_card", "证件号 110101199003071234": "id_card",
    "110101199003074496": "id_card", "110101199003074000": "id_card",
    "1.10101199003074E+17": "id_card",
}  # fmt: skip
"""A text, and the one kind of personal data in it."""

LEFT = (
    "微信 iphone15 用户", "微信android14版", "10.5.2.1更新了什么", "销量 13800138000",
    "13800138000人看过", "13800138000 次", "播放量：13800138000", "订单 13800138000",
    "2026-04-03 21:26:39", "1500000-2000000", "400-500-1000", "138-1234", "1999-2999-3999",
    "微信支付很方便", "微信公众号 opsdata2026", "加v是什么意思", "vx是什么", "Q3季度 12345",
    "粉丝 13,812,345,678", "身份证怎么办理", "抖音号怎么改", "110101199013077512",
    "110101199003077513", "100000000000000000", "一二三四五六七八九", "1.20E+17", "大V xiaoming666",
    "扣10000分钟", "加我 iphone15", "比例 150/2000/3000", "150 2000 3000", "比分 3:2", "2026 0412",
)  # fmt: skip


@pytest.mark.parametrize("text", WHOLE)
def test_what_a_person_writes_to_be_reached_is_masked(text: str) -> None:
    masked, kinds = mask(text)
    assert MASK in masked
    assert set(kinds) == {WHOLE[text]}
    left = [sign for sign in masked.replace("v ", "").lower() if sign.isdecimal()]
    assert left in ([], ["3"], ["8", "6"]), masked
    assert "lily" not in masked


@pytest.mark.parametrize("text", LEFT)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert mask(text) == (text, {})


def test_a_column_is_sifted_for_every_form() -> None:
    column = pa.chunked_array([[f"说 {text}" for text in WHOLE]])
    masked, kinds = mask_column(column)
    assert all(MASK in text for text in masked.to_pylist())
    assert sum(kinds.values()) == len(WHOLE)


@pytest.mark.parametrize(
    "text",
    ["微信" + " " * 20_000 + "x", "1 " * 10_000, "v" * 20_000 + "信", "a-" * 10_000 + "（微信",
     "加我" * 10_000, "0" * 20_000, "138-" * 5_000, ":1" * 10_000, "身份证" + "：" * 20_000],
    ids=range(9),
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    before = time.process_time()
    mask(text)
    assert time.process_time() - before < 2
