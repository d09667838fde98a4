"""Analyses as plain values with fixed keys, for scripts and for the command line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from opsdata import queries
from opsdata.analysis import ages as same_age
from opsdata.analysis.explain import Explanation, basis_for, explain
from opsdata.filters import DEFAULT_PERIOD, Filters, resolve
from opsdata.i18n import t
from opsdata.metrics import Basis
from opsdata.store import Store

Answer = dict[str, Any]


def changes(store: Store, metric: str, filters: Filters, basis: str | None) -> Answer:
    """Return why a metric changed: before, after, and parts that add up to the difference."""
    chosen = Basis(basis) if basis else basis_for(store, _window(store, filters))
    found = explain(store, metric, _window(store, replace(filters, basis=chosen)))
    return {
        "metric": metric,
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


def ages(store: Store, metric: str, filters: Filters, basis: str | None) -> Answer:  # noqa: ARG001
    """Return where each work stands among its account's works of its genre at the same age."""
    facts = store.frame("select video, title, published_at from work").set_index("video")
    found = same_age.ages(store, filters)
    known = [one for one in found if one.percentile is not None]
    return {
        "videos": [
            {
                "video": one.video,
                "title": _text(facts.loc[one.video, "title"]),
                "published_at": facts.loc[one.video, "published_at"].isoformat(),
                "age_days": round(one.age_days, 3),
                "percentile": one.percentile,
                "n": one.n,
            }
            for one in found
        ],
        "reason": None if known else t("ages.not_enough", n=same_age.ENOUGH),
    }


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _reason(found: Explanation) -> str | None:
    if found.reason is None:
        return None
    return t(f"reason.{found.reason}", **dict(found.values))


def _window(store: Store, filters: Filters) -> Filters:
    """Return filters with the last days of the data, where none are named."""
    if filters.since is not None and filters.until is not None:
        return filters
    newest = filters.until or queries.newest(store, filters.basis, filters.accounts)
    if newest is None:
        return filters
    first, last = resolve(DEFAULT_PERIOD, newest)
    return replace(filters, since=filters.since or first, until=last)


ANALYSES: dict[str, Callable[[Store, str, Filters, str | None], Answer]] = {
    "changes": changes,
    "ages": ages,
}
"""Every analysis by its name on the command line."""
