"""What the sample team itself wrote: labels, beliefs, decisions, notes on days and works."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from importlib.resources import files
from typing import Any

from opsdata.sample.team import LAST_DAY
from opsdata.store import Store
from opsdata.team import beliefs, decisions, labels, notes
from opsdata.team.beliefs import Belief, Conditions
from opsdata.team.decisions import Decision, Scope
from opsdata.team.labels import Rule
from opsdata.team.notes import Note

_WEEKS = timedelta(days=14)


def write_down(store: Store) -> None:
    """Write the team's rules and sayings into its database."""
    wrote = _wrote()
    for rule in wrote["rule"]:
        labels.add_rule(store, Rule(**rule))
    for belief in wrote["belief"]:
        wanted = belief["conditions"]
        days = tuple(wanted.pop("weekdays", ()))
        beliefs.keep(store, Belief(**{**belief, "conditions": Conditions(**wanted, weekdays=days)}))
    for decision in wrote["decision"]:
        day = LAST_DAY - timedelta(days=decision.pop("days_ago"))
        named = {"scope": Scope(decision["scope"]), "parts": tuple(decision["parts"])}
        decisions.keep(
            store, Decision(**{**decision, "decided": day, "due": day + _WEEKS, **named})
        )


def write_beside(store: Store) -> None:
    """Write the team's notes beside days, and beside works, which have to be known by then."""
    newest = store.rows(
        "select video, account from work where own and day > $since "
        "order by views desc nulls last, video limit 9",
        {"since": LAST_DAY - _WEEKS},
    )
    for note in _wrote()["note"]:
        day = LAST_DAY - timedelta(days=note["days_ago"])
        video, account = newest[note["work"] - 1] if "work" in note else ("", "")
        notes.keep(store, Note(day, note["text"], account, video))


def _wrote() -> dict[str, list[dict[str, Any]]]:
    text = files("opsdata.sample").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
