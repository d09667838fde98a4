"""The report of one calendar week: the pages of a meeting about it, as three files.

Weeks are those of ISO 8601, from Monday to Sunday. The three files are made of the same
values, so their numbers are the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from opsdata import i18n
from opsdata.errors import Refused
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.meeting import decided, numbers, others, three
from opsdata.meeting.week import DAYS, usual_basis, week
from opsdata.reports.minutes import Minutes, Slide, plain
from opsdata.reports.minutes_html import to_html
from opsdata.reports.minutes_pptx import to_pptx
from opsdata.reports.minutes_xlsx import minutes_to_xlsx
from opsdata.store import Store

LAST = "last"
"""The word for the newest week that the data reach the end of."""

BLOCKS: dict[str, Callable[[Store, Filters], Slide | None]] = {
    "goals": numbers.goals,
    "why": numbers.why,
    "works": three.three,
    "competitors": others.competitors,
    "voices": others.voices,
    "last": decided.last,
    "until": lambda store, _: numbers.until(store),
}
"""The pages of a report in their order; those without data stay out."""

WRITERS: dict[str, Callable[[Minutes], bytes]] = {
    "pptx": to_pptx,
    "xlsx": minutes_to_xlsx,
    "html": to_html,
}
"""Every kind of file, by its ending."""

_NAMED = re.compile(r"(\d{4})-W(\d{2})")
_FILE = re.compile(r"weekly-(\d{4}-W\d{2})-(\w{2})\.(\w+)")


@dataclass(frozen=True, order=True)
class Week:
    """One calendar week by its Monday."""

    since: date

    @property
    def until(self) -> date:
        """Its Sunday."""
        return self.since + timedelta(days=DAYS - 1)

    @property
    def name(self) -> str:
        """Its name, such as 2026-W46."""
        year, number, _ = self.since.isocalendar()
        return f"{year}-W{number:02}"

    @classmethod
    def of(cls, day: date) -> Week:
        """Return the week of a day."""
        return cls(day - timedelta(days=day.weekday()))

    @classmethod
    def named(cls, name: str) -> Week:
        """Return the week of a name; ValueError when there is none.

        >>> Week.named("2026-W46").until
        datetime.date(2026, 11, 15)
        """
        found = _NAMED.fullmatch(name.upper())
        if found is None:
            raise ValueError(name)
        return cls(date.fromisocalendar(int(found[1]), int(found[2]), 1))


@dataclass(frozen=True)
class Written:
    """A report that lies in the folder: its week, its language, and its files by their ending."""

    week: str
    lang: str
    files: dict[str, Path]


def last(store: Store) -> Week | None:
    """Return the newest week that the data reach the end of, None without data."""
    known = week(store)
    if known is None or known.until is None:
        return None
    return Week.of(known.until - timedelta(days=DAYS - 1))


def weeks(store: Store, most: int = 12) -> tuple[Week, ...]:
    """Return the newest weeks with data, the newest first, the one that has begun included."""
    known = week(store)
    if known is None or known.until is None:
        return ()
    newest = Week.of(known.until)
    found = (Week(newest.since - timedelta(weeks=back)) for back in range(most))
    return tuple(one for one in found if has_data(store, one))


def has_data(store: Store, one: Week) -> bool:
    """Return whether anything is known of the days of a week, or of works published in it."""
    days = "own and day between $since and $until"
    return bool(
        store.one(
            f"select exists (select 1 from daily where {days}) "
            f"or exists (select 1 from work where {days})",
            {"since": one.since, "until": one.until},
        )
    )


def build(store: Store, one: Week, lang: str, now: datetime) -> Minutes:
    """Return the report of a week in a language; Refused when nothing is known of it."""
    if not has_data(store, one):
        raise Refused("week_without_data", week=one.name)
    filters = Filters(one.since, one.until, basis=usual_basis(store))
    spoken = i18n.current()
    i18n.use(lang)
    try:
        slides = tuple(
            slide for block in BLOCKS.values() if (slide := block(store, filters)) is not None
        )
        title = t("weekly.name", week=one.name, days=i18n.span(one.since, one.until))
    finally:
        i18n.use(spoken)
    sample = store.recall("sample") is not None
    started = now.isoformat(timespec="minutes")
    return plain(Minutes(started, store.version, lang, sample, slides, title))


def write(store: Store, one: Week, folder: Path, lang: str, now: datetime) -> list[Path]:
    """Write the report of a week into a folder and return its files.

    All are made before the first is written, and each takes its place whole.
    """
    report = build(store, one, lang, now)
    made = {ending: writer(report) for ending, writer in WRITERS.items()}
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _put(folder / f"weekly-{one.name}-{lang}.{ending}", content)
        for ending, content in made.items()
    ]


def _put(path: Path, content: bytes) -> Path:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    return part.replace(path)


def written(folder: Path) -> list[Written]:
    """Return the reports that lie in a folder, the newest week first."""
    found: dict[tuple[str, str], dict[str, Path]] = {}
    for path in sorted(folder.glob("weekly-*")):
        name = _FILE.fullmatch(path.name)
        if name and name[3] in WRITERS:
            found.setdefault((name[1], name[2]), {})[name[3]] = path
    return [Written(*key, files) for key, files in sorted(found.items(), reverse=True)]
