"""Unusual days, as plain values."""

from __future__ import annotations

from dataclasses import replace

from opsdata import trends
from opsdata.analyse.asked import Answer, Asked, window
from opsdata.analysis import anomalies as days
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.metrics import Basis
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
            for one in found
        ],
        "reason": _reason(store, asked.metric, replace(filters, since=None, until=None)),
    }


def _reason(store: Store, key: str, always: Filters) -> str | None:
    """Return why no day can be judged, None when days can."""
    known = int(trends.trend(store, key, always)["value"].notna().sum())
    enough = known >= days.ENOUGH_DAYS
    return None if enough else t("anomalies.few", n=known, needed=days.ENOUGH_DAYS)
