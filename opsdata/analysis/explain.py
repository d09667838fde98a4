"""The change of one KPI against the period before, taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from opsdata import queries
from opsdata.analysis import changes, comparison, coverage
from opsdata.analysis.changes import Part
from opsdata.dimensions import Dimension, dimension
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
    happened = coverage.fair(store, replace(filters, basis=Basis.HAPPENED))
    before = happened.before()
    if before is None or not store.one(
        "select exists (select 1 from video_step "
        "where date_diff('day', cast(from_at as date), cast(to_at as date)) <= 31)"
    ):
        return Basis.PUBLISHED
    spans = coverage.missing_exports(store, replace(happened, since=before.since)) is None
    return Basis.HAPPENED if spans else Basis.PUBLISHED


GROUPINGS = ("account", "genre", "label")
"""By what a change can be taken apart; a work with several labels is a group of its own kind."""


def explain(store: Store, key: str, filters: Filters, by: str | None = None) -> Explanation:
    """Return why a metric changed against the period before, by one of the groupings.

    Where none is named, counts are told by account and rates by genre.

    Raises Unanswerable when the metric cannot be told by work or by genre.
    """
    filters = coverage.fair(store, filters)
    compared = comparison.compare(store, [key], filters)[0]
    earlier, aged = earlier_of(store, key, filters)
    after = _total(store, key, filters)
    after = None if compared.now is None else after
    before = _total(store, key, earlier) if earlier and _seen(compared) else None
    if after is None or before is None or earlier is None:
        missing = compared.reason or "no_data_before"
        return Explanation(key, filters.basis, before, after, None, missing, compared.values)
    found = pd.Series(dtype=float)
    rate = metric(key).unit is not Unit.COUNT
    if rate:
        parts = _of_rate(store, key, filters, earlier, by or "genre")
    else:
        works, works_before = _both(store, key, filters, earlier, by or "account")
        found = works["value"]
        parts = changes.of_count(works, works_before, after, before)
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
        changes.dependence(found, 1, after),
        changes.dependence(found, 3, after),
    )


def earlier_of(store: Store, key: str, filters: Filters) -> tuple[Filters | None, bool]:
    """Return the period before, at the same age if exports of then are known, and whether so."""
    before = filters.before()
    if before is None or filters.basis is Basis.HAPPENED or key == "posts":
        return before, True
    assert filters.until is not None and before.until is not None
    aged = replace(before, days_ago=(filters.until - before.until).days)
    known, listed = _values(store, key, aged), _values(store, key, before)
    same = len(known) == len(listed) > 0
    return (aged, True) if same else (before, False)


def _seen(compared: comparison.Comparison) -> bool:
    """Return whether the period before is known in full, as far as that takes exports of works."""
    return compared.reason not in ("exports_missing", "no_data")


def _both(
    store: Store, key: str, filters: Filters, earlier: Filters, by: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the works of two periods with what each brought.

    None, where their exports leave out days of either: parts of the change would be invented.
    """
    gained = filters.basis is Basis.HAPPENED and key != "posts"
    if gained:
        values = _gained(store, key, filters, earlier)
    else:
        values = [_values(store, key, view) for view in (filters, earlier)]
    if gained and coverage.missing_exports(store, filters, earlier):
        values = [frame.iloc[:0] for frame in values]
    now, before = _works(store, by, (filters, values[0]), (earlier, values[1]))
    return now, before


def _percent(rate: bool, before: float, after: float) -> float | None:
    if rate:
        return after - before
    return (after - before) / before if before > 0 else None


def _total(store: Store, key: str, filters: Filters) -> float | None:
    value = queries.measure(store, [key], filters)[key].iloc[0]
    return None if pd.isna(value) else float(value)


def _works(store: Store, by: str, *periods: tuple[Filters, pd.DataFrame]) -> Iterator[pd.DataFrame]:
    """Yield each period's works: video, title, account, group, genre, fresh, value."""
    facts = _facts(store, by, pd.concat([values["video"] for _, values in periods]).unique())
    for filters, values in periods:
        frame = facts.merge(values, on="video")
        days = pd.to_datetime(frame["day"])
        frame["fresh"] = days.between(
            pd.Timestamp(filters.since or date.min), pd.Timestamp(filters.until or date.max)
        )
        yield frame


_WHEN = Dimension(
    "now", "case when day >= $since_now then true when day <= $until_then then false end"
)
"""Which of two periods a day is in; the days between them are in none."""


def _gained(store: Store, key: str, filters: Filters, earlier: Filters) -> list[pd.DataFrame]:
    """Return what each work gained in two periods, as ``_values`` does, but read in one pass."""
    wide = replace(filters, since=earlier.since)
    question = queries.build([metric(key)], Grain.GAIN, wide, [dimension("video"), _WHEN])
    ends = {"since_now": filters.since, "until_then": earlier.until}
    found = store.frame(question.sql, {**question.values, **ends}).dropna(subset=[key, "now"])
    found["value"] = found[key].astype(float).round(6)
    return [found.loc[found["now"] == now, ["video", "value"]] for now in (True, False)]


def _values(store: Store, key: str, filters: Filters) -> pd.DataFrame:
    """Return what each work of a period brought, where it is known: video, value."""
    values = queries.measure(store, [key], filters, ["video"]).rename(columns={key: "value"})
    return values.dropna(subset=["value"]).astype({"value": float})


def _facts(store: Store, by: str, videos: Iterable[str]) -> pd.DataFrame:
    """Return what some works are, and their group; labels of one work are one group together."""
    facts = store.frame(
        "select video, title, account, coalesce(genre, '') as genre, day from work "
        "where video in (select unnest($videos))",
        {"videos": list(videos)},
    )
    if by != "label":
        return facts.assign(group=facts[by])
    labels = dict(
        store.rows(
            "select video, string_agg(label, ' + ' order by label) from video_label group by video"
        )
    )
    return facts.assign(group=facts["video"].map(labels).fillna(""))


def _of_rate(store: Store, key: str, filters: Filters, earlier: Filters, by: str) -> list[Part]:
    daily = queries.daily_measures(store, filters.accounts)
    grain = queries.grain_for(metric(key), filters, [], daily)
    if grain is Grain.DAY and filters.basis is Basis.HAPPENED:
        by = "account"
    return changes.of_rate(*(_groups(store, key, view, by) for view in (filters, earlier)))


def _groups(store: Store, key: str, filters: Filters, by: str) -> pd.DataFrame:
    """Return what a rate is made of by group; by label work for work, so that none counts twice."""
    if by != "label":
        return queries.totals(store, key, filters, by)
    each = queries.totals(store, key, filters, "video")
    groups = _facts(store, by, each["group"]).set_index("video")["group"]
    return each.assign(group=each["group"].map(groups)).groupby("group", as_index=False).sum()
