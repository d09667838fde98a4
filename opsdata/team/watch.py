"""Which alerts the team wants, from which threshold on, and which were posted already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from opsdata.store import Store
from opsdata.team import settings

_AFTER_IMPORT = "alert_after_import"


@dataclass(frozen=True)
class Switch:
    """Whether a rule is on, and from which threshold on it speaks."""

    on: bool
    threshold: float


def switch(store: Store, rule: str, usual: float) -> Switch:
    """Return how the team set a rule; off until somebody turned it on."""
    kept = (settings.setting(store, _key(rule)) or "").split()
    if len(kept) != 2:
        return Switch(False, usual)
    return Switch(kept[0] == "on", float(kept[1]))


def turn(store: Store, rule: str, to: Switch) -> None:
    """Keep how the team sets a rule."""
    settings.choose(store, _key(rule), f"{'on' if to.on else 'off'} {to.threshold!r}")


def after_import(store: Store) -> bool:
    """Return whether alerts are posted after files came in by the inbox."""
    return settings.setting(store, _AFTER_IMPORT) == "on"


def choose_after_import(store: Store, on: bool) -> None:
    """Keep whether alerts are posted after files came in by the inbox."""
    settings.choose(store, _AFTER_IMPORT, "on" if on else "off")


def sent(store: Store) -> frozenset[str]:
    """Return the alerts that were posted."""
    return frozenset(alert for (alert,) in store.rows("select alert from sent_alert"))


def keep_sent(store: Store, alerts: Iterable[tuple[str, str]], at: datetime) -> None:
    """Keep that alerts were posted: the key of each, and its rule."""
    with store.writing() as session:
        for alert, rule in alerts:
            session.do(
                "insert or replace into sent_alert values ($alert, $rule, $at)",
                {"alert": alert, "rule": rule, "at": at},
            )


def _key(rule: str) -> str:
    return f"alert_{rule}"
