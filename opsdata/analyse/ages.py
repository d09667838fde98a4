"""The place of each work at its age, as plain values."""

from __future__ import annotations

import pandas as pd

from opsdata.analyse.asked import Answer, Asked, named
from opsdata.analysis import ages as same_age
from opsdata.i18n import t
from opsdata.store import Store


def ages(store: Store, asked: Asked) -> Answer:
    """Return where each work stands among its account's works of its genre at the same age."""
    found = same_age.ages(store, asked.filters, asked.metric)
    names = named(store, asked.filters)
    at_days = same_age.at_days(store, asked.filters, asked.metric).set_index("video")
    known = [one for one in found if one.percentile is not None]
    return {
        "metric": asked.metric,
        "videos": [
            {
                **names[one.video],
                "age_days": round(one.age_days, 3),
                "percentile": one.percentile,
                "n": one.n,
                "at_days": _at_days(at_days.loc[one.video]),
            }
            for one in found
            if one.video in names
        ],
        "reason": None if known else t("ages.not_enough", n=same_age.ENOUGH),
    }


def _at_days(row: pd.Series) -> list[dict[str, float | int | None]]:
    """Return what a work had at each age that exports tell of."""
    return [
        {
            "day": day,
            "total": float(row[f"day_{day}"]),
            "percentile": None if pd.isna(row[f"place_{day}"]) else float(row[f"place_{day}"]),
            "n": int(row[f"n_{day}"]),
        }
        for day in same_age.DAYS
        if pd.notna(row[f"day_{day}"])
    ]
