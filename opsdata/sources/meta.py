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
