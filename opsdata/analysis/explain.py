"""The change of one KPI against the period before, taken apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from opsdata import queries
from opsdata.analysis import changes, comparison
from opsdata.analysis.changes import Part
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.metrics import Basis, Grain, Unit, metric
from opsdata.store import Store


@dataclass(frozen=True)
class Explanation:
    """A change and its parts; ``percent`` is None, with the reason, when it would be unfair."""

    metric: str
    basis: Basis
    before: float | None
    after: float | None
    percent: float | None = None
    reason: str | None = None
    values: tuple[tuple[str, object], ...] = ()
    parts: tuple[Part, ...] = ()
    top_one: float | None = None
    """Share of the period that its largest work has; ``top_three`` of the largest three."""
    top_three: float | None = None

    @property
    def difference(self) -> float | None:
        """After minus before."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def basis_for(store: Store, filters: Filters) -> Basis:
    """Return the view of time that can take a change apart: what happened, if gains are known."""
    happened = replace(filters, basis=Basis.HAPPENED)
    before = happened.before()
    if before is None or not store.one("select exists (select 1 from gain)"):
        return Basis.PUBLISHED
    spans = comparison.missing_exports(store, replace(happened, since=before.since)) is None
    return Basis.HAPPENED if spans else Basis.PUBLISHED


def explain(store: Store, key: str, filters: Filters) -> Explanation:
    """Return why a metric changed against the period before.

    Raises Unanswerable when the metric cannot be told by work or by genre.
    """
    compared = comparison.compare(store, [key], filters)[0]
    earlier, aged = earlier_of(store, key, filters)
    after = _total(store, key, filters)
    before = _total(store, key, earlier) if earlier else None
    if after is None or before is None or earlier is None:
        missing = compared.reason or "no_data_before"
        return Explanation(key, filters.basis, before, after, None, missing, compared.values)
    rate = metric(key).unit is not Unit.COUNT
    parts = _of_rate(store, key, filters, earlier) if rate else _of_count(
        store, key, filters, earlier, (after, before)
    )  # fmt: skip
    found = _works(store, key, filters)["value"].to_list() if not rate else []
    reason = compared.reason or (None if aged else "no_export_then")
    return Explanation(
        key,
        filters.basis,
        before,
        after,
        None if reason else _percent(rate, before, after),
        reason,
        compared.values,
        tuple(parts),
        changes.dependence(found, 1),
        changes.dependence(found, 3),
    )


def earlier_of(store: Store, key: str, filters: Filters) -> tuple[Filters | None, bool]:
    """Return the period before, at the same age if exports of then are known, and whether so."""
    before = filters.before()
    if before is None or filters.basis is Basis.HAPPENED or key == "posts":
        return before, True
    assert filters.until is not None and before.until is not None
    aged = replace(before, days_ago=(filters.until - before.until).days)
    known = _works(store, key, aged)
    listed = _works(store, key, before)
    same = len(known) == len(listed) > 0
    return (aged, True) if same else (before, False)


def _percent(rate: bool, before: float, after: float) -> float | None:
    if rate:
        return after - before
    return (after - before) / before if before > 0 else None


def _total(store: Store, key: str, filters: Filters) -> float | None:
    value = queries.measure(store, [key], filters)[key].iloc[0]
    return None if pd.isna(value) else float(value)


def _works(store: Store, key: str, filters: Filters) -> pd.DataFrame:
    """Return the works of a period with their value: video, title, account, fresh, value."""
    values = queries.measure(store, [key], filters, ["video"]).rename(columns={key: "value"})
    facts = store.frame("select video, title, account, day from work")
    frame = facts.merge(values, on="video").dropna(subset=["value"])
    frame["value"] = frame["value"].astype(float)
    days = pd.to_datetime(frame["day"]).dt.date
    frame["fresh"] = np.array([_within(day, filters) for day in days], dtype=bool)
    return frame


def _within(day: date, filters: Filters) -> bool:
    after_first = filters.since is None or day >= filters.since
    return after_first and (filters.until is None or day <= filters.until)


def _of_count(
    store: Store, key: str, filters: Filters, earlier: Filters, totals: tuple[float, float]
) -> list[Part]:
    try:
        now, before = _works(store, key, filters), _works(store, key, earlier)
    except Unanswerable:
        return [Part("unexplained", "", "", totals[0] - totals[1])]
    return changes.of_count(now, before, *totals)


def _of_rate(store: Store, key: str, filters: Filters, earlier: Filters) -> list[Part]:
    grain = queries.grain_for(metric(key), filters, [])
    by = "account" if grain is Grain.DAY and filters.basis is Basis.HAPPENED else "genre"
    return changes.of_rate(
        queries.totals(store, key, filters, by), queries.totals(store, key, earlier, by)
    )
