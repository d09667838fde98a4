"""A period against equal days before or a year ago, or the reason why that would be unfair.

- The days compared with are as many, with the same weekdays, and a year ago with the same
  holidays (``opsdata.periods``).
- What happened is compared only when every account has every day of both periods.
- What was published is compared at the same age: the works of the period before as they
  stood the same number of days before the newest export. Without exports around that
  moment there is no percentage.
- A base of zero is "new", not an infinite percentage; a base under ``LEAST`` is too small
  for one, and so are rates of fewer than ``LEAST_PLAYS`` plays.
- Rates that mean different things for photo posts and videos are not compared while both
  are in the view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from opsdata import periods, queries
from opsdata.analysis.coverage import Judge, fair
from opsdata.analysis.reasons import Reason
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.metrics import Grain, Metric, Unit, metric
from opsdata.store import Store
from opsdata.team import holidays

LEAST = 20
"""A count below this is no base for a percentage: chance alone moves it by a fifth or more."""

LEAST_PLAYS = 200
"""A rate of fewer plays is not compared; the platform itself asks for as many."""


@dataclass(frozen=True)
class Comparison:
    """A metric now and before; ``change`` is a share of before, for rates a difference."""

    key: str
    now: float | None
    before: float | None = None
    change: float | None = None
    reason: str | None = None
    """Why there is no change: code of a sentence under ``reason.``, with ``values``."""
    values: tuple[tuple[str, object], ...] = ()

    @property
    def direction(self) -> int:
        """1 for more, -1 for less, 0 for the same or unknown."""
        return 0 if not self.change else (1 if self.change > 0 else -1)


def compare(store: Store, keys: Sequence[str], filters: Filters) -> list[Comparison]:
    """Return each metric of a period against the period before, in the order asked.

    A metric that the filters cannot answer comes back empty with the reason.
    """
    return _compared(store, keys, filters, fair(store, filters).before() or Reason("open_period"))


def compare_year(store: Store, keys: Sequence[str], filters: Filters) -> list[Comparison]:
    """Return each metric of a period against the like days of a year ago."""
    if filters.since is None or filters.until is None:
        return _compared(store, keys, filters, Reason("open_period"))
    found = year_ago(store, filters)
    if found.reason is not None:
        return _compared(store, keys, filters, Reason(found.reason, found.values))
    earlier = replace(filters, since=found.since, until=found.until)
    return _compared(store, keys, filters, earlier)


def year_ago(store: Store, filters: Filters) -> periods.YearAgo:
    """Return the days of a year ago that a closed period is compared with."""
    assert filters.since is not None and filters.until is not None
    return periods.year_ago(filters.since, filters.until, holidays.calendar(store))


def _compared(
    store: Store, keys: Sequence[str], filters: Filters, earlier: Filters | Reason
) -> list[Comparison]:
    judge = Judge(store, filters, earlier)
    grains = {key: judge.grain(key) for key in keys}
    known = [key for key, grain in grains.items() if isinstance(grain, Grain)]
    now = _values(store, known, filters)
    befores = {key: judge.before(key, grains[key]) for key in known if now[key] is not None}
    fair = [key for key, before in befores.items() if isinstance(before, Filters)]
    then: dict[str, float | None] = {}
    for before in dict.fromkeys(befores[key] for key in fair):
        assert isinstance(before, Filters)
        then |= _values(store, [key for key in fair if befores[key] == before], before)
    plays = _fewer(now.get("views"), then.get("views"))
    return [
        _comparison(key, grains[key], now.get(key), befores.get(key), then, plays) for key in keys
    ]


def _fewer(now: float | None, then: float | None) -> float | None:
    return None if now is None or then is None else min(now, then)


def _comparison(
    key: str,
    grain: Grain | Unanswerable,
    now: float | None,
    before: Filters | Reason | None,
    then: dict[str, float | None],
    plays: float | None,
) -> Comparison:
    if isinstance(grain, Unanswerable):
        return Comparison(key, None, reason=grain.code, values=tuple(grain.values.items()))
    if now is None or before is None:
        return Comparison(key, None, reason="no_data")
    if isinstance(before, Filters):
        return _change(metric(key), now, then[key], plays)
    return Comparison(key, None if before.hides else now, reason=before.code, values=before.values)


def _values(store: Store, keys: Sequence[str], filters: Filters) -> dict[str, float | None]:
    """Return metrics over a whole period; with a rate also the plays that it rests on."""
    if not keys:
        return {}
    rates = any(metric(key).unit is not Unit.COUNT for key in keys)
    asked = list(dict.fromkeys([*keys, "views"] if rates else keys))
    row = queries.measure(store, asked, filters).iloc[0]
    return {key: None if pd.isna(row[key]) else float(row[key]) for key in asked}


def _change(one: Metric, now: float, before: float | None, plays: float | None) -> Comparison:
    if before is None:
        return Comparison(one.key, now, reason="no_data_before")
    if one.unit is not Unit.COUNT and plays is not None and plays < LEAST_PLAYS:
        least = (("least", LEAST_PLAYS),)
        return Comparison(one.key, now, before, reason="few_plays", values=least)
    if one.unit is not Unit.COUNT:
        return Comparison(one.key, now, before, now - before)
    if before == 0:
        reason = "from_zero" if now > 0 else "both_zero"
        return Comparison(one.key, now, before, reason=reason)
    if before < 0 or now < 0:
        return Comparison(one.key, now, before, reason="sign_changes")
    if before < LEAST and not one.stock:
        values = (("least", LEAST), ("difference", f"{now - before:+,.0f}"))
        return Comparison(one.key, now, before, reason="too_small", values=values)
    return Comparison(one.key, now, before, (now - before) / before)
