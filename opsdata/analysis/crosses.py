"""One question of a survey by another: the shares in each group, and whether that is chance.

Every pair of questions that divide people is tested, and all of them are corrected together
(Holm), because a reader may look at any of them: of surveys in which nothing has to do with
anything, one in thirty shows a connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from opsdata.analysis import intervals
from opsdata.analysis.answers import Question, Survey, can_divide, flags, labels
from opsdata.analysis.chance import Table, cross, holm
from opsdata.analysis.intervals import Interval

LEVEL = 0.03
"""Below one in twenty, so that rough approximations in small tables stay below it as well."""

LEAST = 20
"""Fewer people who answered both questions are not tested."""


@dataclass(frozen=True)
class Pair:
    """Two questions, how many answered both, and what speaks against chance."""

    first: Question
    second: Question
    n: int
    p: float | None
    """Corrected for all pairs of the survey; None when it could not be tested."""
    is_small: bool
    """Whether too many cells expect fewer than five people."""

    @property
    def is_connected(self) -> bool:
        """Whether chance alone would hardly do it."""
        return self.p is not None and self.p < LEVEL

    def has(self, one: Question, other: Question) -> bool:
        """Return whether it is about two questions, in any order."""
        return {self.first.key, self.second.key} == {one.key, other.key}


def pairs(found: Survey) -> list[Pair]:
    """Return every pair of questions, the clearest connection first."""
    asked = [one for one in found.questions if can_divide(one)]
    chosen = {one.key: flags(found, one) for one in asked}
    tested = [
        (first, second, *_tested(chosen[first.key], chosen[second.key]))
        for first, second in combinations(asked, 2)
        if first.item is None or first.stem != second.stem
    ]
    corrected = holm([table.p if n >= LEAST else None for *_, n, table in tested])
    made = [
        Pair(first, second, n, p, table.is_small)
        for (first, second, n, table), p in zip(tested, corrected, strict=True)
    ]
    return sorted(made, key=lambda one: (one.p is None, one.p, one.first.number, one.second.number))


def _tested(first: pd.DataFrame, second: pd.DataFrame) -> tuple[int, Table]:
    both = first.index.intersection(second.index)
    rows, columns = first.loc[both].to_numpy(), second.loc[both].to_numpy()
    several = bool((rows.sum(axis=1) > 1).any() or (columns.sum(axis=1) > 1).any())
    return len(both), cross(rows, columns, several)


@dataclass(frozen=True)
class Cell:
    """How often an option was chosen in a group of people, and its share of the group."""

    option: str
    group: str
    count: int
    n: int
    share: Interval


def cells(found: Survey, question: Question, by: Question) -> list[Cell]:
    """Return the shares of a question's options among the groups of another."""
    chosen, groups = flags(found, question), flags(found, by)
    both = chosen.index.intersection(groups.index)
    return [
        _cell(option, group, chosen.loc[both, at], groups.loc[both, place])
        for place, group in enumerate(labels(by))
        for at, option in enumerate(labels(question))
    ]


def _cell(option: str, group: str, chose: pd.Series, belongs: pd.Series) -> Cell:
    n = int(belongs.sum())
    count = int((chose * belongs).sum())
    return Cell(option, group, count, n, intervals.share(count, n))


def small_groups(made: Sequence[Cell], least: int = LEAST) -> list[str]:
    """Return the groups with so few people that a share says little."""
    return list(dict.fromkeys(one.group for one in made if one.n < least))
