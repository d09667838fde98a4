"""Whether a target will be hit, as plain values."""

from __future__ import annotations

from opsdata.analyse.asked import Answer, Asked
from opsdata.analysis.outlook import PACED, Outlook, outlook, track_record
from opsdata.analysis.pacing_record import Record
from opsdata.format import label
from opsdata.i18n import t
from opsdata.metrics import Basis
from opsdata.store import Store

_KEYS = ("target", "so_far", "expected_low", "expected_mid", "expected_high", "chance")


def pacing(store: Store, asked: Asked) -> Answer:
    """Return the target of a metric, how far it is, where it will end, and the chance to hit it.

    Without days of its own the question is about the days of the target in force, else
    about the month of the newest data.
    """
    filters = asked.filters
    named = {"metric": asked.metric, "basis": str(Basis.HAPPENED)}
    empty: Answer = dict.fromkeys(_KEYS)
    if asked.metric not in PACED:
        names = t("list.comma").join(label(key) for key in PACED)
        return {**named, **empty, "reason": t("pacing.not_paced", names=names)}
    found = outlook(store, asked.metric, filters.accounts, filters.since, filters.until)
    if found is None:
        return {**named, **empty, "reason": t("pacing.no_days")}
    pace = found.pace
    values = (pace.target, pace.so_far, pace.low, pace.mid, pace.high, pace.chance)
    return {
        **named,
        "from": pace.since.isoformat(),
        "to": pace.until.isoformat(),
        **dict(zip(_KEYS, values, strict=True)),
        "reason": _reason(found),
        "not_counted_after": [
            {"account": account, "day": day.isoformat()}
            for account, day in (*found.gone, *found.late)
        ],
        "record": _record(track_record(store, asked.metric, filters.accounts)),
    }


def _reason(found: Outlook) -> str | None:
    if found.pace.reason is not None:
        return t(f"pacing.{found.pace.reason}", **dict(found.pace.values))
    return None if found.target else t("pacing.no_target")


def _record(found: Record | None) -> Answer | None:
    if found is None:
        return None
    return {
        "months": found.months,
        "n": found.n,
        "brier": found.ours,
        "brier_straight_line": found.straight,
        "inside": found.inside,
    }
