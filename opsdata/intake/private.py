"""Personal data inside free text, masked before anything is stored.

A phone number, an ID card, a bank card, an address of mail, net or chat: each is replaced
by ``***`` and counted. What only looks alike stays: play counts, days, prices, the ids of
works. The distinct texts of a column are sifted at once, and only the suspicious ones are
looked at one by one.
"""

from __future__ import annotations

import ipaddress
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MASK = "***"

Found = re.Match[str]

MENTION = re.compile(r"[@＠](?P<it>[^\s@＠#＃*，。！？、；：,.!?;:\[\]【】（）()<>]{1,30})")
"""Somebody called by name in a comment, as the apps write it."""

_SIFT = (
    r"(?i)[0-9０-９][0-9０-９ \-－.]{3,}[0-9０-９xX]|@|＠|:[0-9a-f]*:"
    r"|微|薇|威信|徽信|卫星|绿泡泡|v信|[vw]x|wechat|weixin|[加➕+＋扫私]|\bv\s*[:：]|q|扣|企鹅"
)
"""Any text that holds personal data matches this; most texts do not."""

_WIDE = str.maketrans("０１２３４５６７８９－＋＠．：＿", "0123456789-+@.:_")

_UNIT = (
    r"(?!\s*(?:次|个|元|块|人|条|分|积分|%|万|亿|播放|阅读|点赞|浏览|曝光|粉丝|"
    r"views?\b|plays?\b|likes?\b))"
)
_COUNTED = re.compile(
    r"(?:播放|播放量|阅读量?|曝光量?|浏览量?|点赞量?|粉丝量?|销售额|金额|GMV|ID|views?|plays?|[¥￥$])"
    r"\s*[:：=是为到了达]*\s*$",
    re.IGNORECASE,
)
_MOBILE = r"1[3-9]\d"
_CHAT = r"[a-zA-Z][-_a-zA-Z0-9]{5,19}(?![-_a-zA-Z0-9])"
_WECHAT_WORD = r"(?:微信|薇信?|威信|徽信|卫星|绿泡泡|(?<![a-z])(?:v信|vx|wx|wechat|weixin))"
_QQ_WORD = r"(?:(?<![a-z])(?:qq|q(?=[群号:：]))|扣(?=[\s\d号群:：])|扣扣|企鹅)"

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
    "61 62 63 64 65 71 81 82 83".split()
)


def _is_id_card(found: Found) -> bool:
    """Whether eighteen characters are an ID card: province, birthday and check digit."""
    text = found["it"].upper()
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return text[:2] in _PROVINCES and born.year >= 1900 and text[17] == "10X98765432"[total % 11]


def _is_bank_card(found: Found) -> bool:
    """Whether digits are a bank card: a known first part, its length, Luhn's check digit."""
    digits = re.sub(r"\D", "", found["it"])
    known = (
        (digits.startswith("62") and 16 <= len(digits) <= 19)
        or (re.match(r"4|5[1-5]", digits) and len(digits) == 16)
        or (digits.startswith("955") and len(digits) == 19)
    )
    sums = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return bool(known) and sum(n - 9 if n > 9 else n for n in sums) % 10 == 0


def _is_phone(found: Found) -> bool:
    """Whether a number that could be a mobile is not said to be a count or an amount."""
    return not _COUNTED.search(found.string[: found.start("it")])


def _is_address(found: Found) -> bool:
    """Whether a text is an address of the net and no version of a program."""
    before = found.string[: found.start("it")].rstrip()
    if re.search(r"(?i)(?:version|版本号?|ver\.?|\bv)\s*[:：]?$", before):
        return False
    try:
        ipaddress.ip_address(found["it"])
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class _Rule:
    """One way a sort of personal data is written: the group ``it`` is what gets masked."""

    kind: str
    pattern: re.Pattern[str]
    check: Callable[[Found], bool] | None = None


def _rule(kind: str, *parts: str, check: Callable[[Found], bool] | None = None) -> _Rule:
    return _Rule(kind, re.compile("".join(parts), re.IGNORECASE), check)


_IS = r"[\s❤♥️]*(?:号码?|id)?\s*(?:[:：是为→]|同号)"
_RULES = (
    _rule("email", r"(?P<it>[a-z0-9][\w.+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})"),
    _rule("id_card", r"身份证(?:号码?)?\s*[:：是为]*\s*(?P<it>\d{15}(?:\d\d[\dx])?)(?!\d)"),
    _rule("id_card", r"(?<![\da-z])(?P<it>\d{17}[\dx])(?![\da-z])", check=_is_id_card),
    _rule(
        "bank_card",
        r"(?<![\d/=.])(?P<it>\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)(?![\d.])",
        check=_is_bank_card,
    ),
    _rule("wechat", _WECHAT_WORD, rf"{_IS}*\s*(?P<it>(?:\+?86)?{_MOBILE}\d{{8}})(?!\d)"),
    _rule("wechat", r"(?P<it>(?<![a-z])wxid_\w{6,})"),
    _rule("wechat", _WECHAT_WORD, rf"{_IS}+\s*(?P<it>{_CHAT}|\d{{6,12}}(?!\d))"),
    _rule("wechat", _WECHAT_WORD, rf"\s*号码?\s*(?P<it>{_CHAT})"),
    _rule(
        "wechat",
        r"(?:[加➕+＋扫私]|add)\s*(?:我|个|一下|下)?\s*的?\s*",
        rf"(?:{_WECHAT_WORD}|[v微]){_IS}*\s*(?P<it>{_CHAT}|\d{{6,12}}(?!\d))",
    ),
    _rule(
        "wechat",
        rf"(?:{_WECHAT_WORD}\s*(?:同?号码?|id)?|(?<![a-z])v\s*[:：])\s*",
        rf"(?P<it>(?=[-_a-z]*\d){_CHAT})",
    ),
    _rule(
        "qq",
        rf"(?:{_QQ_WORD}|[加➕+＋]\s*我?\s*q)\s*(?:号码?|群)?\s*[:：是为]*\s*",
        rf"(?P<it>[1-9]\d{{4,11}})(?!\d){_UNIT}",
    ),
    _rule(
        "phone",
        r"(?<![\d._])(?<!\d-)",
        rf"(?P<it>(?:(?:\+|00)?86[- ]?)?{_MOBILE}(?:\d{{8}}|([- ])\d{{4}}\2\d{{4}}))",
        rf"(?![\d_]|\.\d|,\d{{3}}(?!\d)|%){_UNIT}",
        check=_is_phone,
    ),
    _rule("phone", r"(?<![\d-])(?P<it>0(?:10|2\d|[3-9]\d{2})-\d{7,8})(?![\d-])"),
    _rule("ip", r"(?<![\d.])(?P<it>\d{1,3}(?:\.\d{1,3}){3})(?!\d|\.\d)", check=_is_address),
    _rule(
        "ip",
        r"(?<![0-9a-z])(?P<it>(?=[0-9a-f:]*\d)(?:[0-9a-f]{1,4}|(?=::))(?::[0-9a-f]{0,4}){2,7})",
        r"(?![0-9a-z:])",
        check=_is_address,
    ),
)
"""The more certain first, because what is masked is not looked at again."""


@dataclass(frozen=True)
class Masked:
    """What was kept out of the database: how often each kind, and which columns whole."""

    kinds: dict[str, int] = field(default_factory=dict)
    columns: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return it as JSON values; ``cells`` is how many texts were masked in all."""
        cells = sum(self.kinds.values())
        return {"cells": cells, "kinds": dict(self.kinds), "columns": list(self.columns)}


def masked_from(plain: Mapping[str, Any] | None) -> Masked:
    """Return the Masked that ``as_json`` wrote, an empty one for nothing."""
    if not plain:
        return Masked()
    return Masked(dict(plain["kinds"]), tuple(plain["columns"]))


def mask(text: str, mentions: bool = False) -> tuple[str, Counter[str]]:
    """Return a text without the personal data in it, and how many of each kind there were.

    ``mentions`` says that what follows an @ is the name of somebody.

    >>> mask("加我微信abc123 13800000000")[0]
    '加我微信*** ***'
    >>> mask("播放13800000000次")[0]
    '播放13800000000次'
    """
    seen: Counter[str] = Counter()
    for rule in _RULES:
        for found in reversed(list(rule.pattern.finditer(text.translate(_WIDE)))):
            if rule.check is None or rule.check(found):
                start, end = found.span("it")
                text = text[:start] + MASK + text[end:]
                seen[rule.kind] += 1
    if mentions:
        text, count = MENTION.subn(f"@{MASK}", text)
        seen += Counter(mention=count)
    return text, seen


def mask_column(
    column: pa.ChunkedArray, mentions: bool = False
) -> tuple[pa.ChunkedArray, Counter[str]]:
    """Return a column of texts masked, and how many of each kind were in all its rows."""
    coded = pa.chunked_array(column).combine_chunks().dictionary_encode()
    texts = coded.dictionary
    suspects = np.flatnonzero(pc.match_substring_regex(texts, _SIFT).to_numpy(zero_copy_only=False))
    seen: Counter[str] = Counter()
    if len(suspects) == 0:
        return column, seen
    times = np.bincount(
        pc.fill_null(coded.indices, len(texts)).to_numpy(zero_copy_only=False),
        minlength=len(texts) + 1,
    )
    changed = np.zeros(len(texts), dtype=bool)
    masked = []
    for at, text in zip(suspects, texts.take(pa.array(suspects)).to_pylist(), strict=True):
        clean, kinds = mask(text, mentions)
        if kinds:
            changed[at] = True
            masked.append(clean)
            for kind, count in kinds.items():
                seen[kind] += count * int(times[at])
    if not masked:
        return column, seen
    known = pc.replace_with_mask(texts, pa.array(changed), pa.array(masked, texts.type))
    return pa.chunked_array([known.take(coded.indices)]), seen
