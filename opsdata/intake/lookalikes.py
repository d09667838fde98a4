"""What only looks like a phone, a card or a name: counts, versions, prices, words."""

from __future__ import annotations

import ipaddress
import re
from datetime import date

Found = re.Match[str]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
    "61 62 63 64 65 71 81 82 83".split()
)


def _is_someones(digits: str) -> bool:
    """Whether digits begin with a province, and go on with a birthday."""
    try:
        born = date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return digits[:2] in _PROVINCES and 1900 <= born.year <= date.today().year


def is_id_card(found: Found) -> bool:
    """Whether eighteen signs are an ID card: province, birthday and check digit.

    A workbook that takes a card for a number rounds its end away, and with it the check digit.
    """
    text = re.sub("[ -]", "", found["it"]).upper()
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    rounded = text.isdigit() and (text.endswith("0") or int(text) % 16 == 0)
    named = re.search(r"证[^\d]{0,8}$", found.string[: found.start("it")])
    right = text[17] == "10X98765432"[total % 11]
    return _is_someones(text) and bool(right or rounded or named)


def is_written_short(found: Found) -> bool:
    """Whether a number in the short form of workbooks is an ID card, as far as it is there."""
    return _is_someones(found["it"].split("e")[0].split("E")[0].replace(".", ""))


def is_bank_card(found: Found) -> bool:
    """Whether digits are a bank card: a known first part, its length, Luhn's check digit."""
    digits = re.sub(r"\D", "", found["it"])
    known = (
        (digits.startswith("62") and 16 <= len(digits) <= 19)
        or (re.match(r"4|5[1-5]", digits) and len(digits) == 16)
        or (digits.startswith("955") and len(digits) == 19)
    )
    sums = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return bool(known) and sum(n - 9 if n > 9 else n for n in sums) % 10 == 0


_COUNTED = re.compile(
    r"(?:(?:播放|阅读|曝光|浏览|点赞|粉丝|销售|访问|观看)[量数额]?|(?:转发|收藏|评论)[量数]|[销总数流]量|"
    r"金额|GMV|ID|订单号?|单号|编号|热度|库存|收入|总数|人数|次数|views?|plays?|[¥￥$])"
    r"\s*[:：=是为到了达]*\s*$",
    re.IGNORECASE,
)


def is_phone(found: Found) -> bool:
    """Whether a number that could be a mobile is no count or amount, and no three round numbers."""
    before = found.start("it")
    parts = [int(part) for part in re.findall(r"\d+", found["it"])]
    if len(parts) == 3 and any(parts[1:]) and not any(part % 50 for part in parts[1:]):
        return False
    return not _COUNTED.search(found.string[max(0, before - 16) : before])


def is_hotline(found: Found) -> bool:
    """Whether three numbers are one of a hotline, and no prices."""
    return any(int(part) % 50 for part in found["it"].split("-"))


def is_address(found: Found) -> bool:
    """Whether a text is an address of the net and no version of a program."""
    before = found.string[: found.start("it")].rstrip()
    after = found.string[found.end("it") :].lstrip()
    if re.search(r"(?i)(?:version|版本号?|ver\.?|\bv)\s*[:：]?$", before[-12:]):
        return False
    if re.match(r"更新|升级|版|正式|内测|公测|beta", after, re.IGNORECASE):
        return False
    try:
        ipaddress.ip_address(found["it"])
    except ValueError:
        return False
    return True


_WORDS = frozenset(
    "iphone ipad ipados macos macbook windows android harmony harmonyos huawei xiaomi redmi honor "
    "samsung galaxy version video videos wechat weixin weibo douyin tiktok facebook instagram "
    "youtube google chrome messenger business group official account store music windowsphone "
    "telegram whatsapp twitter program".split()
)
"""Words that stand behind the name of an app and are nobody's id there."""


def is_handle(found: Found) -> bool:
    """Whether a name is no word for a thing: iphone15, android_14."""
    return re.split(r"[\d_-]", found["it"].lower())[0] not in _WORDS
