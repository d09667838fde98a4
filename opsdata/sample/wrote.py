"""What the sample team itself wrote: labels by rule, and what it believes works."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from opsdata.sample.team import LAST_DAY
from opsdata.store import Store
from opsdata.team import beliefs, labels, successes
from opsdata.team.beliefs import Belief, Conditions
from opsdata.team.labels import Rule
from opsdata.team.successes import Success


def write_down(store: Store) -> None:
    """Write the team's rules and sayings into its database."""
    wrote = _wrote()
    for rule in wrote["rule"]:
        labels.add_rule(store, Rule(**rule))
    for belief in wrote["belief"]:
        wanted = belief["conditions"]
        days = tuple(wanted.pop("weekdays", ()))
        beliefs.keep(store, Belief(**{**belief, "conditions": Conditions(**wanted, weekdays=days)}))


def choose_cases(store: Store) -> None:
    """Make success cases of each account's work with most plays, with a lesson."""
    best = store.rows(
        "select arg_max(video, views) from work where own group by account order by max(views) desc"
    )
    for (video,), case in zip(best, _wrote()["case"], strict=False):
        successes.keep(store, Success(video, case["lesson"], tuple(case["tags"]), LAST_DAY))


def _wrote() -> dict[str, Any]:
    text = files("opsdata.sample").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
