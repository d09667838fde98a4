"""Columns that say nothing but who a person is; they are dropped, never stored."""

from __future__ import annotations

import re
from functools import lru_cache

from opsdata.sources.model import tidy

_TOOL = frozenset(
    tidy(name)
    for line in (
        "IP,IP地址,来自IP,提交IP,填写IP,IP Address,ip_address,ip_city,IP城市",
        "地理位置市,设备号,IMEI",
        "UA,User Agent,user_agent,浏览器,操作系统,browser,os,来源详情,扩展属性",
        "自定义字段,Custom Data 1",
        "昵称,用户昵称,微信昵称,账号昵称,昵称昵称,用户名,nickname,user_name,username",
        "提交人,填写人,答题人",
        "头像,头像链接,头像地址,avatar,avatar_url,账号签名,个性签名,签名,user_signature,主页链接",
        "用户主页,账号链接,用户标识,OpenID,UnionID,微信openid,Network ID,抖音号,用户id,UID,user_id",
        "SEC_UID,short_user_id,SHORT_ID,user_unique_id,回复对象,电子邮件地址,邮箱地址",
        "Email Address,Email,First Name,Last Name",
    )
    for name in line.split(",")
)
"""Columns that tools add by themselves."""

_WORD = (
    r"姓名|名字|真名|称呼|手机|手机号|手机号码|电话|电话号码|联系电话|联系手机|联系方式|联系号码|"
    r"邮箱|邮件|电子邮箱|电子邮件|邮箱地址|e-?mail|email地址|微信|微信号|微信id|微信号码|微信昵称|qq|qq号|qq号码|"
    r"身份证|身份证号|身份证号码|证件号|证件号码|学号|工号|银行卡|银行卡号|银行账号|支付宝|支付宝账号|"
    r"地址|住址|家庭住址|家庭地址|收货地址|邮寄地址|详细地址|通讯地址|联系地址|"
    r"抖音号|抖音账号|抖音名|抖音名字|抖音昵称|抖音id|快手号|微博账号|小红书账号|小红书号|昵称|网名|"
    r"账号昵称|受访者|受访人|被访者|被访人|访谈对象|interviewee|联系人|收件人|收货人|紧急联系人|护照号|护照号码|车牌号|"
    r"name|fullname|yourname|firstname|lastname|phone|phonenumber|mobile|telephone|address|wechat|wechatid"
)
_ASKS = re.compile(
    rf"(?:请)?(?:您|你)?(?:问|留下|填写|填|输入|提供|写下|what'?sis|whatis|enter)?(?:一下)?(?:下)?"
    rf"(?:您|你|本人|收件人|收货人|联系人|参与者|孩子|家长|学生|监护人|负责人|your)?(?:的)?(?:真实|常用|有效|个人)?(?:的)?"
    rf"(?:{_WORD})(?:(?:[和与及或/、,+&;]|或者|以及)+(?:您的|你的)?(?:{_WORD}))*(?:是|是什么|是多少|为)?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?:[q第]?\d+[题]?[、.．:：)）]|\(\d+\)|（\d+）)+", re.IGNORECASE)
_ASIDE = re.compile(
    r"[\[(（【].*?[\])）】]|[,，。;；]?(?:方便|以便|便于|用于|仅用).*$|[:：?？*＊_＿!！。.\s\"“”]+"
)


@lru_cache(maxsize=4096)
def is_personal(header: str) -> bool:
    """Return whether a column holds only who somebody is: from a tool, or a question for it.

    >>> [is_personal(h) for h in ("来自IP", "3、您的手机号：", "姓名和电话", "您多久看一次微信？")]
    [True, True, True, False]
    """
    text = tidy(header)
    if text in _TOOL:
        return True
    part = re.split("—+|--|–", _NUMBER.sub("", text))[-1]
    return bool(_ASKS.fullmatch(_ASIDE.sub("", _NUMBER.sub("", part))))
