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
        "提交人,填写人,答题人,提交者,填写者,答题者,填表人,填表者,填报人,作答人,作答者,回答者,受访者",
        "受访人,报名人,参与者,参与人,respondent,submitter,submitted by,participant",
        "头像,头像链接,头像地址,avatar,avatar_url,账号签名,个性签名,签名,user_signature,主页链接",
        "用户主页,账号链接,用户标识,OpenID,UnionID,微信openid,Network ID,抖音号,用户id,UID,user_id",
        "SEC_UID,short_user_id,SHORT_ID,user_unique_id,回复对象,电子邮件地址,邮箱地址",
        "Email Address,Email,First Name,Last Name",
        "经度,纬度,经纬度,地理位置,定位,定位信息,GPS,GPS坐标",
        "Latitude,Longitude,LocationLatitude,LocationLongitude,User-Agent,UserAgent,MAC地址",
        "设备ID,设备标识,设备编号,Device ID,device_id,IDFA,OAID,Android ID,Cookie,sec_user_id",
        "RecipientFirstName,RecipientLastName,RecipientEmail,ExternalReference",
    )
    for name in line.split(",")
)
"""Columns that tools add by themselves."""

_REACHED = (
    r"姓名|真名|全名|大名|尊姓大名|贵姓|手机号码?|电话号码?|(?:联系|联络)(?:电话|手机|方式|号码|地址)|微信(?:号码?|id|昵称|名[字称]?)|"
    r"(?:电子)?(?:邮箱|邮件)(?:地址|账号)?|邮箱|e-?mail(?:地址|address)?|qq(?:号码?|账号)|身份证(?:号码?)?|证件号码?|"
    r"(?:收货|收件|邮寄|寄送|寄件|配送|派送|送货|家庭|居住|现居住?|常住|通讯|通信|详细|户籍|住宅)地址|"
    r"家庭住址|住址|学号|工号|银行卡号?|银行账号|支付宝(?:账号)?|抖音(?:号|账号|昵称|名字?|id)|快手号|小红书(?:号|账号)|"
    r"微博账号|护照号码?|车牌号码?|出生日期|出生年月日?|生日|网名|账号昵称"
)
"""What says by itself that it asks who somebody is."""

_WORD = (
    rf"{_REACHED}|名字|称呼|手机|电话|微信|qq|地址|昵称|受访者|受访人|被访者|被访人|访谈对象|interviewee|"
    r"联系人|收件人|收货人|紧急联系人|(?:full|your|first|last|respondent|customer|contact|user)?name|"
    r"(?:cell|mobile|home|contact)?(?:tele)?phone(?:number|no\.?)?|mobile(?:number|no\.?)?|tel|"
    r"contact(?:number|info(?:rmation)?|details)?|(?:home|mailing|shipping|postal|street)?address|"
    r"wechat(?:id|number)?|whatsapp(?:number)?|telegram|(?:date)?ofbirth|dateofbirth|birthday|birthdate"
)
_WHOSE = (
    r"(?:您|你|本人|自己|个人|收件人|收货人|联系人|参与者|孩子|家长|学生|监护人|负责人|客户|顾客|用户|老师|同学|会员|提交人|填写人|"
    r"填表人|答题人|报名人|中奖人?|领奖|获奖者?|兑奖|奖品|礼品|备用|紧急|父母|父亲|母亲|爸爸|妈妈|配偶|your|my)"
)
_HOW = r"(?:真实|常用|有效|个人|具体|完整|详细|可用|现在|目前|方便(?:接听|联系)?)"
_ONE = rf"(?:{_WHOSE}{{0,2}}的?{_HOW}{{0,2}}的?(?:{_WORD}))"
_AND = r"(?:[和与及或/、+&;]|或者|以及|还有)+"
_SEVERAL = rf"{_ONE}(?:{_AND}{_ONE})*"
_PLEASE = (
    r"(?:请|烦请|麻烦|可以?|欢迎|务必|先|在此|在这里|下方|您|你|请问|please)*"
    r"(?:留[下个]?|填写?|输入|提供|写下?|告知|告诉我们|登记|补充|备注|问|leave|enter|provide|giveus|share|what'?sis|what'?s|whatis)"
    r"(?:一下|下|us)?"
)
_IS = r"(?:是|是什么|是多少|为|吧|哦|呢|哈)?"
_ASKS = re.compile(rf"(?:{_PLEASE})?{_SEVERAL}{_IS}", re.IGNORECASE)
_REQUEST = re.compile(rf"(?:(?:方便|可否|能否).*{_PLEASE}{_SEVERAL}吗?|.*{_PLEASE}{_SEVERAL}{_IS})")
"""A request for it, whatever stands before: 愿意参加访谈请留下微信."""

_ANYBODYS = re.compile(rf"(?P<whose>\w{{0,10}}?)(?:{_REACHED}){_IS}", re.IGNORECASE)
_CALLED = re.compile(
    r"(?:请问)?(?:您|你|我们)?(?:该|应该|可以)?(?:怎么|如何|怎样)称呼(?:您|你)?(?:呢|比较好)?|(?:请问)?(?:您|你)贵姓|"
    r"(?:how|what)shouldwecallyou|whoareyou",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"谁|哪|什么|多少|多久|几|吗|是否|为何|如何|怎|还是|喜欢|满意|品牌|偏好|希望|首选|最|更|用过|使用|关注|了解|知道|记得|"
    r"主播|达人|博主|作者|明星|演员|角色|导演|歌手|偶像|产品|商品|作品|视频|节目|直播|频道|栏目|平台|渠道|竞品|对手|"
    r"店铺|门店|商家|客服|会不会|愿不愿|能不能|有没有|类型|公众|官方|我们|看|追|逛|买|brand|product|video|favou?rite|which|how"
)
"""What makes a question one about something else, when it stands before the word."""

_CHANNEL = re.compile("微信|qq|手机|电话|邮箱|邮件|e-?mail|phone|telegram|whatsapp")
_CONTACT = re.compile("联系|信息|资料|登记|领奖|中奖|收货|contact|detail|info")
"""An app may be an option of a question (常用软件—微信), where the question is not for contacts."""

_REASON = re.compile("为什么|为何|是否|是不是|哪|多久|多少|几次|喜欢|谁")
_WHO = re.compile(r"谁|哪|多少|多久|几|为什么|which|why|how")
_AFTER = re.compile(
    r"如|若|要是|为了?|愿意|想|方便|感谢|谢谢|最后|中奖|领奖|抽奖|我们|以便|便于|用于|仅|将|不会|会|保证|承诺|请放心|选填|必填|"
    r"只|凭|作为|奖品|活动|可选|非必|is|for|if|to|we|optional"
)
"""How a clause begins that only says why or when the other one asks."""

_NUMBER = re.compile(
    r"^(?:[\[(【]?[q第]?\d+[题]?[\])】、.．:：)）|]+|\(\d+\)|（\d+）)+", re.IGNORECASE
)
_ASIDE = re.compile(
    r"[\[(（【].*?[\])）】]|(?<=[^,，。;；:：?？!])(?:方便(?!接听|联系的)|以便|便于|用于|仅用|仅供)[^,，。;；:：?？!]*|(?<=[a-z])ifyou.*$|[*＊_＿\s\"“”'’]+"
)
_CLAUSES = re.compile(r"[,，。;；!！?？:：]+|\.(?=$)")
_TRADITIONAL = str.maketrans(
    "電話機聯絡碼郵號證貴錄寫請問問稱呼寄", "电话机联络码邮号证贵录写请问问称呼寄"
)


_LONGEST = 200


@lru_cache(maxsize=4096)
def is_personal(header: str) -> bool:
    """Return whether a column holds only who somebody is: from a tool, or a question for it.

    >>> [is_personal(h) for h in ("来自IP", "3、您的手机号：", "姓名和电话", "您多久看一次微信？")]
    [True, True, True, False]
    """
    text = tidy(header).translate(_TRADITIONAL)[:_LONGEST]
    bare = _NUMBER.sub("", text)
    if {text, bare, _ASIDE.sub("", bare)} & _TOOL:
        return True
    *stem, part = re.split("—+|--|–", bare)
    if stem and _CHANNEL.fullmatch(part) and not _CONTACT.search(stem[0]):
        return False
    clauses = [one for one in _CLAUSES.split(_ASIDE.sub("", _NUMBER.sub("", part))) if one]
    asked = [one for one in clauses if not _AFTER.match(one) or _is_asked(one)]
    return bool(asked) and (
        all(map(_is_asked, asked)) or (any(map(_is_requested, asked)) and not _asks_else(clauses))
    )


def _is_asked(clause: str) -> bool:
    """Whether a clause asks who somebody is, or where to be reached."""
    if _ASKS.fullmatch(clause) or _CALLED.fullmatch(clause) or _is_requested(clause):
        return True
    found = _ANYBODYS.fullmatch(clause)
    return found is not None and not _ASKED.search(found["whose"])


def _is_requested(clause: str) -> bool:
    return bool(_REQUEST.fullmatch(clause)) and not _REASON.search(clause)


def _asks_else(clauses: list[str]) -> bool:
    """Whether a clause asks for something else, so that the answer is no name of the one asked."""
    return any(_WHO.search(one) and not _is_asked(one) for one in clauses)
