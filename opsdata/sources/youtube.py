"""YouTube Studio: works with a total as their first row, the views of each day, and slices."""

from __future__ import annotations

from opsdata.sources.model import Column, Kind, Source, Target

WORKS = Source(
    key="youtube_works",
    platform="youtube",
    target=Target.WORKS,
    at_least=2,
    unless=("Date",),
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

CHART = Source(
    key="youtube_chart",
    platform="youtube",
    target=Target.REPORTS,
    topic="slice",
    at_least=1,
    aside=("Video publish time", "Duration"),
    columns=(
        Column("item_id", Kind.ID, ("Content",), required=True),
        Column("label", Kind.TEXT, ("Video title",)),
        Column("day", Kind.DAY, ("Date",), required=True),
        Column("views", Kind.COUNT, ("Views",), required=True, may_be_negative=True),
    ),
)
"""The plays of each of the shown videos on each day."""

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

SLICE = Source(
    key="youtube_slice",
    platform="youtube",
    target=Target.REPORTS,
    topic="slice",
    at_least=0,
    unless=("Video title",),
    columns=(
        Column(
            "label",
            Kind.TEXT,
            (
                "Geography", "Traffic source", "Viewer age", "Viewer gender", "Device type",
                "Subscription status", "Content type", "Country", "Content", "Cities",
                "Operating system", "Sharing service", "Subtitles and CC", "Playlist",
            ),
            required=True,
        ),
        Column("day", Kind.DAY, ("Date",)),
        Column("views", Kind.COUNT, ("Views",), required=True),
        Column("impressions", Kind.COUNT, ("Impressions",)),
        Column("avg_watch_seconds", Kind.SECONDS, ("Average view duration",)),
        Column("watch_hours", Kind.NUMBER, ("Watch time (hours)",)),
        Column("watched_share", Kind.POINTS, ("Average percentage viewed (%)",)),
        Column("cover_ctr", Kind.POINTS, ("Impressions click-through rate (%)",)),
        Column("follower_gain", Kind.COUNT, ("Subscribers",), may_be_negative=True),
    ),
)  # fmt: skip
"""Plays by something else than works: the first column is what the reader chose there."""
