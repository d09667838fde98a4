"""What kind of question a column of answers is, and what each answer says.

Each distinct text is read once. Skipped by the survey's logic is not left empty, and
neither is an answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from opsdata.intake import scales
from opsdata.intake.private import MASK


class Kind(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    SCALE = "scale"
    MATRIX = "matrix"
    NPS = "nps"
    RANKING = "ranking"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True)
class Said:
    """One answer: the option chosen, what was written, the number it stands for."""

    option: str | None = None
    text: str | None = None
    number: float | None = None


@dataclass(frozen=True)
class Understood:
    """A column of answers understood: its kind, its options in order, each text's answers."""

    kind: Kind
    options: tuple[str, ...]
    said: Mapping[str, tuple[Said, ...]]


_SKIPPED = re.compile(r"\s*[(（{]跳过[)）}]\s*")
_EMPTY = re.compile(r"\s*(?:[(（]空[)）])?\s*")
_ARROW = re.compile(r"\s*(?:→|-+>)\s*")
_SPLIT = re.compile(r"┋(?![^〖]*〗)")
_OTHER = re.compile(r"(?P<option>[^〖]*)〖(?P<text>.*)〗\s*", re.DOTALL)
_OPEN = re.compile(
    r"简答|开放|建议|意见|为什么|原因是|请说明|请描述|想说|吐槽|留言|comment|suggest|why\b", re.I
)
_WRITTEN = re.compile(
    r"\s*(?:访谈|采访)?(?:回答|回答内容|内容|记录|原话|笔记)\s*|answer|quote|notes?", re.IGNORECASE
)
"""What the column of a list of interviews is called that holds what was said."""

_ASKED = re.compile(r"\s*(?:问题|提问|question)\s*", re.IGNORECASE)
"""What its column is called that holds what was asked, however seldom twice the same."""

_NPS = re.compile(r"推荐|安利|介绍给|NPS|recommend", re.IGNORECASE)
_TO_TEN = re.compile(r"0\s*[-–—~～到至]\s*10")
"""What the title of a question with eleven points may say."""
_RATED = re.compile(
    r"满意|评分|打分|评价|程度|几分|多少分|星|rate|rating|score|satisf", re.IGNORECASE
)
_SEPARATORS = ("|", "；", ";", "\n", ", ", "，", ",", "、")
_NONE = re.compile(r"\s*(?:无|没有|暂无|没|none|no|n/a)[。.!！]*\s*", re.IGNORECASE)
_MOST_OPTIONS = 30
_FEW_ANSWERS, _SHORT_OPTION = 20, 12
"""Among so few answers one repetition of short texts already says that they were chosen."""

_LONGEST_OPTION = 40


def is_skipped(text: str | None) -> bool:
    """Return whether the survey's logic passed a question over."""
    return text is not None and bool(_SKIPPED.fullmatch(text))


def is_empty(text: str | None) -> bool:
    """Return whether a question was seen and left open."""
    return text is None or bool(_EMPTY.fullmatch(text))


def understand(title: str, counts: Mapping[str, int], is_part: bool = False) -> Understood:
    """Return what a column of answers is; ``counts`` are its distinct texts in their order.

    ``is_part`` says that it is a row of a matrix.
    """
    texts = [text for text in counts if not is_empty(text) and not is_skipped(text)]
    if _WRITTEN.fullmatch(title):
        return _written(texts)
    if _ASKED.fullmatch(title):
        asked: Reading = {text: (Said(option=text),) for text in texts}
        return Understood(Kind.SINGLE, *_options(Kind.SINGLE, asked))
    for kind, reading in (
        (Kind.MULTIPLE, _multiple(texts)),
        (Kind.RANKING, _ranking(texts, counts)),
        (Kind.NPS, _numbers(texts, 0, 10) if _is_nps(title, texts) else None),
        (Kind.SCALE, None if _OPEN.search(title) else _scale(title, texts, is_part)),
        (Kind.MULTIPLE, None if _OPEN.search(title) else _joined(texts, counts)),
        (Kind.NUMBER, _numbers(texts)),
        (Kind.SINGLE, None if _OPEN.search(title) else _single(texts, counts)),
    ):
        if reading is not None:
            return Understood(_kind(kind, is_part), *_options(kind, reading))
    return _written(texts)


def _written(texts: Sequence[str]) -> Understood:
    return Understood(Kind.TEXT, (), {text: (Said(text=text),) for text in texts})


def _kind(kind: Kind, is_part: bool) -> Kind:
    return Kind.MATRIX if is_part and kind in (Kind.SCALE, Kind.SINGLE, Kind.MULTIPLE) else kind


Reading = dict[str, tuple[Said, ...]]


def _options(kind: Kind, reading: Reading) -> tuple[tuple[str, ...], Reading]:
    """Return the options of all answers in order, and the answers."""
    seen = dict.fromkeys(s.option for said in reading.values() for s in said if s.option)
    options = [option for option in seen if option is not None]
    if kind is Kind.NUMBER:
        return (), {text: (Said(number=said.number),) for text, (said,) in reading.items()}
    if kind is Kind.MULTIPLE:
        chosen = [[s.option for s in said if s.option] for said in reading.values()]
        return tuple(scales.merged(chosen, options)), reading
    return tuple(scales.ordered(options)), reading


def _choice(text: str) -> Said:
    """Return one chosen option, with what was written beside it."""
    other = _OTHER.fullmatch(text)
    if other is None:
        return Said(option=text.strip())
    return Said(option=other["option"].strip(), text=other["text"].strip() or None)


def _multiple(texts: Sequence[str]) -> Reading | None:
    """Return several options an answer, if any answer is joined as 问卷星 joins them."""
    if not any(_SPLIT.search(text) for text in texts):
        return None
    return {text: tuple(map(_choice, _SPLIT.split(text))) for text in texts}


def _ranking(texts: Sequence[str], counts: Mapping[str, int]) -> Reading | None:
    """Return options in the order they were put in, if answers are chains of the same few."""
    chains = {text: tuple(p.strip() for p in _ARROW.split(text) if p.strip()) for text in texts}
    parts = {part for chain in chains.values() for part in chain}
    chained = [text for text in texts if len(chains[text]) > 1]
    uses = sum(len(chains[text]) * counts[text] for text in texts)
    if (
        not chained
        or len(parts) > _MOST_OPTIONS
        or (len(parts) > len(chains[chained[0]]) and uses < 2 * len(parts))
        or max(map(len, parts)) > _LONGEST_OPTION
        or any(len(set(chain)) < len(chain) for chain in chains.values())
    ):
        return None
    return {
        text: tuple(replace(_choice(part), number=at) for at, part in enumerate(chain, start=1))
        for text, chain in chains.items()
    }


def _joined(texts: Sequence[str], counts: Mapping[str, int]) -> Reading | None:
    """Return several options an answer, if answers are made of the same few parts."""
    for separator in _SEPARATORS:
        parts = {text: [p.strip() for p in text.split(separator) if p.strip()] for text in texts}
        joined = [text for text in texts if len(parts[text]) > 1]
        distinct = {part for found in parts.values() for part in found}
        uses = sum(len(parts[text]) * counts[text] for text in texts)
        if (
            len(joined) >= 2
            and len(distinct) < len(texts) + 2
            and len(distinct) <= _MOST_OPTIONS
            and uses >= 2 * len(distinct)
            and max(map(len, distinct)) <= _LONGEST_OPTION
            and MASK not in distinct
        ):
            return {text: tuple(map(_choice, parts[text])) for text in texts}
    return None


def _is_nps(title: str, texts: Sequence[str]) -> bool:
    given = [scales.points(text) for text in texts]
    above = any(g is not None and (g > 5 or g == 0) for g in given)
    return bool(_NPS.search(title)) and (above or bool(_TO_TEN.search(title)))


def _numbers(texts: Sequence[str], low: float = -1e300, high: float = 1e300) -> Reading | None:
    """Return answers as numbers, if all are and lie between two."""
    reading: Reading = {}
    for text in texts:
        try:
            number = float(scales.points(text) or text.strip().rstrip("分星"))
        except ValueError:
            return None
        if not low <= number <= high:
            return None
        reading[text] = (Said(option=text.strip().rstrip("分星"), number=number),)
    return reading or None


def _scale(title: str, texts: Sequence[str], is_part: bool) -> Reading | None:
    """Return answers with their rank, if they are words of degree or points."""
    ranks = scales.ranks(texts)
    if ranks and (is_part or scales.is_scale(texts)):
        return {text: (Said(option=text.strip(), number=ranks[text]),) for text in texts}
    rated = is_part or _RATED.search(title) or _NPS.search(title)
    given = any(re.search("[分星]", text) for text in texts)
    return _numbers(texts, 1, 10) if rated or given else None


def _single(texts: Sequence[str], counts: Mapping[str, int]) -> Reading | None:
    """Return one option an answer, if few short options make up the answers."""
    chosen: Reading = {text: (_choice(text),) for text in texts}
    options = {said.option or "" for (said,) in chosen.values()}
    few = _are_few(options, {text: counts[text] for text in texts if not _NONE.fullmatch(text)})
    noted = any(said.text for (said,) in chosen.values())
    if not texts or not (few or noted) or MASK in " ".join(options):
        return None
    return chosen if max(map(len, options)) <= _LONGEST_OPTION else None


def _are_few(options: set[str], counts: Mapping[str, int]) -> bool:
    """Whether answers repeat so much that they were chosen from a list, not written."""
    answers = sum(counts.values())
    if len(options) > _MOST_OPTIONS or not counts:
        return False
    short = answers <= _FEW_ANSWERS and max(map(len, options)) <= _SHORT_OPTION
    return len(options) <= max(2, answers // 2) or (short and len(counts) < answers)
