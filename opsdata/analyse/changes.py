"""Why a metric changed, as plain values."""

from __future__ import annotations

from dataclasses import replace

from opsdata.analyse.asked import Answer, Asked, window
from opsdata.analysis.explain import Explanation, basis_for, explain
from opsdata.format import spoken
from opsdata.i18n import t
from opsdata.metrics import Basis
from opsdata.store import Store


def changes(store: Store, asked: Asked) -> Answer:
    """Return why a metric changed: before, after, and parts that add up to the difference."""
    filters = window(store, asked.filters)
    chosen = Basis(asked.basis) if asked.basis else basis_for(store, filters)
    aimed = window(store, replace(asked.filters, basis=chosen))
    found = explain(store, asked.metric, aimed)
    return {
        "metric": asked.metric,
        "basis": str(found.basis),
        "before": found.before,
        "after": found.after,
        "difference": found.difference,
        "percent": found.percent,
        "reason": _reason(found),
        "parts": [
            {"kind": part.kind, "group": part.group, "name": part.name, "amount": part.amount}
            for part in found.parts
        ],
        "top_one": found.top_one,
        "top_three": found.top_three,
    }


def _reason(found: Explanation) -> str | None:
    if found.reason is None:
        return None
    return t(f"reason.{found.reason}", **spoken(found.values))
