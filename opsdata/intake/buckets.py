"""What a share of an audience is about: its dimension and bucket in one spelling.

Teams type these tables by hand, so 广西壮族自治区 stands beside 广西, 18~23岁 beside 18-23,
20:00-21:00 beside 20点. What is not known keeps its own words.
"""

from __future__ import annotations

import re
import unicodedata

_DIMENSIONS = {
    "gender": ("性别", "性别分布", "gender"),
    "age": ("年龄", "年龄段", "年龄分布", "age"),
    "region": ("省份", "省", "地域", "地区", "地域分布", "省份分布", "region", "province"),
    "tier": ("城市等级", "城市级别", "城市线级", "城市等级分布", "tier", "citytier"),
    "city": ("城市", "城市分布", "city"),
    "device": ("设备", "设备品牌", "手机品牌", "设备分布", "device"),
    "hour": ("活跃时段", "活跃时间", "时段", "活跃小时", "活跃分布", "hour"),
    "weekday": ("活跃星期", "星期", "活跃日", "weekday"),
}
_DIMENSION_OF = {name: key for key, names in _DIMENSIONS.items() for name in names}

_GENDERS = {"男性": "男", "male": "男", "男士": "男", "女性": "女", "female": "女", "女士": "女"}

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_ENGLISH_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_PROVINCE_END = re.compile(
    r"(?<=..)(?:壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市)$"
)
_BEFORE_PLACE = re.compile(r"^IP\s*(?:归?属地)?\s*[:：]\s*", re.IGNORECASE)
_WEEKDAY = re.compile(r"^(?:周|星期|礼拜)([一二三四五六日天1-7])")
_HOUR = re.compile(r"^(\d{1,2})(?:点|时|:00)?(?:[-~至到](\d{1,2})(?:点|时|:00)?)?$")


def named(dimension: str, bucket: str) -> tuple[str, str]:
    """Return a dimension's key and a bucket's plain spelling.

    >>> named("省份", "广西壮族自治区"), named("年龄", "18~23岁"), named("城市", "一线城市")
    (('region', '广西'), ('age', '18-23'), ('tier', '一线'))
    >>> named("活跃时段", "20:00-21:00"), named("活跃时段", "星期天 8点")
    (('hour', '20'), ('hour_of_week', '周日 8'))
    >>> named("兴趣", "美食")
    ('兴趣', '美食')
    """
    text = "".join(dimension.split()).lower()
    key = _DIMENSION_OF.get(text, text if text in _DIMENSIONS else dimension.strip())
    plain = unicodedata.normalize("NFKC", bucket).strip()
    if key == "city" and "线" in plain:
        key = "tier"
    if key in ("hour", "weekday"):
        return _time(plain) or (key, plain)
    return key, _PLAIN.get(key, str)(plain)


def crowd(said: str | None) -> str:
    """Return whose shares they are; followers where a file does not say.

    >>> crowd(None), crowd("粉丝画像"), crowd("观众"), crowd("直播用户")
    ('followers', 'followers', 'viewers', '直播用户')
    """
    text = (said or "").strip()
    if not text or "粉丝" in text or "follower" in text.lower():
        return "followers"
    if "观众" in text or "看播" in text or "viewer" in text.lower():
        return "viewers"
    return text


def place(said: str) -> str | None:
    """Return where a comment comes from as it is spelled everywhere; None where nothing is said.

    >>> place("IP属地：广东"), place("新疆维吾尔自治区"), place("***（浙江）"), place("IP属地：")
    ('广东', '新疆', '浙江', None)
    """
    text = unicodedata.normalize("NFKC", said).replace("***", "").strip(" ()")
    return _region(_BEFORE_PLACE.sub("", text).strip()) or None


def _gender(bucket: str) -> str:
    return _GENDERS.get(bucket.lower(), bucket)


def _age(bucket: str) -> str:
    """Return an age band as 18-23, <18 or 50+."""
    text = re.sub(r"[岁\s]|years?|old", "", bucket).replace("至", "-")
    text = re.sub(r"[~–—到]", "-", text)
    if found := re.fullmatch(r"(?:[>≥]=?(\d+)|(\d+)(?:\+|-|及?以上))", text):
        return f"{found[1] or found[2]}+"
    if found := re.fullmatch(r"(?:[<≤]=?(\d+)|(\d+)及?以下)", text):
        return f"<{found[1] or found[2]}"
    return text


def _region(bucket: str) -> str:
    return _PROVINCE_END.sub("", bucket)


def _tier(bucket: str) -> str:
    return bucket.removesuffix("城市")


_PLAIN = {"gender": _gender, "age": _age, "region": _region, "city": _region, "tier": _tier}


def _time(bucket: str) -> tuple[str, str] | None:
    """Return a weekday, an hour, or an hour of a weekday; None for any other stretch of time."""
    text = "".join(bucket.split()).lower()
    day, rest = _weekday(text)
    if day and not rest:
        return "weekday", day
    hour = _hour(rest)
    if hour is None:
        return None
    return ("hour_of_week", f"{day} {hour}") if day else ("hour", str(hour))


def _weekday(text: str) -> tuple[str, str]:
    """Return the weekday a text begins with, "" for none, and what follows."""
    if found := _WEEKDAY.match(text):
        at = "一二三四五六日1234567".index(found[1].replace("天", "日")) % 7
        return WEEKDAYS[at], text[found.end() :].lstrip(",，_-")
    if text[:3] in _ENGLISH_DAYS:
        rest = re.sub(r"^[a-z]+[,_-]*", "", text)
        return WEEKDAYS[_ENGLISH_DAYS.index(text[:3])], rest
    return "", text


def _hour(text: str) -> int | None:
    """Return the hour that a text means, None when it means more than one."""
    found = _HOUR.match(text)
    if found is None or int(found[1]) > 23:
        return None
    start = int(found[1])
    if found[2] is not None and int(found[2]) % 24 not in ((start + 1) % 24, start):
        return None
    return start
