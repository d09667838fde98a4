"""The tables this app hands out, in the words of every language, so that they go in again.

They are of one account or name it in their rows, and are taken for exports of Douyin's.
What is computed anyway (engagement, standing at an age) is known and not used.
"""

from __future__ import annotations

from opsdata import i18n
from opsdata.metrics import METRICS, Unit
from opsdata.sources.model import Column, Kind, Source, Target

_KINDS = {Unit.COUNT: Kind.COUNT, Unit.SHARE: Kind.SHARE, Unit.SECONDS: Kind.SECONDS}
_OF_WORKS = (
    "completion_rate likes comments shares favorites follower_gain avg_watch_seconds bounce_2s "
    "completion_5s profile_visits"
).split()
_OF_DAYS = (
    "views likes comments shares profile_visits net_followers unfollows followers cover_ctr "
    "completion_5s bounce_2s avg_watch_seconds"
).split()


def _said(key: str) -> tuple[str, ...]:
    """Return a word in every language."""
    return tuple(dict.fromkeys(i18n.t(key, lang) for lang in i18n.LANGUAGES))


def _metric(key: str, required: bool = False) -> Column:
    one = METRICS[key]
    negative = one.unit is Unit.COUNT
    return Column(key, _KINDS[one.unit], _said(f"metric.{key}"), required, negative)


def _values(kind: str) -> tuple[tuple[str, str | None], ...]:
    """Return what the translated values of exports stand for."""
    start = f"value.{kind}."
    keys = [key for key in i18n.words(i18n.LANGUAGES[0]) if key.startswith(start)]
    return tuple((said, key.removeprefix(start)) for key in keys for said in _said(key))


def _text(field: str, key: str, **more: object) -> Column:
    return Column(field, Kind.TEXT, _said(key), **more)  # type: ignore[arg-type]


WORKS = Source(
    key="own_works",
    downloaded=True,
    platform="douyin",
    target=Target.WORKS,
    at_least=4,
    columns=(
        _text(
            "title",
            "dimension.video",
            required=True,
            words=tuple((said, None) for said in _said("work.untitled")),
        ),
        _metric("views", required=True),
        Column("published_at", Kind.TIME, _said("works.published_at"), required=True),
        _text("genre", "dimension.genre", words=_values("genre")),
        _text("account", "dimension.account"),
        _text("status", "works.status", words=_values("status")),
        *map(_metric, _OF_WORKS),
    ),
    aside=(*_said("metric.engagement_rate"), *_said("ages.column")),
)

DAYS = Source(
    key="own_days",
    downloaded=True,
    platform="douyin",
    target=Target.DAYS,
    exact=True,
    columns=(
        Column("day", Kind.DAY, _said("dimension.day"), required=True),
        *map(_metric, _OF_DAYS),
    ),
    aside=(
        *_said("chart.smooth"),
        *_said("chart.before"),
        *_said("chart.before_day"),
        *_said("trend.note"),
    ),
)
