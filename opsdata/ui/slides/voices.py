"""What people say and what was unusual: shares, counts and days; never what somebody wrote."""

from __future__ import annotations

from opsdata import i18n
from opsdata.analysis import comments
from opsdata.analysis.bursts import bursts
from opsdata.analysis.comments import Summary
from opsdata.analysis.proportions import difference
from opsdata.analysis.waiting import replies
from opsdata.filters import Filters
from opsdata.format import fixed, short
from opsdata.i18n import t
from opsdata.metrics import Unit
from opsdata.ui import alerts, colours, data
from opsdata.ui.slides.figures import about, arrow
from opsdata.ui.slides.model import Item, Slide, View, fitting

_WATCHED = "views"


def make(view: View) -> Slide | None:
    """Return the complaints' share with its interval, and alerts; None when neither is known."""
    found = data.ask(comments.summary, view.filters)
    items = _of_comments(found, view.filters) if found.total else []
    items += _unusual(view.filters)
    if not items:
        return None
    return Slide(
        "voices", "cards", t("screen.voices"), tuple(items)[: fitting(view)], about(view.filters)
    )


def _of_comments(found: Summary, filters: Filters) -> list[Item]:
    answered = data.ask(replies, filters)
    risen = data.ask(bursts, filters)
    worse = [one for one in risen if one.what == "negative"]
    latest = max((one.last for one in risen), default=None)
    said = (t("screen.latest", day=i18n.day(latest)),) if latest else ()
    return [
        _negative(found, filters),
        Item(t("comments.waiting"), short(answered.waiting, Unit.COUNT),
             notes=(t("screen.of_comments", n=short(found.total, Unit.COUNT)),)),
        Item(t("screen.bursts"), short(len(risen), Unit.COUNT),
             notes=(t("screen.bursts_negative", n=len(worse)), *said)),
    ]  # fmt: skip


def _negative(found: Summary, filters: Filters) -> Item:
    """Return the share of complaints, its interval, and how it moved."""
    one = found.negative
    low, high = short(one.low, Unit.SHARE), short(one.high, Unit.SHARE)
    notes = [t("screen.between", low=low, high=high)]
    before = filters.before()
    moved = difference(one, data.ask(comments.summary, before).negative) if before else None
    if moved is not None:
        notes.append(t("screen.sure" if moved.sure else "screen.not_sure"))
    if moved is None or not moved.sure:
        return Item(t("comments.share"), short(one.share, Unit.SHARE), notes=tuple(notes))
    direction = 1 if moved.value > 0 else -1
    points = t("screen.points", points=fixed(moved.value * 100, 1, sign=True))
    return Item(
        t("comments.share"), short(one.share, Unit.SHARE), arrow(direction, points),
        colours.of_news(-direction), tuple(notes),
    )  # fmt: skip


def _unusual(filters: Filters) -> list[Item]:
    """Return how many days were unlike what was to be expected, and the latest of them."""
    days = alerts.found(_WATCHED, filters)
    if not days:
        return []
    last = days[-1]
    said = t(f"screen.unusual_{last.direction}", day=i18n.day(last.day))
    return [Item(t("screen.unusual"), short(len(days), Unit.COUNT), notes=(said,))]
