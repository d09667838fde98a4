"""How often comments are read right, what fails, and whether intervals hold the truth."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from opsdata.analysis.bursts import RARE, bound
from opsdata.analysis.proportions import Proportion, difference, wilson
from opsdata.analysis.terms import rising
from opsdata.analysis.wording import word_reader
from opsdata.team.words import defaults
from tests.labelled_comments import Labelled, labelled

REPEATS = 1000


def accuracy(case: str, half: str = "test") -> Proportion:
    """Return how many of a case have the right sentiment."""
    wanted = [one for one in labelled() if (one.case, one.half) == (case, half)]
    return wilson(sum(_read(one.text) == one.sentiment for one in wanted), len(wanted))


def failing(case: str) -> list[Labelled]:
    """Return the comments of a case that are read wrong, of both halves."""
    return [one for one in labelled() if one.case == case and _read(one.text) != one.sentiment]


def _read(text: str) -> int:
    return word_reader(defaults()).read(text).sentiment


def flagged() -> tuple[Proportion, Proportion]:
    """Return precision and recall of complaints among the clear ones of the test half."""
    clear = [one for one in labelled() if (one.case, one.half) == ("clear", "test")]
    said = [(_read(one.text) < 0, one.sentiment < 0) for one in clear]
    hits = sum(found and true for found, true in said)
    return wilson(hits, sum(found for found, _ in said)), wilson(hits, sum(t for _, t in said))


def coverage(share: float, n: int, seed: int = 1) -> float:
    """Return how often the interval of a share holds the true one."""
    counts = np.random.default_rng(seed).binomial(n, share, REPEATS)
    ends = [wilson(int(count), n) for count in counts]
    return float(np.mean([(one.low or 0) <= share <= (one.high or 0) for one in ends]))


def difference_coverage(before: float, now: float, n: int, seed: int = 2) -> float:
    """Return how often the interval of a difference holds the true one."""
    rng = np.random.default_rng(seed)
    held = 0
    for first, second in zip(
        rng.binomial(n, before, REPEATS), rng.binomial(n, now, REPEATS), strict=True
    ):
        found = difference(wilson(int(second), n), wilson(int(first), n))
        held += found is not None and found.low <= now - before <= found.high
    return held / REPEATS


def false_bursts(rate: float, seed: int = 3) -> float:
    """Return how often a day like those before passes its bound."""
    days = np.random.default_rng(seed).poisson(rate, (REPEATS * 5, 15))
    return float(np.mean([row[-1] > bound(row[:-1]) for row in days]))


def weeks_with_false_words(weeks: int = 60, seed: int = 4) -> float:
    """Return how often a week like those before has any word called new."""
    rng = np.random.default_rng(seed)
    shares = 1 / np.arange(1, 3000)
    shares /= shares.sum()
    found = 0
    for _ in range(weeks):
        counts = pd.DataFrame(
            {"now": rng.multinomial(3000, shares), "before": rng.multinomial(20000, shares)}
        )
        said = counts[counts.sum(axis=1) > 0].assign(negative=0)
        found += bool(rising(said.assign(term=said.index.astype(str))))
    return found / weeks


def figures() -> Iterable[str]:
    """Yield what the simulations find, a line each."""
    yield f"{len(labelled())} labelled comments; the test half:"
    for case in ("clear", "negation", "sarcasm", "unclear"):
        yield f"{case}: {_text(accuracy(case))}  (dev {_text(accuracy(case, 'dev'))})"
    precision, recall = flagged()
    yield f"complaints among clear ones: precision {_text(precision)}, recall {_text(recall)}"
    for case in ("negation", "sarcasm"):
        yield f"{case} that fails:"
        for one in failing(case):
            yield f"  {one.text}  (is {one.sentiment}, read {_read(one.text)})"
    for share, n in ((0.05, 400), (0.1, 200), (0.12, 3000), (0.3, 100), (0.5, 50)):
        yield f"95% interval of {share:.0%} of {n}: holds {coverage(share, n):.1%}"
    for before, now, n in ((0.1, 0.12, 1000), (0.1, 0.1, 300)):
        held = difference_coverage(before, now, n)
        yield f"difference of {now:.0%} and {before:.0%} of {n}: holds {held:.1%}"
    yield f"usual weeks with a word called new: {weeks_with_false_words():.0%}"
    for rate in (0.5, 3.0, 20.0):
        yield f"usual days of {rate} called a burst: {false_bursts(rate):.2%} (meant {RARE:.1%})"


def _text(one: Proportion) -> str:
    return f"{one.count}/{one.n} = {one.share or 0:.3f} ({one.low or 0:.2f}–{one.high or 0:.2f})"
