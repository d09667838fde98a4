"""What the sample team does and plans: its campaigns, and works on their way."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from opsdata.store import Store
from opsdata.team import campaigns, plan
from opsdata.team.campaigns import Campaign
from opsdata.team.plan import Item


def act(store: Store) -> None:
    """Write campaigns and the plan into the team's database; its accounts must be known."""
    text = files("opsdata.sample").joinpath("plan.toml").read_text(encoding="utf-8")
    wrote = tomllib.loads(text)
    keys = {"": 0}
    for one in wrote["campaign"]:
        tags = tuple(one.pop("hashtags", ()))
        keys[one["name"]] = campaigns.keep(store, Campaign(**one, hashtags=tags))
    for one in wrote["item"]:
        voters = one.pop("votes", [])
        campaign = keys[one.pop("campaign", "")]
        (key,) = plan.keep(store, Item(**one, campaign=campaign))
        plan.vote(store, key, voters)
