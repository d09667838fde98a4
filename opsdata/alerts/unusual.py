"""A day was unlike what was to be expected of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from opsdata import i18n
from opsdata.alerts.model import Alert, Rule, accounts, alert, named, scopes
from opsdata.analysis.anomalies import (
    AFTERMATH,
    Judged,
    Unusual,
    anomalies,
    peak,
)
from opsdata.filters import Filters
from opsdata.format import label, short
from opsdata.i18n import t
from opsdata.meeting.week import week
from opsdata.metrics import METRICS, Basis, Unit
from opsdata.store import Store
from opsdata.team.alerts import seen

_WATCHED = ("views", "net_followers")


def _find(store: Store, threshold: float, _: date) -> list[Alert]:
    """Return the unusual days of the last seven, off by at least a share of what was expected."""
    filters = week(store)
    if filters is None or filters.basis is Basis.PUBLISHED:
        return []
    wider = replace(filters, since=filters.since - AFTERMATH if filters.since else None)
    found = []
    for scope in scopes(store):
        whose = accounts(scope)
        for key in _WATCHED:
            known = seen(store, key, whose)
            for one in _news(anomalies(store, key, replace(wider, accounts=whose)), filters):
                if one.day not in known and _off(one) >= threshold:
                    text = t("alert.said_unusual", account=named(scope), said=told(key, one))
                    found.append(alert("unusual", key, scope, one.day, text=text))
    return found


def _news(found: Judged, filters: Filters) -> list[Unusual]:
    """Return the unusual days of a period, without those in the wake of one farther out."""
    return [
        one
        for one in found.days
        if filters.since and one.day >= filters.since and peak(one, found.days) == one
    ]


def _off(one: Unusual) -> float:
    """Return how far a day lies beyond what was expected, as a share of it."""
    up = one.direction == "up"
    bound = one.expected_high if up else one.expected_low
    beyond = one.value - bound if up else bound - one.value
    return beyond / abs(bound) if bound else float("inf")


def told(key: str, one: Unusual) -> str:
    """Return what an unusual day was, beside what was expected of it."""
    unit = METRICS[key].unit
    return t(
        f"anomalies.{one.direction}",
        day=i18n.day(one.day),
        name=label(key),
        value=short(one.value, unit),
        low=short(one.expected_low, unit),
        high=short(one.expected_high, unit),
    )


UNUSUAL = Rule("unusual", _find, 0.2, 0.0, 5.0, Unit.SHARE)
