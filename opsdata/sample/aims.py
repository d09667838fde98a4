"""What the sample team wants to reach this month and reached for in the month before."""

from __future__ import annotations

from datetime import date

from opsdata.team.targets import Target

_THIS, _LAST = (date(2026, 11, 1), date(2026, 11, 30)), (date(2026, 10, 1), date(2026, 10, 31))
_LEADER = "小满的厨房"


def aims() -> list[Target]:
    """Return the sample team's targets."""
    return [
        Target("views", "", *_THIS, 1_050_000),
        Target("net_followers", "", *_THIS, 3_300),
        Target("posts", "", *_THIS, 72),
        Target("views", _LEADER, *_THIS, 540_000),
        Target("followers", _LEADER, *_THIS, 195_200),
        Target("views", "", *_LAST, 800_000),
        Target("net_followers", "", *_LAST, 1_000),
    ]
