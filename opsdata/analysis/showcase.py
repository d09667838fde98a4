"""Success cases with the figures of their works, each against its kind at the same age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from statistics import median

import pandas as pd

from opsdata import works
from opsdata.analysis.ages import Standing, ages
from opsdata.filters import Filters
from opsdata.store import Store
from opsdata.team.successes import Success, successes

FIGURES = ("views", "completion_rate", "engagement_rate", "follower_gain")
"""What is shown of each work."""


@dataclass(frozen=True)
class Shown:
    """One case: its work, its figures to date, and its place among works of the same age."""

    case: Success
    title: str | None
    account: str
    genre: str | None
    published_at: datetime
    values: tuple[tuple[str, float | None], ...]
    standing: Standing | None
    """None where its exports do not tell, or too few can be compared with."""


def showcase(store: Store, filters: Filters) -> list[Shown]:
    """Return the cases among the works of a view, in the order they were marked, newest first."""
    known = successes(store)
    if not known:
        return []
    listed = works.listing(store, filters)
    rows = {str(row["video"]): row for row in listed.to_dict("records")}
    places = {one.video: one for one in ages(store, Filters(accounts=filters.accounts))}
    return [
        _shown(case, rows[case.video], places.get(case.video))
        for case in known
        if case.video in rows
    ]


def typical(found: list[Shown]) -> float | None:
    """Return the share of works of their age that half of the cases are ahead of."""
    known = [one.standing.percentile for one in found if one.standing]
    placed = [share for share in known if share is not None]
    return median(placed) if placed else None


def _shown(case: Success, row: dict[str, object], place: Standing | None) -> Shown:
    title, genre = row["title"], row["genre"]
    published = row["published_at"]
    assert isinstance(published, datetime)
    return Shown(
        case,
        title if isinstance(title, str) else None,
        str(row["account"]),
        genre if isinstance(genre, str) else None,
        published,
        tuple((key, _number(row[key])) for key in FIGURES),
        place if place and place.percentile is not None else None,
    )


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)  # type: ignore[arg-type]
