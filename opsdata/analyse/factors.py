"""What works that do well have in common, as plain values."""

from __future__ import annotations

from dataclasses import replace

from opsdata.analyse.asked import Answer, Asked, window
from opsdata.analysis import factors as common
from opsdata.analysis.outcomes import LOG
from opsdata.analysis.traits import GROWN_DAYS, Trait
from opsdata.i18n import named, t
from opsdata.metrics import Basis
from opsdata.store import Store


def factors(store: Store, asked: Asked) -> Answer:
    """Return the effect of each trait, largest first, with what can be claimed."""
    filters = window(store, replace(asked.filters, basis=Basis.PUBLISHED))
    found = common.factors(store, filters, asked.metric)
    return {
        "verdict": str(found.verdict),
        "reason": reason(found),
        "metric": found.kpi,
        "n": found.n,
        "groups": [
            {
                "dimension": group.trait.dimension,
                "value": group.trait.value,
                "name": name(group.trait),
                "n": group.n,
                "effect": group.effect,
                "low": group.low,
                "high": group.high,
                "verdict": str(group.verdict),
            }
            for group in found.groups
        ],
    }


def reason(found: common.Factors) -> str | None:
    """Return how many works are lacking, None where there are enough."""
    if found.verdict is not common.Answer.NOT_ENOUGH:
        return None
    more = max(found.needed - found.n, 1)
    strong = common.STRONG[found.kpi in LOG]
    return t("factors.not_enough", n=found.n, days=GROWN_DAYS, more=more, strong=f"{strong:+.0%}")


def name(trait: Trait) -> str:
    """Return what a trait is called."""
    if trait.dimension == "hashtag":
        return f"#{trait.value}"
    if trait.dimension == "label":
        return trait.value
    if trait.dimension == "genre":
        return named("genre", trait.value)
    key = f"trait.{trait.dimension}.{trait.value}"
    return t(key)
