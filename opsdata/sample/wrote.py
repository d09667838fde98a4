"""What the sample team itself wrote: labels by rule, what it believes works, and notes."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

from opsdata.store import Store
from opsdata.team import beliefs, labels, notes
from opsdata.team.beliefs import Belief, Conditions
from opsdata.team.labels import Rule
from opsdata.team.notes import Note


def write_down(store: Store) -> None:
    """Write the team's rules and sayings into its database."""
    text = files("opsdata.sample").joinpath("words.toml").read_text(encoding="utf-8")
    wrote = tomllib.loads(text)
    for rule in wrote["rule"]:
        labels.add_rule(store, Rule(**rule))
    for belief in wrote["belief"]:
        wanted = belief["conditions"]
        days = tuple(wanted.pop("weekdays", ()))
        beliefs.keep(store, Belief(**{**belief, "conditions": Conditions(**wanted, weekdays=days)}))
    for day, text in wrote["noted"].items():
        notes.keep(store, Note(date.fromisoformat(day), text))
