"""Surveys of people whose true shares are known: do intervals hold them, is chance called news?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from opsdata.analysis import answers, crosses, intervals, waves
from opsdata.analysis.answers import MULTIPLE, NPS, SCALE, SINGLE, Question, Survey
from opsdata.analysis.intervals import Promoters

Column = tuple[str, tuple[str, ...], Sequence[Sequence[int]]]
"""The kind of a question, its options, and which of them each person chose; none is skipped."""


def survey_of(columns: Mapping[str, Column]) -> Survey:
    """The survey that some columns of answers make."""
    questions, rows = [], []
    for at, (title, (kind, options, chosen)) in enumerate(columns.items(), start=1):
        questions.append(Question(title, at, title, title, None, kind, options))
        rows += [row for who, said in enumerate(chosen) for row in _rows(who, title, options, said)]
    size = len(next(iter(columns.values()))[2])
    sheets = pd.DataFrame({"respondent": range(size)})
    names = ["respondent", "question", "state", "option", "text", "number"]
    return Survey("s", tuple(questions), sheets, pd.DataFrame(rows, columns=names))


def _rows(who: int, title: str, options: Sequence[str], said: Sequence[int]) -> list[tuple]:
    if not len(said):
        return [(who, title, "skipped", None, None, None)]
    return [(who, title, "answered", options[at], None, float(at)) for at in said]


def coverage_of_shares(repeats: int = 1000, n: int = 150, seed: int = 1) -> float:
    """How often a share's interval holds the truth, the truth being anything."""
    rng = np.random.default_rng(seed)
    truth = rng.uniform(0.03, 0.97, repeats)
    found = [intervals.share(int(count), n) for count in rng.binomial(n, truth)]
    return float(np.mean([one.low <= p <= one.high for one, p in zip(found, truth, strict=True)]))


def coverage_of_nps(repeats: int = 1000, n: int = 150, seed: int = 2) -> float:
    """How often the interval of a net promoter score holds the truth."""
    rng = np.random.default_rng(seed)
    held = 0
    for _ in range(repeats):
        truth = rng.dirichlet((3, 2, 4))
        down, _, up = rng.multinomial(n, truth)
        found = intervals.nps(Promoters(int(up), int(down), n))
        held += found.low <= 100 * (truth[2] - truth[0]) <= found.high
    return held / repeats


def coverage_of_changes(repeats: int = 1000, n: int = 150, seed: int = 3) -> tuple[float, float]:
    """How often the intervals of a change hold it: of a share, of a net promoter score."""
    rng = np.random.default_rng(seed)
    shares = scores = 0
    for _ in range(repeats):
        first, second = rng.dirichlet((3, 2, 4)), rng.dirichlet((3, 2, 4))
        (down, _, up), (less, _, more) = rng.multinomial(n, first), rng.multinomial(n, second)
        share = intervals.share_change((int(up), n), (int(more), n))
        shares += share.low <= second[2] - first[2] <= share.high
        sides = Promoters(int(up), int(down), n), Promoters(int(more), int(less), n)
        score = intervals.nps_change(*sides)
        truth = (second[2] - second[0]) - (first[2] - first[0])
        scores += score.low <= 100 * truth <= score.high
    return shares / repeats, scores / repeats


def null_survey(rng: np.random.Generator, n: int = 200) -> Survey:
    """A survey whose questions have nothing to do with one another."""

    def one(k: int) -> list[list[int]]:
        return [[int(at)] for at in rng.choice(k, n, p=rng.dirichlet(np.full(k, 4.0)))]

    several = [list(np.flatnonzero(row)) for row in rng.random((n, 5)) < rng.uniform(0.1, 0.6, 5)]
    skipped = [said if rng.random() < 0.6 else [] for said in one(5)]
    words = ("甲", "乙", "丙", "丁", "戊")
    points = tuple(map(str, range(11)))
    return survey_of({
        "a": (SINGLE, words[:2], one(2)), "b": (SINGLE, words[:3], one(3)),
        "c": (SINGLE, words, one(5)), "d": (MULTIPLE, words, several),
        "e": (SCALE, words, skipped), "f": (NPS, points, one(11)),
    })  # fmt: skip


def null_crosses(repeats: int, seed: int = 4) -> float:
    """The share of surveys without any connection in which one is shown."""
    rng = np.random.default_rng(seed)
    shown = [any(p.is_connected for p in crosses.pairs(null_survey(rng))) for _ in range(repeats)]
    return float(np.mean(shown))


def null_waves(repeats: int, seed: int = 5) -> float:
    """The share of pairs of waves without any change in which one is called."""
    rng = np.random.default_rng(seed)
    called = 0
    for _ in range(repeats):
        both = null_survey(rng, 400)
        first, second = (both._keep(range(at, at + 200)) for at in (0, 200))
        called += any(one.verdict is waves.Verdict.MOVED for one in waves.moves(first, second))
    return called / repeats


def found_waves(repeats: int, seed: int = 6) -> float:
    """The share of surveys of 300 in which a mean that moved by half a point is found."""
    rng = np.random.default_rng(seed)
    words = ("1", "2", "3", "4", "5")
    found = 0
    for _ in range(repeats):
        sides = [
            survey_of({
                "a": (SINGLE, words, [[int(at)] for at in rng.choice(5, 300)]),
                "b": (answers.SCALE, words, [[int(at)] for at in rng.choice(5, 300, p=shares)]),
            })
            for shares in ((0.1, 0.2, 0.35, 0.25, 0.1), (0.05, 0.1, 0.28, 0.35, 0.22))
        ]  # fmt: skip
        moved = [one for one in waves.moves(*sides) if one.verdict is waves.Verdict.MOVED]
        found += any(one.question.title == "b" for one in moved)
    return found / repeats


def figures() -> Iterable[str]:
    """The figures of many simulated surveys."""
    for n in (30, 150, 1000):
        yield (
            f"n {n}: 95% intervals held the truth: shares {coverage_of_shares(n=n):.1%}, "
            f"NPS {coverage_of_nps(n=n):.1%}"
        )
    share, score = coverage_of_changes()
    yield f"n 150 twice: changes held: shares {share:.1%}, NPS {score:.1%}"
    yield f"1000 surveys without connections: {null_crosses(1000):.1%} show one"
    yield f"400 pairs of waves without changes: {null_waves(400):.1%} call one"
    yield f"200 pairs of waves with a planted change: {found_waves(200):.1%} find it"
