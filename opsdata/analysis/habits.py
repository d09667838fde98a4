"""When accounts publish and what kind of works: shares of their own works of some days."""

from __future__ import annotations

import pandas as pd

HOURS = tuple(range(24))


def hours(works: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each account's works by hour: a row an account, a column an hour."""
    return _shares(works, works["published_at"].dt.hour, list(HOURS))


def mix(works: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the share of each account's works by genre or length; unknown ones under ""."""
    values = works[column].fillna("")
    order = list(values.value_counts().index)
    return _shares(works, values, order)


def _shares(works: pd.DataFrame, values: pd.Series, order: list[object]) -> pd.DataFrame:
    counts = pd.crosstab(works["account"], values).reindex(columns=order, fill_value=0)
    return counts.div(counts.sum(axis=1), axis=0)
