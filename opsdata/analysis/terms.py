"""The words that are new this week: said more than in the weeks before, and surely so.

Weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi, Quinn 2008): the
prior is how often each word is said in all these weeks, so rare words need more to stand
out, and common ones are not flattered by their number. Words are listed in the order of that
figure, as far as a binomial test says that they are not there by chance; the share of false
ones among them is held down, because many words are tried.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import NormalDist

import numpy as np
import pandas as pd

from opsdata.analysis.comments import viewers
from opsdata.filters import Filters
from opsdata.store import Store

WEEKS = 8
"""So many weeks before are compared with."""
LEAST = 3
"""A word said by fewer people is not called a topic."""
FALSE = 0.05
"""The share of listed words that may be there by chance (Benjamini, Hochberg 1995)."""
_PRIOR = 500.0
"""So many words the prior weighs at most."""
_PRIOR_SHARE = 0.05
"""With few words at hand it weighs this share of them."""
_MOST = 20
_MANY = 300
"""From here on the normal curve is close enough."""


@dataclass(frozen=True)
class Term:
    """A word: in how many comments of the week, and before; the change of its log-odds."""

    term: str
    count: int
    before: int
    change: float
    z: float
    negative: int
    """In how many complaints of the week."""


@dataclass(frozen=True)
class NewTerms:
    """The words of the last week that are surely new, or why there are none."""

    since: date | None = None
    until: date | None = None
    comments: int = 0
    terms: tuple[Term, ...] = ()
    reason: str | None = None


def new_terms(store: Store, filters: Filters) -> NewTerms:
    """Return the new words of the last seven days of a view against the weeks before."""
    where, values = viewers(filters)
    until = store.one(f"select max(day) from comment_said where {where}", values)
    if until is None:
        return NewTerms(reason="no_days")
    since = until - timedelta(days=6)
    start = replace(filters, since=since - timedelta(weeks=WEEKS), until=until)
    where, values = viewers(start)
    values |= {"week": since}
    counts = store.frame(
        "select term, count(*) filter (where day >= $week) as now, "
        "count(*) filter (where day < $week) as before, "
        "count(*) filter (where day >= $week and sentiment < 0) as negative "
        f"from (select day, sentiment, unnest(terms) as term from comment_said where {where}) "
        "group by term",
        values,
    )
    now, before = store.rows(
        "select count(*) filter (where day >= $week), count(*) filter (where day < $week) "
        f"from comment_said where {where}",
        values,
    )[0]
    if not before:
        return NewTerms(since, until, now, reason="no_weeks_before")
    return NewTerms(since, until, now, rising(counts))


def rising(counts: pd.DataFrame) -> tuple[Term, ...]:
    """Return the words surely said more now; columns term, now, before, negative."""
    tried = counts[counts["now"] >= LEAST]
    if tried.empty:
        return ()
    found = counts.assign(**log_odds(counts["now"].to_numpy(), counts["before"].to_numpy()))
    found = found.loc[tried.index]
    share = counts["now"].sum() / (counts["now"].sum() + counts["before"].sum())
    chances = np.array(
        [_chance(int(row.now), int(row.now + row.before), share) for row in tried.itertuples()]
    )
    sure = found[_kept(chances)]
    most = sure.sort_values(["z", "term"], ascending=[False, True]).head(_MOST)
    return tuple(
        Term(
            str(row.term), int(row.now), int(row.before), float(row.change), float(row.z),
            int(row.negative),
        )
        for row in most.itertuples()
    )  # fmt: skip


def log_odds(now: np.ndarray, before: np.ndarray) -> dict[str, np.ndarray]:
    """Return each word's change of log-odds and its z, with the prior of both together."""
    now, before = now.astype(float), before.astype(float)
    both = now + before
    weight = min(_PRIOR, _PRIOR_SHARE * float(both.sum()))
    prior = weight * both / max(float(both.sum()), 1.0)
    odds = [np.log((said + prior) / (said.sum() + weight - said - prior)) for said in (now, before)]
    change = odds[0] - odds[1]
    error = np.sqrt(1 / (now + prior) + 1 / (before + prior))
    return {"change": change, "z": change / error}


def _chance(now: int, both: int, share: float) -> float:
    """Return how likely a word said so often falls so much into the week by chance alone."""
    if both > _MANY:
        spread = math.sqrt(both * share * (1 - share))
        return 1 - NormalDist().cdf((now - 0.5 - both * share) / spread)
    return sum(
        math.comb(both, k) * share**k * (1 - share) ** (both - k) for k in range(now, both + 1)
    )


def _kept(chances: np.ndarray) -> np.ndarray:
    """Return which of many tries count, so that few of those are false."""
    order = np.argsort(chances)
    ranks = np.arange(1, len(chances) + 1)
    passed = np.flatnonzero(chances[order] <= FALSE * ranks / len(chances))
    kept = np.zeros(len(chances), dtype=bool)
    if len(passed):
        kept[order[: passed[-1] + 1]] = True
    return kept
