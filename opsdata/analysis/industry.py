"""How much words are searched for, as an index over some days."""

from __future__ import annotations

from datetime import date

import pandas as pd

from opsdata.store import Store


def keywords(store: Store) -> tuple[str, ...]:
    """Return the words an index is known of, those with most days first."""
    rows = store.rows(
        "select keyword from index_value group by keyword order by count(*) desc, keyword"
    )
    return tuple(word for (word,) in rows)


def index(store: Store, keyword: str, since: date, until: date) -> pd.DataFrame:
    """Return a word's index over some days: day, value, index; 100 on the first day known."""
    frame = store.frame(
        "select day, value from index_value where keyword = $keyword "
        "and day between $since and $until order by day",
        {"keyword": keyword, "since": since, "until": until},
    )
    frame["day"] = pd.to_datetime(frame["day"]).astype("datetime64[us]")
    positive = frame[frame["value"] > 0]
    frame["index"] = frame["value"] / positive["value"].iloc[0] * 100 if len(positive) else None
    return frame if len(positive) else frame.head(0)
