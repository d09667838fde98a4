"""Questions into data frames: metrics by dimensions under filters.

The builder writes two stages, and the stages carry the meaning: first the totals of
each group, then the formulas over them. A rate is therefore always a ratio of totals,
and a total is computed once however many rates use it. Metrics of different origin are
separate queries merged on their dimensions, never a join of facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from opsdata.dimensions import Dimension, dimension
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.metrics import METRICS, Basis, Grain, Metric, Unit, metric, total
from opsdata.store import Store


@dataclass(frozen=True)
class Question:
    """One statement for one view: its SQL and parameters."""

    grain: Grain
    sql: str
    values: dict[str, object]


def build(
    metrics: Sequence[Metric],
    grain: Grain,
    filters: Filters,
    by: Sequence[Dimension],
    raw: bool = False,
) -> Question:
    """Return the statement that answers some metrics of one view, by some dimensions.

    A ``raw`` answer holds the totals instead of the formulas over them.

    >>> print(build([metric("completion_rate")], Grain.WORK, Filters(), []).sql)
    with scope as (
        select views, completion_rate
        from work
        where own
    ),
    <BLANKLINE>
    totals as (
        select
            cast(sum(views * completion_rate) as double) as completion_rate_plays,
            cast(sum(views) filter (where completion_rate is not null) as double) \
as completion_rate_base
        from scope
    )
    <BLANKLINE>
    select completion_rate_plays / nullif(completion_rate_base, 0) as completion_rate
    from totals
    """
    where, values = filters.where(grain)
    keys = [d.key for d in by]
    needed = list(dict.fromkeys(key for m in metrics for key in m.totals))
    columns = dict.fromkeys(column for key in needed for column in total(key).columns)
    levels = {key for m in metrics if m.stock for key in m.totals}
    scope = [f"{d.sql} as {d.key}" for d in by]
    scope += [level(c, by) if c in levels else c for c in columns]
    sums = [f"cast({total(key).sql} as double) as {key}" for key in needed]
    joins = "".join(f"\n    left join {d.join} using (video)" for d in by if d.join)
    lines = [
        "with scope as (",
        f"    select {', '.join(scope) or '1 as one'}",
        f"    from {relation(grain, filters)}{joins}",
        f"    where {where}",
        "),",
        "",
        "totals as (",
        "    select",
        ",\n".join(f"        {column}" for column in keys + sums),
        "    from scope",
        *([f"    group by {', '.join(keys)}"] if keys else []),
        ")",
        "",
        f"select {'*' if raw else ', '.join(keys + [f'{m.formula} as {m.key}' for m in metrics])}",
        "from totals",
        *([f"order by {', '.join(keys)}"] if keys else []),
    ]
    if filters.days_ago:
        values["days_ago"] = filters.days_ago
    return Question(grain, "\n".join(lines), values)


def relation(grain: Grain, filters: Filters) -> str:
    """SQL of the rows to read: a view, works as they stood some days ago, days without a work."""
    if grain is Grain.WORK and filters.days_ago:
        return "works_days_ago($days_ago)"
    return "daily_without($without)" if grain is Grain.DAY and filters.without else str(grain)


def level(column: str, by: Sequence[Dimension]) -> str:
    """SQL of a level in scope: it counts only on its last known day of a group."""
    group = ", ".join(["account_id", *(d.sql for d in by)])
    last = f"max(case when {column} is not null then day end) over (partition by {group})"
    return f"case when day = {last} then {column} end as {column}"


def grain_for(
    asked: Metric, filters: Filters, by: Sequence[Dimension], daily: frozenset[str]
) -> Grain:
    """Return the view that answers a metric; Unanswerable, saying why, when none can.

    ``daily`` are the measures that daily files were imported for; a metric that is not
    among them is taken from the difference of exports, if it can be.
    """
    grains = asked.grains(filters.basis)
    if not grains:
        raise Unanswerable("not_in_basis", metric=asked.key, basis=str(filters.basis))
    able = [grain for grain in grains if all(grain in d.grains for d in by)]
    if filters.about_works:
        able = [grain for grain in able if grain is not Grain.DAY]
    if not able:
        keys = ", ".join(d.key for d in by) or "-"
        raise Unanswerable(
            "not_by_dimension", metric=asked.key, dimensions=keys, basis=str(filters.basis)
        )
    known = [g for g in able if g is not Grain.DAY or asked.key in daily]
    return (known or able)[0]


def measure(
    store: Store, keys: Sequence[str], filters: Filters, by: Sequence[str] = ()
) -> pd.DataFrame:
    """Return metrics by dimensions: one column each, one row a group, ordered by the group.

    A missing value is NA, never zero. Counts are whole numbers when they are whole.
    """
    asked = [metric(key) for key in keys]
    slices = [dimension(key) for key in by]
    daily = daily_measures(store, filters.accounts)
    grains: dict[Grain, list[Metric]] = {}
    for one in asked:
        grains.setdefault(grain_for(one, filters, slices, daily), []).append(one)
    frames = [
        _answer(store, build(group, grain, filters, slices)) for grain, group in grains.items()
    ]
    merged = frames[0]
    for frame in frames[1:]:
        merged = _merge(merged, frame, list(by))
    frame = _typed(merged[[*by, *keys]], asked)
    if "posts" in keys and not by and not _knows_works(store, filters):
        frame["posts"] = pd.array([pd.NA], dtype="Int64")
    return frame


def _knows_works(store: Store, filters: Filters) -> bool:
    """Whether any work of these accounts is known: where none is, none published is no answer."""
    where, values = Filters(accounts=filters.accounts).where(Grain.WORK)
    return bool(store.rows(f"select 1 from work where {where} limit 1", values))


def _answer(store: Store, question: Question) -> pd.DataFrame:
    return store.frame(question.sql, question.values)


def _merge(left: pd.DataFrame, right: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    if not by:
        return pd.concat([left, right], axis=1)
    return left.merge(right, on=by, how="outer").sort_values(by, ignore_index=True)


def _typed(frame: pd.DataFrame, asked: Sequence[Metric]) -> pd.DataFrame:
    """Return counts as whole numbers where all of them are, and days as dates."""
    frame = frame.copy()
    for one in asked:
        column = pd.to_numeric(frame[one.key], errors="coerce").astype("Float64")
        if one.unit is Unit.COUNT:
            column = column.round(6)
            if bool((column.dropna() % 1 == 0).all()):
                column = column.astype("Int64")
        frame[one.key] = column
    return frame


def daily_measures(store: Store, accounts: Sequence[str] = ()) -> frozenset[str]:
    """Return the measures that daily files were imported for, of some accounts or of all."""
    sql = _of(
        "select distinct measure from account_day inner join "
        "(select account_id, name as account, own from account) using (account_id)",
        accounts,
    )
    return frozenset(measure for (measure,) in store.rows(sql, _values(accounts)))


def newest(store: Store, basis: Basis, accounts: Sequence[str] = ()) -> date | None:
    """Return the last day the data reach in a basis, None when there are none.

    What happened reaches to the last day of the daily files, or of the gains between two
    exports; what was published reaches to the eve of the newest export.
    """
    if basis is Basis.HAPPENED:
        last = store.one(_of("select max(day) from daily", accounts), _values(accounts))
        if last is not None:
            return _day(last)
    last = store.one(
        _of("select cast(max(captured_at) as date) - 1 from work", accounts), _values(accounts)
    )
    return _day(last)


def imported(store: Store) -> datetime | None:
    """Return when something was imported last, None before the first time."""
    found: datetime | None = store.one("select max(imported_at) from batch where state = 'done'")
    return found


def oldest(
    store: Store, basis: Basis, accounts: Sequence[str] = (), since: date = date.min
) -> date | None:
    """Return the first day the data of a basis know, None when there are none.

    Daily files that end before ``since`` do not count: exports of works say what came after.
    """
    values = {**_values(accounts), "since": since}
    if basis is Basis.HAPPENED:
        first = store.one(
            _of("select min(day) from daily", accounts) + " having max(day) >= $since", values
        )
        if first is not None:
            return _day(first)
        seen = (
            "select min(captured_at) from video_snapshot inner join "
            "(select account_id, name as account, own from account) using (account_id)"
        )
        return _day(store.one(_of(seen, accounts), values))
    return _day(store.one(_of("select min(day) from work", accounts), values))


def _of(sql: str, accounts: Sequence[str]) -> str:
    names = ", ".join(f"$account_{i}" for i in range(len(accounts)))
    return f"{sql} where account in ({names})" if accounts else f"{sql} where own"


def _values(accounts: Sequence[str]) -> dict[str, object]:
    return {f"account_{i}": name for i, name in enumerate(accounts)}


def _day(value: date | datetime | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def default_basis(keys: Sequence[str]) -> Basis:
    """Return the basis of a question that names none: published, if all its metrics have it."""
    daily_only = all(not metric(key).published for key in keys)
    return Basis.HAPPENED if daily_only else Basis.PUBLISHED


def ask(
    store: Store, keys: Sequence[str], filters: Filters, by: Sequence[str] = ()
) -> pd.DataFrame:
    """Return what the command line asks: ``measure``, with title and time beside each work."""
    frame = measure(store, keys, filters, by)
    if "video" not in by:
        return frame
    named = store.frame("select video, title, published_at from work")
    joined = frame.merge(named, on="video", how="left")
    return joined[[*by, "title", "published_at", *keys]]


def totals(store: Store, key: str, filters: Filters, by: str) -> pd.DataFrame:
    """Return what a rate is made of by one dimension: columns group, part, whole."""
    one = metric(key)
    daily = daily_measures(store, filters.accounts)
    slices = [dimension(by)]
    question = build([one], grain_for(one, filters, slices, daily), filters, slices, raw=True)
    frame = store.frame(question.sql, question.values).dropna()
    return frame.set_axis(["group", "part", "whole"], axis=1)


def answerable(store: Store, filters: Filters, by: Sequence[str] = ()) -> list[str]:
    """Return the metrics that these filters and dimensions can answer from data there are."""
    daily = daily_measures(store, filters.accounts)
    slices = [dimension(key) for key in by]
    has_works = bool(store.one("select exists (select 1 from video)"))
    found = []
    for one in METRICS.values():
        try:
            grain = grain_for(one, filters, slices, daily)
        except Unanswerable:
            continue
        if (grain is Grain.DAY and one.key in daily) or (grain is not Grain.DAY and has_works):
            found.append(one.key)
    return found
