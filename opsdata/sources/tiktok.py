"""TikTok Studio: days without a year in the language of its pages, ``undefined`` for no data.

Content holds a selection of works, so works cannot be counted by it. The difference of
followers is not read: whether it is against the day before or after is not certain.
"""

from __future__ import annotations

from opsdata.sources.model import Column, Kind, Source, Target

CONTENT = Source(
    key="tiktok_content",
    platform="tiktok",
    target=Target.WORKS,
    at_least=3,
    columns=(
        Column("title", Kind.TEXT, ("Video title",), required=True),
        Column("platform_id", Kind.LINK_ID, ("Video link",), required=True),
        Column("published_at", Kind.TIME, ("Post time",), required=True),
        Column("likes", Kind.COUNT, ("Total likes",)),
        Column("comments", Kind.COUNT, ("Total comments",)),
        Column("shares", Kind.COUNT, ("Total shares",)),
        Column("views", Kind.COUNT, ("Total views",), required=True),
        Column("favorites", Kind.COUNT, ("Add to favorites",)),
        Column("avg_watch_seconds", Kind.SECONDS, ("Average watch time",)),
        Column("completion_rate", Kind.SHARE, ("Watched full video",)),
    ),
)

OVERVIEW = Source(
    key="tiktok_overview",
    platform="tiktok",
    target=Target.DAYS,
    at_least=3,
    void_without="views",
    columns=(
        Column("day", Kind.DAY, ("Date",), required=True),
        Column("views", Kind.COUNT, ("Video Views",), may_be_negative=True),
        Column("profile_visits", Kind.COUNT, ("Profile Views",), may_be_negative=True),
        Column("likes", Kind.COUNT, ("Likes",), may_be_negative=True),
        Column("comments", Kind.COUNT, ("Comments",), may_be_negative=True),
        Column("shares", Kind.COUNT, ("Shares",), may_be_negative=True),
    ),
)

FOLLOWERS = Source(
    key="tiktok_followers",
    platform="tiktok",
    target=Target.DAYS,
    columns=(
        Column("day", Kind.DAY, ("Date",), required=True),
        Column("followers", Kind.COUNT, ("Followers",)),
    ),
)

VIEWERS = Source(
    key="tiktok_viewers",
    platform="tiktok",
    target=Target.DAYS,
    void_without="viewers",
    columns=(
        Column("day", Kind.DAY, ("Date",), required=True),
        Column("viewers", Kind.COUNT, ("Total Viewers",)),
        Column("new_viewers", Kind.COUNT, ("New Viewers",)),
        Column("returning_viewers", Kind.COUNT, ("Returning Viewers",)),
    ),
)
