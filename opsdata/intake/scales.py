"""The order of answers that stand on a scale, and of those that name amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

_ABOUT = (
    "满意|同意|认同|赞同|符合|重要|愿意|可能|喜欢|了解|方便|清楚|关注|好|高|容易|信任|接近|有用"
)
_VERY = "非常|很|十分|极|极其|完全|最|特别|根本"
_RATHER = "比较|较|较为|不太|不怎么|基本|有点|有些|还算"
_OF = "agree|satisfied|likely|important|good|useful"

_DEGREES: tuple[tuple[int, str], ...] = (
    (1, rf"(?:{_VERY})(?:不\w+|差|低)|从不|从未|从来不|never"),
    (1, r"(?:strongly|very|extremely) (?:dis\w+|un\w+|poor|bad)|not at all \w+"),
    (2, rf"(?:{_RATHER})?(?:不\w+|差|低)|(?:不太|不怎么)(?:{_ABOUT})|很少|偶尔|rarely|seldom"),
    (2, r"(?:somewhat |slightly |a little )?(?:dis\w+|un\w+)|poor|not (?:so )?\w+"),
    (3, "一般|中立|一般般|不确定|说不清|不好说|普通|还行|还可以|适中|有时|有时候|sometimes"),
    (3, r"neutral|neither\b.*|fair|average|unsure"),
    (4, rf"(?:{_RATHER})?(?:{_ABOUT})|经常|often|(?:somewhat |slightly |a little )?(?:{_OF})"),
    (5, rf"(?:{_VERY})(?:{_ABOUT})|总是|一直|always"),
    (5, rf"(?:strongly|very|extremely|completely) (?:{_OF})|excellent"),
)
"""Words of degree, the least first; the first that fits wins."""

_PATTERNS = tuple((rank, re.compile(words, re.IGNORECASE)) for rank, words in _DEGREES)
_TOPIC = re.compile(rf"{_ABOUT}|{_OF}|dissatisfied|unlikely|poor|[差低]", re.IGNORECASE)
_LITTLE = re.compile(rf"{_RATHER}|somewhat |slightly |a little ", re.IGNORECASE)
_POINTS = re.compile(r"(\d+)\s*(?:分|星|颗星)?")
_BELOW = re.compile(r"以下|以内|不到|少于|小于|没有|从不|[<＜]")
_ABOVE = re.compile(r"以上|超过|多于|大于|[>＞+]")
_AMOUNT = re.compile(r"\d+(?:\.\d+)?")


def degree(text: str) -> int | None:
    """Return the rank of a word of degree from 1 (least) to 5, None when it is none.

    >>> [degree(word) for word in ("非常不满意", "不满意", "一般", "满意", "非常满意", "抖音")]
    [1, 2, 3, 4, 5, None]
    """
    plain = " ".join(text.split())
    return next((rank for rank, words in _PATTERNS if words.fullmatch(plain)), None)


def is_scale(options: Sequence[str]) -> bool:
    """Return whether options are words of degree about something, each of its own rank."""
    return ranked(options) and any(_TOPIC.search(option) for option in options)


def ranked(options: Sequence[str]) -> bool:
    """Return whether options are words of degree, no two of one rank."""
    return ranks(options) is not None


def ranks(options: Sequence[str]) -> dict[str, int] | None:
    """Return the rank of each option on a scale of five, or of seven where five are too few.

    None when they are no words of degree or two of them have one rank.

    >>> ranks(["满意", "一般"])
    {'满意': 4, '一般': 3}
    >>> ranks(["不满意", "有点不满意", "一般", "有点满意", "满意"])
    {'不满意': 2, '有点不满意': 3, '一般': 4, '有点满意': 5, '满意': 6}
    """
    for scale in (degree, fine_degree):
        found = {option: scale(option) for option in options}
        known = {option: rank for option, rank in found.items() if rank is not None}
        if found and len(known) == len(options) and len(set(known.values())) == len(known):
            return known
    return None


def fine_degree(text: str) -> int | None:
    """Return the rank of a word of degree from 1 to 7: between a little and plainly is a step.

    >>> [fine_degree(word) for word in ("非常不满意", "比较不满意", "不太满意", "比较满意", "满意")]
    [1, 3, 3, 5, 6]
    """
    rank = degree(text)
    if rank is None:
        return None
    little = bool(_LITTLE.match(text.strip()))
    return {1: 1, 2: 3 if little else 2, 3: 4, 4: 5 if little else 6, 5: 7}[rank]


def points(text: str) -> int | None:
    """Return the points that an answer gives, None when it gives none.

    >>> points("5"), points("4分"), points("好")
    (5, 4, None)
    """
    found = _POINTS.fullmatch(text.strip())
    return int(found[1]) if found else None


def ordered(options: Sequence[str]) -> list[str]:
    """Return options in their natural order: by degree, by amount, else as they came.

    >>> ordered(["26-30岁", "18岁以下", "18-25岁", "30岁以上"])
    ['18岁以下', '18-25岁', '26-30岁', '30岁以上']
    """
    if ranked(options):
        return sorted(options, key=(ranks(options) or {}).__getitem__)
    if all(_AMOUNT.search(option) for option in options):
        return sorted(options, key=_amount)
    return list(options)


def _amount(option: str) -> tuple[float, int]:
    found = _AMOUNT.search(option)
    side = -1 if _BELOW.search(option) else 1 if _ABOVE.search(option) else 0
    return (float(found[0]) if found else 0.0, side)


def merged(sequences: Iterable[Sequence[str]], options: Sequence[str]) -> list[str]:
    """Return options in the one order that all sequences keep, else as they came.

    >>> merged([["甲", "丙"], ["乙", "丙"], ["甲", "乙"]], ["甲", "丙", "乙"])
    ['甲', '乙', '丙']
    """
    before: dict[str, set[str]] = {option: set() for option in options}
    for sequence in sequences:
        for first, second in pairwise(sequence):
            before[second].add(first)
    done: list[str] = []
    while len(done) < len(options):
        free = [o for o in options if o not in done and before[o] <= set(done)]
        if not free:
            return list(options)
        done.append(free[0])
    return done
