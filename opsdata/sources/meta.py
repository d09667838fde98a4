"""Posts of Instagram and Facebook out of Meta Business Suite; days as in the United States."""

from __future__ import annotations

from opsdata.sources.model import Column, Kind, Source, Target

POSTS = Source(
    key="meta_posts",
    platform="meta",
    target=Target.WORKS,
    at_least=4,
    columns=(
        Column("platform_id", Kind.ID, ("Post ID",), required=True),
        Column("account", Kind.TEXT, ("Account username", "Page name"), required=True),
        Column("title", Kind.TEXT, ("Description", "Title")),
        Column("duration_seconds", Kind.SECONDS, ("Duration (sec)",)),
        Column("published_at", Kind.US_TIME, ("Publish time",), required=True),
        Column("genre", Kind.TEXT, ("Post type",)),
        Column("views", Kind.COUNT, ("Views", "Plays"), required=True),
        Column("likes", Kind.COUNT, ("Likes", "Reactions")),
        Column("shares", Kind.COUNT, ("Shares",)),
        Column("follower_gain", Kind.COUNT, ("Follows",), may_be_negative=True),
        Column("comments", Kind.COUNT, ("Comments",)),
        Column("favorites", Kind.COUNT, ("Saves",)),
    ),
)

DAILY = Source(
    key="meta_daily",
    platform="meta",
    target=Target.DAYS,
    at_least=0,
    exact=True,
    columns=(
        Column("day", Kind.DAY, ("Date",), required=True),
        Column("value", Kind.NUMBER, ("Primary",), required=True, may_be_negative=True),
    ),
    titles=(
        ("3-second", "views_3s"),
        ("1-minute", "views_1min"),
        ("profile visits", "profile_visits"),
        ("page visits", "profile_visits"),
        ("visits", "profile_visits"),
        ("net follows", "net_followers"),
        ("unfollows", "unfollows"),
        ("follows", "new_followers"),
        ("views", "views"),
        ("reach", "viewers"),
        ("viewers", "viewers"),
        ("content interactions", "interactions"),
        ("interactions", "interactions"),
        ("link clicks", "link_clicks"),
    ),
)
"""One measure a file; the line above the header says which."""
