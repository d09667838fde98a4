"""YouTube Studio: works with a total as their first row, and the views of each day."""

from __future__ import annotations

from opsdata.sources.model import Column, Kind, Source, Target

WORKS = Source(
    key="youtube_works",
    platform="youtube",
    target=Target.WORKS,
    at_least=2,
    columns=(
        Column("platform_id", Kind.ID, ("Content",), required=True),
        Column("title", Kind.TEXT, ("Video title",), required=True),
        Column("published_at", Kind.TIME, ("Video publish time",), required=True),
        Column("duration_seconds", Kind.SECONDS, ("Duration",)),
        Column("views", Kind.COUNT, ("Views",), required=True),
        Column("follower_gain", Kind.COUNT, ("Subscribers",), may_be_negative=True),
        Column("cover_ctr", Kind.POINTS, ("Impressions click-through rate (%)",)),
        Column("avg_watch_seconds", Kind.SECONDS, ("Average view duration",)),
        Column("likes", Kind.COUNT, ("Likes",)),
        Column("comments", Kind.COUNT, ("Comments added", "Comments")),
        Column("shares", Kind.COUNT, ("Shares",)),
    ),
)

DAILY = Source(
    key="youtube_daily",
    platform="youtube",
    target=Target.DAYS,
    at_least=0,
    exact=True,
    columns=(
        Column("day", Kind.DAY, ("Date",), required=True),
        Column("views", Kind.COUNT, ("Views",), required=True, may_be_negative=True),
    ),
)
