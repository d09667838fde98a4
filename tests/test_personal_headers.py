"""Which columns of a survey say nothing but who somebody is, and which only sound like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from opsdata.sources.personal import is_personal
from opsdata.store import Store
from tests import people_exports as people
from tests import survey_exports as forms
from tests.conftest import Take

WHO = (
    "10、如愿意接受回访，请留下您的联系方式：", "11、愿意参加访谈请留下微信", "12、怎么称呼您",
    "13、如中奖，请填写您的收货地址", "14、客户姓名", "奖品邮寄地址", "电子邮箱地址",
    "提交者（自动）", "答题者", "填表人", "填写者", "您的大名", "请问您怎么称呼？", "老师姓名",
    "提交人姓名", "Tel", "联络方式", "電話", "手機", "Contact number", "出生日期", "经度", "纬度",
    "地理位置", "User-Agent", "设备ID", "您是否愿意接受回访？如愿意请留下您的手机号",
    "为了给您寄奖品,请填写姓名、电话、地址", "奖品寄送：请填写收件人姓名和地址",
    "Please leave your email if you want a reply", "家长联系电话", "您的抖音号（用于核对）",
    "您的姓名？（中奖联系用）", "留个微信吧", "方便留下您的电话吗", "为方便联系，请留下姓名",
    "工作邮箱", "[Q8]您的手机号", "Q5. 请问您的姓名是？", "3.Mobile number *", "您的微信名",
    "4、联系信息—微信", "您的生日",
)  # fmt: skip

ELSE = (
    "您多久看一次微信？", "您用什么品牌的手机", "您常用微信吗", "手机型号", "您喜欢的主播姓名",
    "您使用的手机系统", "您的地址所在城市级别", "作品名称", "电话客服满意度",
    "您通过什么联系方式了解到我们", "您对店铺地址满意吗", "您为什么不愿意填写手机号",
    "您是否愿意留下联系方式", "您最喜欢的主播是谁，请填写姓名", "您使用抖音还是微信",
    "微信，抖音，快手您最常用哪个", "您希望的联系方式", "首选联系方式", "您记得我们的抖音号吗",
    "品牌名字", "您觉得我们的账号名字怎么样", "您一天用手机几小时", "您会推荐给微信好友吗",
    "是否关注我们的微信", "昵称好听吗", "您喜欢怎么过生日", "您的生日月份", "视频地址",
    "常看的抖音号", "您希望主播怎么称呼您", "您如何称呼我们的产品", "请写下您的建议",
    "请留下您的宝贵意见", "您最喜欢的博主昵称", "您的设备类型", "您看视频的位置",
    "How did you hear our name?", "Which phone do you use?", "Product name", "公司名称",
    "您的职业", "3、您常用的聊天软件—微信", "您在哪填地址",
)  # fmt: skip


@pytest.mark.parametrize("header", WHO)
def test_a_column_about_who_somebody_is_is_known(header: str) -> None:
    assert is_personal(header)


@pytest.mark.parametrize("header", ELSE)
def test_a_question_about_something_else_stays(header: str) -> None:
    assert not is_personal(header)


SECRETS = ("张三丰", "lily", "139", "成都市", "王小明")


def stored(store: Store) -> str:
    """Everything that the answers, their options and the rejected rows hold."""
    return repr([store.rows(f"select * from {one}") for one in ("answer", "question", "reject")])


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_contact_columns_are_dropped_whole(
    store: Store, take: Take, tmp_path: Path, ending: str
) -> None:
    header, rows = forms.wjx()
    header = [*header[:6], "1、性别", *WHO[:5], "15、客户级别"]
    said = ["男", "lily8899", "xiaoming2020", "张三丰", "成都市武侯区某某路12号3栋", "王小明", "甲"]
    table = header, [[*row[:6], *said] for row in rows]
    receipt = take(people.write(tmp_path, f"回访{ending}", table), account=None)
    assert receipt.masked.columns[-5:] == WHO[:5]
    titles = [title for (title,) in store.rows("select title from question order by number")]
    assert titles == ["1、性别", "15、客户级别"]
    assert not [secret for secret in SECRETS if secret in stored(store)]


@pytest.mark.slow
def test_a_column_that_mostly_holds_contacts_is_dropped_whatever_it_is_called(
    store: Store, take: Take, tmp_path: Path
) -> None:
    header, rows = forms.wjx()
    cells = ["王小明 13900000000", "张三丰，加v：lily8899", "(空)", "无", "李四139 00000000"]
    table = (
        [*header[:6], "1、性别", "2、抽奖", "3、还想说什么"],
        [[*rows[0][:6], "男", cell, f"第{at}条，很好"] for at, cell in enumerate(cells)],
    )
    receipt = take(people.write(tmp_path, "抽奖.xlsx", table), account=None)
    assert receipt.masked.columns[-1] == "2、抽奖"
    assert receipt.masked.kinds == {}, "what is dropped is not counted as masked"
    titles = [title for (title,) in store.rows("select title from question order by number")]
    assert titles == ["1、性别", "3、还想说什么"]
    assert not [secret for secret in SECRETS if secret in stored(store)]
