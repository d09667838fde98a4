"""Unusual days, as plain values."""

from __future__ import annotations

from dataclasses import replace

from opsdata.analyse.asked import Answer, Asked, window
from opsdata.analysis import anomalies as days
from opsdata.format import short
from opsdata.i18n import t
from opsdata.metrics import METRICS, Basis
from opsdata.store import Store


def anomalies(store: Store, asked: Asked) -> Answer:
    """Return the unusual days of a metric in the window, judged by all days there are."""
    basis = Basis(asked.basis or Basis.HAPPENED)
    filters = window(store, replace(asked.filters, basis=basis))
    found = days.anomalies(store, asked.metric, filters)
    return {
        "metric": asked.metric,
        "basis": str(basis),
        "days": [
            {
                "day": one.day.isoformat(),
                "value": one.value,
                "expected_low": one.expected_low,
                "expected_high": one.expected_high,
                "direction": one.direction,
            }
            for one in found.days
        ],
        "reason": why(asked.metric, found),
    }


def why(key: str, found: days.Judged) -> str | None:
    """Return why no day can be called unusual; None where days can."""
    if found.reason is None:
        return None
    most = short(found.most, METRICS[key].unit)
    return t(f"anomalies.{found.reason}", n=found.known, needed=days.ENOUGH_DAYS, high=most)
