"""How people write what they can be reached by or known by.

Each rule needs a sign; the signs are plain enough to sift a whole column at once, so the
rules look only at texts that have one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from opsdata.intake.lookalikes import (
    Found,
    is_address,
    is_bank_card,
    is_handle,
    is_hotline,
    is_id_card,
    is_phone,
    is_written_short,
)

_LETTERS = {0xFF21 + at: 0x41 + at for at in range(26)} | {
    0xFF41 + at: 0x61 + at for at in range(26)
}
WIDE = _LETTERS | str.maketrans(
    "０１２３４５６７８９－＋＠．：＿／（）　\xa0", "0123456789-+@.:_/()  "
)
"""One sign for one sign, so that what is found stands at the same place in the text."""

_TAIL = r"[a-z0-9][-_a-z0-9]{3}"
_HAN = "一二三四五六七八九零〇幺壹贰叁肆伍陆柒捌玖"
SIGNS = {
    "number": "[0-9][0-9 ._/·—–~()．＿／（）－\u3000\xa0-]{5,}[0-9x]",
    "mail": "[@＠]",
    "net": "[:：][0-9a-f]*[:：]",
    "chat": rf"(?:微|薇|威|徽|维|卫星|绿泡泡|[vw]x|wechat|weixin|[加私➕]\s*我).{{0,14}}{_TAIL}"
    rf"|v(?:信|[^a-z0-9]).{{0,8}}{_TAIL}"
    rf"|{_TAIL}.{{0,22}}(?:微信|v信|[vw]x|wechat|weixin)|[加扫私➕+＋]\s*v|[vw]x(?:id)?_|add.{{0,4}}v",
    "qq": r"(?:q|扣|企鹅).{0,8}\d{5}",
    "handle": r"(?:抖音|快手|小红书|微博|b站|tiktok|instagram|telegram|tg|whatsapp).{0,8}"
    rf"{_TAIL}",
    "spelled": rf"[{_HAN}][{_HAN} -]{{10}}",
}
"""What a text has that holds personal data of one sort, case aside; most texts have none."""

SIFT = "(?i)[０-９Ａ-Ｚａ-ｚ]|" + re.sub(r"\.\{0,\d+\}", ".*", "|".join(SIGNS.values()))
"""All of them as one, for texts as they stand: wider, because counting takes it longer."""


@dataclass(frozen=True)
class Rule:
    """One way a sort of personal data is written: the group ``it`` is what gets masked."""

    kind: str
    sign: str
    pattern: re.Pattern[str]
    check: Callable[[Found], bool] | None = None


def _rule(kind: str, sign: str, *parts: str, check: Callable[[Found], bool] | None = None) -> Rule:
    return Rule(kind, sign, re.compile("".join(parts), re.IGNORECASE), check)


_CHAT = r"[a-z][-_a-z0-9]{5,19}(?![-_a-z0-9])"
_SHORT = r"[a-z][-_a-z0-9]{3,19}(?![-_a-z0-9])"
_SIGNED = rf"(?=[-_a-z]*\d){_CHAT}"
_WECHAT = r"(?:微信|薇信?|威信|徽信|卫星|绿泡泡|(?<![a-z])(?:v信|vx|wx|wechat|weixin))"
_NAME = r"(?:[小大新]|工作|私人|个人)?(?:[账帐]?号码?|id)"
_IS = rf"[\s❤♥️]*{_NAME}?\s*(?:[:：为→]|就?是|同号)"
_HEART = r"[❤♥💗💛💚💙💜🧡🤍🖤💕]️?"
_QQ = r"(?:(?<![a-z])(?:qq|q(?=[群号:：]|\s{1,2}\d{7}))|扣(?=[\s\d号群:：])|扣扣|企鹅)"
_UNIT = (
    r"(?!\s*(?:次|个|元|块|人|条|分|积分|%|万|亿|播放|阅读|点赞|浏览|曝光|粉丝|"
    r"views?\b|plays?\b|likes?\b))"
)
_COUNT = (
    r"(?!\s*(?:(?:次|个|元|块|人|条|分|积分)"
    r"(?=$|\W|播放|观看|看过|在看|点赞|浏览|阅读|曝光|关注|收藏|转发|评论|粉丝|左右|以上|多)|%|万(?!一)|亿|"
    r"(?:播放|阅读|点赞|浏览|曝光|粉丝)(?=$|\W|[量数次破了])|(?:views?|plays?|likes?)\b))"
)
"""No unit behind a phone's number: 个 counts, 个人 does not, and neither does 人工."""

_GAP = r"(?: ?[-.—–_/·~] ?| )"
_MOBILE = rf"1[3-9]\d(?:{_GAP}?\d{{4}}{_GAP}?\d{{4}}|{_GAP}\d{{3}}{_GAP}\d{{5}})"
_DIGITS_END = r"(?![\d_]|\.\d|,\d{3}(?!\d)|%)"

RULES = (
    _rule("email", "mail", r"(?P<it>[a-z0-9][\w.+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})"),
    _rule(
        "id_card",
        "number",
        r"身份证(?:号码?)?[\s:：是为]{0,6}",
        r"(?P<it>\d{6}[ -]?\d{8}[ -]?\d{3}[\dx]|\d{15})(?!\d)",
    ),
    _rule(
        "id_card",
        "number",
        r"(?<![\da-z])(?P<it>\d{6}[ -]?\d{8}[ -]?\d{3}[\dx])(?![\da-z])",
        check=is_id_card,
    ),
    _rule(
        "id_card",
        "number",
        r"(?<![\d.])(?P<it>\d\.\d{13,16}e\+?17)(?!\d)",
        check=is_written_short,
    ),
    _rule(
        "bank_card",
        "number",
        r"(?<![\d/=.])(?P<it>\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)(?![\d.])",
        check=is_bank_card,
    ),
    _rule("wechat", "chat", _WECHAT, rf"{_IS}*\s*(?P<it>(?:\+?86)?1[3-9]\d{{9}})(?!\d)"),
    _rule("wechat", "chat", r"(?P<it>(?<![a-z])wxid_\w{6,}|(?<![-\w./])[vw]x_[a-z0-9][-\w]{2,19})"),
    _rule(
        "wechat", "chat", _WECHAT, rf"{_IS}+\s*(?P<it>{_CHAT}|\d{{6,12}}(?!\d))", check=is_handle
    ),
    _rule("wechat", "chat", _WECHAT, rf"\s*{_NAME}\s*(?P<it>{_CHAT})", check=is_handle),
    _rule(
        "wechat",
        "chat",
        r"(?:[加➕+＋扫私]|add)\s*(?:我|个|一下|下)?\s*的?\s*",
        rf"(?:{_WECHAT}|[v微威薇徽维]){_IS}*\s*(?P<it>{_CHAT}|\d{{6,12}}(?!\d))",
        check=is_handle,
    ),
    _rule(
        "wechat",
        "chat",
        rf"(?:{_WECHAT}\s*(?:(?:同?号码?|id)|(?:搜索?|查找?|找)(?:一?下)?[:：]?)?|",
        r"(?<![a-z0-9大])v(?:\s*[:：+＋]|(?=\s)))\s*",
        rf"(?P<it>{_SIGNED})",
        check=is_handle,
    ),
    _rule(
        "wechat",
        "chat",
        rf"(?:(?<![a-z0-9])v|[微薇威]信?)\s*{_HEART}\s*[:：]?\s*(?P<it>{_SHORT})",
        check=is_handle,
    ),
    _rule("wechat", "chat", rf"我的?\s*{_WECHAT}\s*(?:就?是)?\s*(?P<it>{_CHAT})", check=is_handle),
    _rule("wechat", "chat", rf"[加私➕]\s*我\s*(?P<it>{_SIGNED})", check=is_handle),
    _rule(
        "wechat",
        "chat",
        rf"(?<![-_a-z0-9])(?P<it>{_SIGNED})\s*",
        rf"(?:[(\[【]\s*{_WECHAT}号?\s*[)\]】]|是我的?{_WECHAT})",
        check=is_handle,
    ),
    _rule(
        "handle",
        "handle",
        r"(?:抖音|快手|小红书|微博|b站|(?<![a-z])(?:tiktok|instagram|telegram|tg|whatsapp))\s*",
        rf"(?:{_NAME}\s*[:：是为]*|(?<=[a-z])\s*[:：@])\s*@?(?P<it>{_SHORT}|\d{{5,12}}(?!\d))",
        check=is_handle,
    ),
    _rule(
        "qq",
        "qq",
        rf"(?:{_QQ}|[加➕+＋]\s*我?\s*q)\s*(?:号码?|群)?[\s:：是为，,]*",
        rf"(?P<it>[1-9]\d{{4,11}})(?!\d){_UNIT}",
    ),
    _rule(
        "phone",
        "number",
        rf"(?<![\d_])(?<!\d[.-])(?P<it>(?:\(?(?:\+|00)?86\)?[- ]?)?{_MOBILE})",
        rf"{_DIGITS_END}{_COUNT}",
        check=is_phone,
    ),
    _rule(
        "phone",
        "number",
        r"(?<![\d.-])(?P<it>\(?0(?:10|2\d|[3-9]\d{2})(?:\) ?| ?[-—–/] ?| )\d{3,4}[- ]?\d{4})",
        r"(?![\d-]|\.\d)",
    ),
    _rule(
        "phone",
        "number",
        r"(?<![\d-])(?P<it>[48]00-(?:\d{3}-\d{4}|\d{4}-\d{3}|\d{7}))(?![\d-])",
        check=is_hotline,
    ),
    _rule(
        "phone",
        "number",
        r"(?:电话|座机|固话|热线|致电|(?<![a-z])tel)[\s:：.是为]{0,4}",
        r"(?P<it>0\d{9,11}|[48]00 ?\d{3} ?\d{4})(?!\d)",
    ),
    _rule(
        "phone",
        "spelled",
        rf"(?<![{_HAN}])(?P<it>[一幺壹][三四五六七八九叁肆伍陆柒捌玖](?:[ -]?[{_HAN}]){{9}})",
        rf"(?![{_HAN}])",
    ),
    _rule(
        "ip",
        "number",
        r"(?<![\d.])(?P<it>\d{1,3}(?:\.\d{1,3}){3})(?!\d|\.\d)",
        check=is_address,
    ),
    _rule(
        "ip",
        "net",
        r"(?<![0-9a-z])(?P<it>(?=[0-9a-f:]{0,39}\d)(?:[0-9a-f]{1,4}|(?=::))(?::[0-9a-f]{0,4}){2,7})",
        r"(?![0-9a-z:])",
        check=is_address,
    ),
)
"""The more certain first, because what is masked is not looked at again."""
