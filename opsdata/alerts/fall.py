"""A KPI of the last seven days fell against the seven before, compared fairly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from opsdata.alerts.model import Alert, Rule, accounts, alert, named, scopes
from opsdata.analysis.comparison import Comparison, compare
from opsdata.format import change, label, short
from opsdata.i18n import t
from opsdata.meeting.week import week
from opsdata.meeting.weekly import Week
from opsdata.metrics import METRICS, Better, Unit
from opsdata.store import Store

_WATCHED = ("views", "net_followers", "engagement_rate", "completion_rate")


def _find(store: Store, threshold: float, _: date) -> list[Alert]:
    """Return the KPIs that got worse by a share of before; each is told once a week."""
    filters = week(store)
    if filters is None or filters.until is None:
        return []
    told = Week.of(filters.until).name
    return [
        alert("fall", one.key, scope, told, text=_said(scope, one))
        for scope in scopes(store)
        for one in compare(store, _WATCHED, replace(filters, accounts=accounts(scope)))
        if _worse(one) >= threshold
    ]


def _worse(one: Comparison) -> float:
    """Return by what share of before a KPI got worse; 0 where that cannot be said fairly."""
    if one.change is None:
        return 0.0
    metric = METRICS[one.key]
    share = (
        one.change if metric.unit is Unit.COUNT else one.change / one.before if one.before else 0.0
    )
    return share if metric.better is Better.DOWN else -share


def _said(scope: str, one: Comparison) -> str:
    value = short(one.now, METRICS[one.key].unit)
    return t(
        "alert.said_fall",
        account=named(scope),
        name=label(one.key),
        value=value,
        change=change(one) or "",
    )


FALL = Rule("fall", _find, 0.2, 0.05, 0.9, Unit.SHARE)
