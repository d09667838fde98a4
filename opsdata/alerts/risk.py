"""A target is not likely to be reached any more."""

from __future__ import annotations

from datetime import date

from opsdata import i18n
from opsdata.alerts.model import Alert, Rule, accounts, alert, named
from opsdata.analysis.outlook import Outlook, outlook
from opsdata.format import label
from opsdata.i18n import t
from opsdata.meeting.week import number
from opsdata.metrics import Unit
from opsdata.store import Store
from opsdata.team.targets import Target, targets


def _find(store: Store, threshold: float, _: date) -> list[Alert]:
    """Return the targets in force whose chance is below a share; each is told once."""
    found = []
    for target in targets(store):
        one = outlook(store, target.metric, accounts(target.account))
        if one is None or one.target != target or one.pace.chance is None:
            continue
        if one.pace.chance < threshold:
            days = (target.since, target.until)
            said = _said(target, one)
            found.append(alert("risk", target.metric, target.account, *days, text=said))
    return found


def _said(target: Target, one: Outlook) -> str:
    return t(
        "alert.said_risk",
        account=named(target.account),
        days=i18n.span(target.since, target.until),
        name=label(target.metric),
        target=number(target.value, target.metric).text,
        so_far=number(one.pace.so_far, target.metric).text,
        chance=f"{one.pace.chance:.0%}",
    )


RISK = Rule("risk", _find, 0.5, 0.05, 0.95, Unit.SHARE)
