"""Themes seen from three sides: what is said in a survey, in comments, and where viewers leave.

A side speaks for a theme when its figure is clear of the usual: the whole interval of its
share lies above the mean share of all themes on that side; or works whose titles or labels
carry it lose more viewers in the first two seconds than other works of their genre (Welch,
corrected for all themes by Holm; where no bounce is known, fewer stay five seconds). A theme
counts as confirmed when two sides agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from opsdata.analysis import comments, intervals
from opsdata.analysis.chance import LEVEL, holm
from opsdata.analysis.intervals import Interval, Sample
from opsdata.filters import Filters
from opsdata.metrics import Grain
from opsdata.store import Store
from opsdata.team.themes import Theme, themes

LEAST_WORKS = 5
"""A loss of viewers is not judged on fewer works with the theme."""


@dataclass(frozen=True)
class Corner:
    """A theme's figure on one side, what it rests on, and whether that side speaks for it."""

    figure: Interval
    count: int
    n: int
    speaks: bool


@dataclass(frozen=True)
class Row:
    """One theme from all sides."""

    theme: str
    survey: Corner
    comments: Corner
    works: Corner

    @property
    def sides(self) -> int:
        """How many sides speak for it."""
        return sum(one.speaks for one in (self.survey, self.comments, self.works))

    @property
    def is_confirmed(self) -> bool:
        """Whether two sides agree."""
        return self.sides >= 2


def triangle(store: Store, texts: Sequence[str], filters: Filters) -> list[Row]:
    """Return every theme that any side mentions, those that most sides speak for first."""
    known = themes(store)
    said = _shares({one.key: sum(map(one.is_in, texts)) for one in known}, len(texts))
    commented = _shares(*_comments(store, known, filters))
    lost = _losses(_works(store, filters), known)
    rows = [Row(one.key, said[one.key], commented[one.key], lost[one.key]) for one in known]
    rows = [row for row in rows if row.survey.count or row.comments.count or row.works.count]
    return sorted(rows, key=lambda row: (-row.sides, -row.survey.count, -row.comments.count))


def _shares(counts: Mapping[str, int], n: int) -> dict[str, Corner]:
    """Return the share of texts with each theme, and whether it is clear of the usual one."""
    usual = sum(counts.values()) / (n * len(counts)) if n and counts else 0.0
    found = {theme: intervals.share(count, n) for theme, count in counts.items()}
    return {
        theme: Corner(one, counts[theme], n, one.low is not None and one.low > usual)
        for theme, one in found.items()
    }


def _comments(store: Store, known: Sequence[Theme], filters: Filters) -> tuple[dict[str, int], int]:
    """Return in how many viewers' comments each theme stands, and how many with text there are."""
    words: dict[str, object] = {
        f"theme_{at}_{nth}": word
        for at, one in enumerate(known)
        for nth, word in enumerate(one.words)
    }
    columns = "".join(
        ", count(*) filter ("
        + " or ".join(f"contains(lower(text), $theme_{at}_{nth})" for nth in range(len(one.words)))
        + ")"
        for at, one in enumerate(known)
    )
    where, values = comments.viewers(filters)
    row = store.rows(
        f"select count(*) {columns} from comment_said where text is not null and {where}",
        {**words, **values},
    )[0]
    return {one.key: count for one, count in zip(known, row[1:], strict=True)}, int(row[0])


def _works(store: Store, filters: Filters) -> pd.DataFrame:
    """Return works with what they are called, and how far from their genre viewers leave."""
    where, values = filters.where(Grain.WORK)
    found = store.frame(
        "select video, genre, lower(concat_ws(' ', title, (select string_agg(l.label, ' ') from "
        f"label as l where l.video = work.video))) as text, bounce_2s, completion_5s from work "
        f"where {where} order by video",
        values,
    )
    for name in ("bounce_2s", "completion_5s"):
        value = found[name].astype(float)
        found[name] = value - value.groupby(found["genre"]).transform("mean")
    return found


def _losses(works: pd.DataFrame, known: Sequence[Theme]) -> dict[str, Corner]:
    """Return how many more viewers leave works with each theme, and whether that is chance."""
    found = {one.key: _loss(works, one) for one in known}
    corrected = holm([one.figure.p for one in found.values()])
    return {
        theme: replace(one, speaks=p is not None and p < LEVEL and (one.figure.value or 0) > 0)
        for (theme, one), p in zip(found.items(), corrected, strict=True)
    }


def _loss(works: pd.DataFrame, theme: Theme) -> Corner:
    """Return how many more viewers leave works with a theme than others of their genre."""
    mine = works["text"].map(theme.is_in).astype(bool)
    count = int(mine.sum())
    for name, worse in (("bounce_2s", 1), ("completion_5s", -1)):
        sides = [
            Sample.of((worse * works.loc[which, name]).dropna().tolist()) for which in (~mine, mine)
        ]
        if sides[1].n >= LEAST_WORKS and sides[0].n >= LEAST_WORKS:
            change = intervals.mean_change(sides[0], sides[1])
            return Corner(change, count, len(works), False)
    return Corner(Interval(), count, len(works), False)
