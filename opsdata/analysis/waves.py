"""Two waves of one survey: what moved, and what is noise.

Questions are the same when their texts are, whatever their numbers. Each is tested once: a
mean by Welch, a net promoter score by its adjusted Wald error, shares by chi-square or
re-ordering; all together are corrected by Holm. The interval beside a change is its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

import numpy as np

from opsdata.analysis import answers, intervals
from opsdata.analysis.answers import Known, Question, Survey, Tally
from opsdata.analysis.chance import cross, holm
from opsdata.analysis.intervals import Interval
from opsdata.store import Store

LEVEL = 0.03
"""Below one in twenty, so that rough approximations stay below it as well."""

LEAST = 30
"""With fewer answers on either side nothing is said about a change."""

_LIKE = 0.5
_NUMBER = re.compile(r"^\s*(?:q|第)?\d+\s*题?\s*[、.．:：]\s*", re.IGNORECASE)
_ASIDE = re.compile(r"[（(\[【].*?[）)\]】]|[\W_]")
"""A remark in brackets, or one mark: several at once would take in the bracket behind a mark."""


class Verdict(StrEnum):
    """What may be said of a change."""

    MOVED = "moved"
    NOISE = "noise"
    FEW = "few"


@dataclass(frozen=True)
class Move:
    """One figure of a question in both waves: its mean, its score, or an option's share."""

    question: Question
    what: str
    """mean, nps or share"""
    option: str | None
    before: float | None
    after: float | None
    change: Interval
    n_before: int
    n_after: int
    p: float | None
    """Of the whole question, corrected for all questions."""
    verdict: Verdict


@dataclass(frozen=True)
class Outcome:
    """How many questions both waves ask, how many had answers enough, how many moved."""

    asked: int
    tested: int
    moved: int


def outcome(made: Sequence[Move]) -> Outcome:
    """Return how many questions some figures are of, and of how many anything can be said."""
    asked = {one.question.key for one in made}
    known = {one.question.key for one in made if one.verdict is not Verdict.FEW}
    moved = {one.question.key for one in made if one.verdict is Verdict.MOVED}
    return Outcome(len(asked), len(known), len(moved))


def plain(title: str) -> str:
    """Return a question without its number, remarks in brackets and punctuation.

    >>> plain("3、您喜欢看什么（可多选）？") == plain("5. 您喜欢看什么")
    True
    >>> plain("推荐给朋友？（0-10分）") == plain("推荐给朋友？(0-10)")
    True
    """
    return _ASIDE.sub("", _NUMBER.sub("", title)).lower()


def alike(first: Sequence[str], second: Sequence[str]) -> float:
    """Return the share of questions that two surveys have in common."""
    one, other = {plain(title) for title in first}, {plain(title) for title in second}
    return len(one & other) / len(one | other) if one | other else 0.0


def likely(store: Store, name: str) -> list[Known]:
    """Return the other surveys that may be waves of this one, the likeliest first."""
    rows = store.rows(
        "select s.name, list(q.title) from survey_now as s "
        "inner join question_now as q on q.survey = s.survey group by s.name"
    )
    titles = dict(rows)
    mine = titles.get(name, [])
    likeness = {
        one.name: alike(mine, titles[one.name])
        + 0.01 * SequenceMatcher(None, name, one.name).ratio()
        for one in answers.surveys(store)
        if one.name != name and one.name in titles
    }
    found = [one for one in answers.surveys(store) if likeness.get(one.name, 0) >= _LIKE]
    return sorted(found, key=lambda one: -likeness[one.name])


def moves(before: Survey, after: Survey) -> list[Move]:
    """Return what every question that both waves ask came to, in the order of the newer."""
    old = {(plain(one.title), one.kind): one for one in before.questions}
    both = [
        (old[plain(one.title), one.kind], one)
        for one in after.questions
        if (plain(one.title), one.kind) in old and one.kind != answers.TEXT
    ]
    found = [_figures(before, after, *pair) for pair in both]
    corrected = holm([p for _, p in found])
    return [
        _judged(one, p) for (figures, _), p in zip(found, corrected, strict=True) for one in figures
    ]


def _judged(one: Move, p: float | None) -> Move:
    if p is None or min(one.n_before, one.n_after) < LEAST:
        verdict = Verdict.FEW
    elif p < LEVEL and one.change.off_zero:
        verdict = Verdict.MOVED
    else:
        verdict = Verdict.NOISE
    return Move(**{**one.__dict__, "p": p, "verdict": verdict})


def _figures(
    before: Survey, after: Survey, old: Question, new: Question
) -> tuple[list[Move], float | None]:
    """Return the figures of one question and the p of its difference, not corrected yet."""
    first, second = answers.tally(before, old), answers.tally(after, new)
    if new.kind == answers.NPS:
        sides = answers.promoters(before, old), answers.promoters(after, new)
        change = intervals.nps_change(*sides)
        scores = tuple(one.score if one.n else None for one in sides)
        return [_move(new, "nps", scores, change, first, second)], change.p
    if first.score.value is not None and second.score.value is not None:
        change = intervals.mean_change(answers.sample(before, old), answers.sample(after, new))
        means = (first.score.value, second.score.value)
        return [_move(new, "mean", means, change, first, second)], change.p
    return _shares(first, second, new), _shares_p(before, after, old, new)


def _move(
    question: Question,
    what: str,
    values: tuple[float | None, ...],
    change: Interval,
    first: Tally,
    second: Tally,
    option: str | None = None,
) -> Move:
    return Move(
        question=question,
        what=what,
        option=option,
        before=values[0],
        after=values[1],
        change=change,
        n_before=first.n,
        n_after=second.n,
        p=None,
        verdict=Verdict.FEW,
    )


def _shares(first: Tally, second: Tally, question: Question) -> list[Move]:
    """Return the share of each option that either wave has."""
    old = {one.option: one.count for one in first.options}
    new = {one.option: one.count for one in second.options}
    made = []
    for option in dict.fromkeys([*new, *old]):
        sides = (old.get(option, 0), first.n), (new.get(option, 0), second.n)
        values = tuple(count / n if n else None for count, n in sides)
        change = intervals.share_change(*sides)
        made.append(_move(question, "share", values, change, first, second, option))
    return made


def _shares_p(before: Survey, after: Survey, old: Question, new: Question) -> float | None:
    """Return the chance of shares so different, asked by the wave that people belong to."""
    names = list(dict.fromkeys([*new.options, *old.options]))
    sides = []
    for one, asked in ((before, old), (after, new)):
        flags = (
            answers.first_places(one, asked)
            if asked.kind == answers.RANKING
            else answers.flags(one, asked)
        )
        made = np.zeros((len(flags), len(names)))
        made[:, [names.index(option) for option in asked.options]] = flags.to_numpy()
        sides.append(made)
    if not names or min(map(len, sides)) == 0:
        return None
    rows = np.concatenate(sides)
    wave = np.repeat(np.eye(2), [len(side) for side in sides], axis=0)
    return cross(rows, wave, bool((rows.sum(axis=1) > 1).any())).p
