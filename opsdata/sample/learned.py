"""What the sample team holds up as success cases: the best work of each account."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from opsdata.sample.team import LAST_DAY
from opsdata.store import Store
from opsdata.team import successes
from opsdata.team.successes import Success


def learn(store: Store) -> None:
    """Make a case of each own account's work with most plays, with its lesson."""
    text = files("opsdata.sample").joinpath("learned.toml").read_text(encoding="utf-8")
    best = store.rows(
        "select arg_max(video, views) from work where own group by account order by max(views) desc"
    )
    for (video,), case in zip(best, tomllib.loads(text)["case"], strict=False):
        successes.keep(store, Success(video, case["lesson"], tuple(case["tags"]), LAST_DAY))
