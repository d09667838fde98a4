"""The way back of a figure: its formula, the statement asked, and the rows behind it.

Every row is a work, a day of an account, or a work's step between two exports, with what
it adds to the figure's totals and the files and lines that say so. The rows are grouped
from the same view under the same condition as the figure, so their sums are the figure.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from opsdata import queries
from opsdata.filters import Filters
from opsdata.metrics import Grain, Metric, metric, total
from opsdata.queries import Question
from opsdata.store import Store

_KEYS = {
    Grain.WORK: ("account", "video", "title", "published_at"),
    Grain.DAY: ("account_id", "account", "day"),
    Grain.GAIN: (
        "account", "video", "title", "published_at", "from_at", "to_at", "step_days", "batch_id",
    ),
}  # fmt: skip
"""What names a row of each view."""

_LINKS = {Grain.WORK: "video", Grain.DAY: "account_id, day", Grain.GAIN: "video, batch_id"}
"""By what a row finds its sources."""


@dataclass(frozen=True)
class Trace:
    """A figure with everything it is made of."""

    metric: Metric
    grain: Grain
    filters: Filters
    question: Question
    """The statement whose answer is the figure."""
    value: float | None
    rows: pd.DataFrame
    """The rows, those that add most first: what each is, its totals, its sources."""
    sources: tuple[str, ...]
    """The sources a row has, as the prefixes of their columns: ``at_1``, or ``to_1 from_1``.

    The columns are file, part, line, batch, captured_at and imported_at of each.
    """
    files: int
    """How many files the rows come from."""

    @property
    def totals(self) -> tuple[str, ...]:
        """The columns of the rows whose sums make the figure: one, or part and whole."""
        return self.metric.totals

    def sum(self, name: str) -> float | None:
        """Return the sum of a total over all rows, None when no row knows it."""
        known = self.rows[name].dropna()
        return float(known.sum()) if len(known) else None


def trace(store: Store, key: str, filters: Filters) -> Trace:
    """Return the way back of a metric's figure; Unanswerable when there is no such figure."""
    one = metric(key)
    daily = queries.daily_measures(store, filters.accounts)
    grain = queries.grain_for(one, filters, [], daily)
    question = queries.build([one], grain, filters, [])
    rows = _rows(store, one, grain, filters)
    rows, sources, files = _told(store, rows)
    found = queries.measure(store, [key], filters)[key].iloc[0]
    value = None if pd.isna(found) else float(found)
    return Trace(one, grain, filters, question, value, rows, sources, files)


def _rows(store: Store, one: Metric, grain: Grain, filters: Filters) -> pd.DataFrame:
    """Return the rows with the numbers of the imports and lines of their sources."""
    where, values = filters.where(grain)
    if filters.days_ago:
        values["days_ago"] = filters.days_ago
    columns = list(dict.fromkeys(c for name in one.totals for c in total(name).columns))
    read = [queries.level(c, []) if one.stock else c for c in columns]
    keys = ", ".join(_KEYS[grain])
    sums = [f"cast({total(name).sql} as double) as {name}" for name in one.totals]
    sums += ["count(distinct day) as days"] if grain is Grain.GAIN else []
    ends, seen = _seen(grain, columns or ["published_at"], filters)
    statement = f"""
        with scope as (
            select {", ".join(dict.fromkeys([*_KEYS[grain], "day", *read]))}
            from {queries.relation(grain, filters)}
            where {where}
        ),
        named as (select {keys}, {", ".join(sums)} from scope group by {keys}),
        {seen}
        select named.*, {_unpacked(ends)}
        from named
        left join seen using ({_LINKS[grain]})
        where {" or ".join(f"{name} is not null" for name in one.totals)}
        order by abs({one.totals[0]}) desc nulls last, {keys}
    """
    return store.frame(statement, values).drop(columns=["account_id", "batch_id"], errors="ignore")


_HERE = "{'batch': batch_id, 'line': line}"
_MOMENT = "row(captured_at, batch_id)"
_THESE = "video in (select video from named)"

Ends = dict[str, list[str]]
"""The sources of a row by what they are, as the columns of ``seen`` that hold them."""


def _seen(grain: Grain, names: list[str], filters: Filters) -> tuple[Ends, str]:
    """Return what sources a row has, and SQL of them: which import, which line."""
    if grain is Grain.GAIN:
        return {"to": ["here"], "from": [f"{name}_from" for name in names]}, _steps(names)
    if grain is Grain.WORK and filters.days_ago:
        return {"from": ["earlier"], "to": ["later"]}, _between()
    seen = _measures(names) if grain is Grain.DAY else _newest(names)
    return {"at": [f"{name}_at" for name in names]}, seen


def _measures(names: list[str]) -> str:
    """Return SQL of where each measure of a day stands."""
    told = ", ".join(
        f"any_value({_HERE}) filter (measure = '{name}') as {name}_at" for name in names
    )
    return f"seen as (select account_id, day, {told} from account_day_now group by account_id, day)"


def _newest(names: list[str]) -> str:
    """Return SQL of the newest export that says each value of a work."""
    told = ", ".join(
        f"arg_max(case when {name} is not null then {_HERE} end, {_MOMENT}) as {name}_at"
        for name in names
    )
    return f"seen as (select video, {told} from video_snapshot where {_THESE} group by video)"


def _steps(names: list[str]) -> str:
    """Return SQL of both ends of a step: the export, and the one before that knew each value."""
    told = ", ".join(
        f"lag(case when is_start or {name} is not null then {_HERE} end ignore nulls) "
        f"over one_work as {name}_from"
        for name in names
    )
    return (
        f"seen as (select video, batch_id, {_HERE} as here, {told} from video_seen "
        f"where {_THESE} window one_work as (partition by video order by captured_at, batch_id))"
    )


def _between() -> str:
    """Return SQL of the exports before and after the moment some days ago."""
    return f"""moment as (
            select account_id, max(captured_at) - to_days(cast($days_ago as integer)) as at_moment
            from video_snapshot group by account_id
        ),
        seen as (
            select
                video,
                arg_max({_HERE}, {_MOMENT}) filter (captured_at <= at_moment) as earlier,
                arg_min({_HERE}, {_MOMENT}) filter (captured_at > at_moment) as later
            from video_seen inner join moment using (account_id)
            where {_THESE} group by video
        )"""


def _unpacked(ends: Ends) -> str:
    """Return SQL of the different sources of a row, each as an import and a line."""
    made = []
    for end, names in ends.items():
        found = f"[{', '.join(names)}]"
        apart = (
            f"list_filter({found}, lambda x, i: x is not null and list_position({found}, x) = i)"
        )
        for nth in range(1, len(names) + 1):
            made += [f"{apart}[{nth}].{name} as {end}_{nth}_{name}" for name in ("batch", "line")]
    return ", ".join(made)


def _told(store: Store, rows: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...], int]:
    """Return the rows with file, part and times of each source, the sources, how many files."""
    batches = store.frame(
        "select batch_id, file, part, captured_at, imported_at, bytes_sha from batch"
    ).set_index("batch_id")
    slots = [name.removesuffix("_batch") for name in rows.columns if name.endswith("_batch")]
    used = [slot for slot in slots if rows[f"{slot}_batch"].notna().any()]
    plain = rows.drop(columns=[f"{slot}_{name}" for slot in slots for name in ("batch", "line")])
    told = {}
    numbers: set[int] = set()
    for slot in used:
        number = rows[f"{slot}_batch"].astype("Int64").replace(0, pd.NA)
        numbers |= set(number.dropna())
        for name in ("file", "part", "captured_at", "imported_at"):
            told[f"{slot}_{name}"] = number.map(batches[name])
        told[f"{slot}_batch"] = number
        told[f"{slot}_line"] = rows[f"{slot}_line"].astype("Int64").where(number.notna())
    made = pd.concat([plain, pd.DataFrame(told, index=rows.index)], axis=1)
    prints = batches.loc[list(numbers), "bytes_sha"]
    unknown = prints == ""  # the sample team's imports come from no file on disk
    return made, tuple(used), int(prints[~unknown].nunique() + unknown.sum())
