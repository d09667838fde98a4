"""The success cases as pages to print and to train with: a page each, the lesson first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from opsdata import i18n
from opsdata.analysis.showcase import Shown
from opsdata.format import label, short_title
from opsdata.i18n import t
from opsdata.meeting.week import number, share
from opsdata.reports.minutes import Figure, Minutes, Slide
from opsdata.store import Store


def casebook(store: Store, found: Sequence[Shown], now: datetime) -> Minutes:
    """Return some cases as pages, in the reader's language."""
    slides = tuple(_page(f"case-{at}", one) for at, one in enumerate(found, start=1))
    sample = store.recall("sample") is not None
    started = now.isoformat(timespec="minutes")
    return Minutes(started, store.version, i18n.current(), sample, slides, t("cases.book"))


def _page(key: str, one: Shown) -> Slide:
    title = short_title(one.title, 60)
    figures = [Figure(label(name), number(value, name)) for name, value in one.values]
    if one.standing is not None:
        beside = t("cases.of_age", n=one.standing.n, age=round(one.standing.age_days))
        figures.append(Figure(t("cases.ahead"), share(one.standing.percentile), beside))
    facts = " · ".join(facts_of(one))
    tagged = t("cases.tagged", tags=t("list.comma").join(one.case.tags)) if one.case.tags else ""
    return Slide(
        key,
        f"{title} · {facts}" if one.case.lesson else facts,
        one.case.lesson or title,
        figures=tuple(figures),
        remarks=tuple(filter(None, (tagged,))),
    )


def facts_of(one: Shown) -> tuple[str, ...]:
    """Return what a work is: account, genre, day of publishing."""
    genre = (i18n.named("genre", one.genre),) if one.genre else ()
    published = t("cases.published", day=i18n.day(one.published_at.date(), year=True))
    return (one.account, *genre, published)
