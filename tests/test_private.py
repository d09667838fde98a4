"""Personal data inside free text: what must be masked, and what only looks like it."""

from __future__ import annotations

import pyarrow as pa
import pytest

from opsdata import i18n
from opsdata.intake.private import MASK, mask, mask_column
from opsdata.sources.personal import is_personal

HIDDEN = {
    "我的电话13800000000": ("13800000000", "phone"),
    "13900000000": ("13900000000", "phone"),
    "打138-0000-0000找我": ("138-0000-0000", "phone"),
    "打 138 0000 0000 找我": ("138 0000 0000", "phone"),
    "+86 13800000000": ("+86 13800000000", "phone"),
    "手机：8613800000000。": ("8613800000000", "phone"),
    "１３８００００００００": ("１３８００００００００", "phone"),
    "tel13800000000谢谢": ("13800000000", "phone"),
    "座机010-00000000": ("010-00000000", "phone"),
    "换行\n19100000000\n": ("19100000000", "phone"),
    "两个 13800000000,13900000000": ("13800000000", "phone"),
    "身份证11010119900307775X": ("11010119900307775X", "id_card"),
    "证件 110101199003077512 有效": ("110101199003077512", "id_card"),
    "身份证号：110101900307751": ("110101900307751", "id_card"),
    "邮箱 nobody@example.com": ("nobody@example.com", "email"),
    "a.b+c@mail.example.com.cn，": ("a.b+c@mail.example.com.cn", "email"),
    "从192.168.10.20来的": ("192.168.10.20", "ip"),
    "IP:10.0.0.1": ("10.0.0.1", "ip"),
    "2001:db8::ff00:42:8329": ("2001:db8::ff00:42:8329", "ip"),
    "加我微信abc123": ("abc123", "wechat"),
    "微信：nobody_test": ("nobody_test", "wechat"),
    "微信号 nobody2026": ("nobody2026", "wechat"),
    "vx：abc12345": ("abc12345", "wechat"),
    "VX abc12345 私": ("abc12345", "wechat"),
    "V信abc-12345": ("abc-12345", "wechat"),
    "加v:nobody_a": ("nobody_a", "wechat"),
    "➕我vx nobody_a": ("nobody_a", "wechat"),
    "wxid_abcdef123456": ("wxid_abcdef123456", "wechat"),
    "绿泡泡nobody_1": ("nobody_1", "wechat"),
    "WX同号nobody": ("nobody", "wechat"),
    "加微nobody_a": ("nobody_a", "wechat"),
    "IP：2001:db8:1:2:3:4:5:6": ("2001:db8:1:2:3:4:5:6", "ip"),
    "q群 123456789": ("123456789", "qq"),
    "wechat: nobody-test": ("nobody-test", "wechat"),
    "微信13800000000": ("13800000000", "wechat"),
    "微信号是 123456789": ("123456789", "wechat"),
    "qq:1234567": ("1234567", "qq"),
    "QQ号12345678": ("12345678", "qq"),
    "加q 123456789": ("123456789", "qq"),
    "扣扣：1234567": ("1234567", "qq"),
    "卡号6222020000000000000": ("6222020000000000000", "bank_card"),
    "4000 0000 0000 0002": ("4000 0000 0000 0002", "bank_card"),
    "6212260000000000000转": ("6212260000000000000", "bank_card"),
}

KEPT = (
    "播放量13800000000",
    "13800000000次播放",
    "13800000000 播放，破纪录",
    "播放 15800000000",
    "播放12345678901",
    "98765432101",
    "￥13800000000",
    "7123456789012345678",
    "6987654321098765432",
    "https://www.douyin.com/video/7312345678901234567",
    "aweme_id=7312345678901234567",
    "2026-04-13 09:30:05",
    "20260413093005",
    "2026年4月13日",
    "1776040000",
    "1776040000000",
    "12:30:45",
    "价格1388.00元",
    "0.13800000000",
    "13.800000000",
    "1,380,000,000",
    "100000000000000000",
    "110101199013077512",
    "110101199003077513",
    "4000000000000001",
    "6222021234567890123456",
    "@某人 你看",
    "[捂脸][九转大肠]",
    "用微信支付很方便",
    "微信公众号不错",
    "加我一个",
    "微信里看的 video 很好",
    "QQ音乐排行前10",
    "qq群里200人",
    "扣 10000 分",
    "加起来 1234567",
    "微博 video 不错",
    "v1.2.3.4 版本",
    "版本号 10.0.0.1",
    "1.2.3",
    "比分 3:2:1",
    "iPhone15 Pro 256G",
    "BV1xx411c7mD",
    "从2019看到2026",
    "关注我 666666",
    "第1380000期",
    "",
)  # fmt: skip


@pytest.mark.parametrize("text", HIDDEN)
def test_personal_data_are_masked(text: str) -> None:
    secret, kind = HIDDEN[text]
    masked, kinds = mask(text)
    assert secret not in masked
    assert MASK in masked
    assert set(kinds) == {kind}


@pytest.mark.parametrize("text", KEPT)
def test_what_only_looks_alike_stays(text: str) -> None:
    assert mask(text) == (text, {})


def test_a_column_is_masked_by_its_distinct_texts_and_counted_by_its_rows() -> None:
    column = pa.chunked_array([["好看", "加我13800000000", None, "加我13800000000"], ["好看"]])
    masked, kinds = mask_column(column)
    assert masked.to_pylist() == ["好看", "加我***", None, "加我***", "好看"]
    assert kinds == {"phone": 2}


def test_a_column_without_personal_data_is_left_alone() -> None:
    column = pa.chunked_array([["好看", None, "播放12345678901"]])
    assert mask_column(column) == (column, {})


def test_masking_again_changes_nothing() -> None:
    for text in HIDDEN:
        assert mask(mask(text)[0])[1] == {}


@pytest.mark.parametrize(
    "header",
    ["来自IP", "3、您的手机号：", "姓名和电话", "1、姓名:[___]", "Email Address", "收货地址、电话",
     "请留下您的手机号码，方便联系", "昵称", "What is your name?", "UA",
     "4、联系信息—手机号", "3、(1)姓名", "孩子姓名", "您的抖音账号", "您的微信号或手机号",
     "联系人电话"],
)  # fmt: skip
def test_columns_that_only_name_a_person(header: str) -> None:
    assert is_personal(header)


@pytest.mark.parametrize(
    "header",
    ["您多久看一次微信？", "您对店铺地址满意吗", "公司名称", "您的年龄", "评论内容", "所在省份",
     "1、您是从哪里知道我们的抖音号的？", "手机型号", "作品名称",
     "7、满意吗—声音", "您孩子的年级", "抖音账号类型", "您关注我们的抖音号多久了"],
)  # fmt: skip
def test_columns_that_ask_something_else(header: str) -> None:
    assert not is_personal(header)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@无名甲 你看", "@*** 你看"),
        ("＠无名甲，来", "@***，来"),
        ("回复@无名甲:好", "回复@***:好"),
        ("@", "@"),
    ],
)
def test_who_is_mentioned_in_a_comment_is_masked(text: str, expected: str) -> None:
    assert mask(text, mentions=True)[0] == expected
    assert mask(mask(text, mentions=True)[0], mentions=True)[1] == {}


def test_every_kind_has_its_word() -> None:
    kinds = {kind for _, kind in HIDDEN.values()} | {"mention"}
    assert {kind for kind in kinds if not i18n.known(f"private.{kind}")} == set()
