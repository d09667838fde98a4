"""One comment into what it says: its sentiment, its kinds, its words.

Words are cut by rjieba, which knows the team's lists. A word of praise or complaint counts
one; a degree word before it makes it more or less, a negation before it turns it around, a
"but" makes what follows weigh more. Stickers count where they say something. Sarcasm is
not seen; the weekly audit tells how often that matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from opsdata.team.words import COMMENT_LISTS, Words

if TYPE_CHECKING:
    from rjieba import Jieba

COMPLAINTS = ("quality", "price", "false_claim", "attack", "compliance")
"""Kinds that a comment is of only when it is negative."""
KINDS = (*COMPLAINTS, "buy", "praise", "question")

_STICKER = re.compile(r"\[([^\[\]\s]{1,8})\]")
_PICTURE = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?")
_BREAK = re.compile(r"[，。！？；,!?;~～…\s、]+")
_WORD = re.compile(r"[A-Za-z]{2,}[A-Za-z0-9]*|[\u4e00-\u9fff]{2,}")
_ASKS = re.compile(r"(?:[?？]|吗|嘛|么|呢|没有?啊?|不)[!！~～。…\s]*$")
_CANNOT = re.compile(r"[\u4e00-\u9fff]不(?:上|了|开|紧|住|动|进|掉|清|好)")
"""What cannot be done, as 拧不紧: a complaint unless a list says otherwise."""
_NOT_AT_ALL = frozenset({"根本不", "根本没", "根本没有", "完全不", "完全没", "完全没有", "再也不"})
_CUT_OFF = ("不", "没")
_REACH = 5
"""A negation turns the next word of feeling within so many words."""
_CLEAR = 0.5
"""From here on a comment counts as positive, or as negative."""
_OFTEN = 200_000
"""How common our words are said to be, so that they are not cut apart."""


@dataclass(frozen=True)
class Said:
    """What a comment says: -1, 0 or 1, of which kinds it is, and its words."""

    sentiment: int
    kinds: tuple[str, ...]
    terms: tuple[str, ...]


class WordReader:
    """Reads comments by one set of lists."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._jieba = _jieba(words)
        self._feeling = dict.fromkeys(words["positive"], 1.0)
        self._feeling |= dict.fromkeys(words["negative"], -1.0)
        self._stickers = dict.fromkeys(words["happy_stickers"], 0.7)
        self._stickers |= dict.fromkeys(words["unhappy_stickers"], -0.7)
        self._degree = dict.fromkeys(words["slightly"], 0.6) | dict.fromkeys(words["very"], 1.5)

    def read(self, text: str) -> Said:
        """Return what one comment says."""
        plain = _STICKER.sub(" ", text)
        clauses = [self._cut(part) for part in _BREAK.split(plain) if part]
        found = frozenset(token for clause in clauses for token in clause)
        asks = self._asks(plain, found)
        score = self._score(clauses) or self._in_vain(plain, found)
        score *= self._weight_of_question(plain, found)
        score += self._pictures(text)
        sentiment = (score >= _CLEAR) - (score <= -_CLEAR)
        return Said(sentiment, self._kinds(found, sentiment, asks), self._terms(clauses))

    def _cut(self, clause: str) -> list[str]:
        """Return the words of a clause; "不难" is two when only "难" is known."""
        cut: list[str] = []
        for token in self._jieba.cut(clause):
            known = token in self._feeling or token in self._words["seeming_negation"]
            hides = token.startswith(_CUT_OFF) and token[1:] in self._feeling
            if hides and not known and token not in self._words["negation"]:
                cut += [token[0], token[1:]]
            else:
                cut.append(token)
        return cut

    def _score(self, clauses: Iterable[Sequence[str]]) -> float:
        """Return the feeling of all clauses; what follows a "but" weighs more."""
        total = 0.0
        for clause in clauses:
            for at, token in enumerate(clause):
                if token in self._words["contrast"] and total:
                    total *= 0.5
                value = self._feeling.get(token)
                if value is not None and not self._only_joins(clause, at):
                    total += self._turned(clause, at, value)
        return total

    def _in_vain(self, plain: str, found: frozenset[str]) -> float:
        """Return the feeling of what does not work, where no word says any."""
        if found & _NOT_AT_ALL:
            return -1.0
        cannot = _CANNOT.search(plain)
        return -0.6 if cannot and not found & self._words["seeming_negation"] else 0.0

    def _only_joins(self, clause: Sequence[str], at: int) -> bool:
        """Whether a word says nothing itself here: 好难吃, or 和好面."""
        if self._is_degree(clause, at):
            return True
        before = clause[at - 1] if at else ""
        modified = before in self._degree or before in self._words["negation"]
        return clause[at] == "好" and not modified and at + 1 < len(clause)

    def _is_degree(self, clause: Sequence[str], at: int) -> bool:
        """Whether a word of praise only strengthens the next one, as in 好难吃."""
        after = clause[at + 1] if at + 1 < len(clause) else ""
        return clause[at] in self._degree and after in self._feeling

    def _turned(self, clause: Sequence[str], at: int, value: float) -> float:
        """Return one word's feeling with the degree and the negations before it."""
        negations = 0
        for back in range(at - 1, max(at - 1 - _REACH, -1), -1):
            token = clause[back]
            if token in self._words["negation"]:
                negations += 1
            elif token in self._feeling and not self._is_degree(clause, back):
                break
            elif token in self._degree and back >= at - 2:
                value *= self._degree[token]
        rhetorical = at > 0 and clause[at - 1] in ("哪里", "哪") and clause[-1] == "了"
        if negations % 2 or (rhetorical and not negations):
            return -value if value > 0 else -0.8 * value
        return value

    def _weight_of_question(self, plain: str, found: frozenset[str]) -> float:
        """Return how much feeling counts: little in what is only asked, as 会掉色吗."""
        only_asked = _ASKS.search(plain) and not found & self._words["seeming_question"]
        return 0.3 if only_asked and not found & self._words["attack"] else 1.0

    def _asks(self, plain: str, found: frozenset[str]) -> bool:
        if found & self._words["seeming_question"]:
            return False
        return bool(found & self._words["question"]) or bool(_ASKS.search(plain))

    def _pictures(self, text: str) -> float:
        """Return the feeling of stickers and emoji; the same one again adds nothing."""
        seen = {*_STICKER.findall(text), *_PICTURE.findall(text)}
        total = sum(self._stickers.get(one, 0.0) for one in seen)
        return max(-0.7, min(0.7, total))

    def _kinds(self, found: frozenset[str], sentiment: int, asks: bool) -> tuple[str, ...]:
        kinds = [kind for kind in COMPLAINTS if sentiment < 0 and found & self._words[kind]]
        if sentiment >= 0 and found & self._words["buy"]:
            kinds.append("buy")
        if sentiment > 0:
            kinds.append("praise")
        if asks and sentiment <= 0 and not (sentiment < 0 and kinds):
            kinds.append("question")
        return tuple(kinds)

    def _terms(self, clauses: Iterable[Sequence[str]]) -> tuple[str, ...]:
        """Return the words that stand for something, each once."""
        stop = self._words["stop"]
        terms = (token for clause in clauses for token in clause if _WORD.fullmatch(token))
        return tuple(dict.fromkeys(token for token in terms if token not in stop))


_readers: dict[str, WordReader] = {}


def word_reader(words: Words) -> WordReader:
    """Return a reader for some lists; the last is kept, because making one takes time."""
    if words.print not in _readers:
        _readers.clear()
        _readers[words.print] = WordReader(words)
    return _readers[words.print]


def _jieba(words: Words) -> Jieba:
    from rjieba import Jieba  # noqa: PLC0415 (its dictionary takes memory)

    made = Jieba()
    for name in COMMENT_LISTS:
        if not name.endswith("stickers"):
            for word in words[name]:
                if len(word) > 1:
                    made.add_word(word, _OFTEN, "x")
    return made
