"""What young works are expected to come to, as plain values."""

from __future__ import annotations

from dataclasses import asdict

from opsdata.analyse.asked import Answer, Asked, named
from opsdata.analysis import forecast as early
from opsdata.analysis.growth import LEVEL
from opsdata.i18n import t
from opsdata.store import Store


def forecast(store: Store, asked: Asked) -> Answer:
    """Return the expected total of each young work, and how such forecasts did so far."""
    found = early.forecast(store, asked.filters, asked.metric, asked.horizon)
    names = named(store, asked.filters)
    return {
        "metric": asked.metric,
        "horizon_days": found.horizon,
        "level": LEVEL,
        "videos": [
            {**names[one.video], **asdict(one), "age_days": round(one.age_days, 3)}
            for one in found.videos
            if one.video in names
        ],
        "reason": _reason(found),
        "backtest": asdict(found.backtest) if found.backtest else None,
    }


def _reason(found: early.Forecast) -> str | None:
    if found.reason is None:
        return None
    return t(f"forecast.{found.reason}", n=found.grown, least=early.ENOUGH, horizon=found.horizon)
