"""Titles against lists of words: advice before publishing. And works that are not public.

The longest word counts, and what only looks alike (第一次, 最近) is read first, so that it
is not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from opsdata.filters import Filters
from opsdata.metrics import Grain
from opsdata.store import Store
from opsdata.team.plan import plan
from opsdata.team.words import TITLE_LISTS, Words, words

REASONS = TITLE_LISTS[:-1]


@dataclass(frozen=True)
class Hit:
    """One word in a title, and the list it is on."""

    word: str
    reason: str


@dataclass(frozen=True)
class Checked:
    """One title with what is to be looked at."""

    title: str
    hits: tuple[Hit, ...]
    video: str | None = None
    account: str | None = None
    published_at: datetime | None = None


@dataclass(frozen=True)
class Held:
    """A work that is not public, and since when: between two exports, or at the latest."""

    video: str
    title: str | None
    account: str
    status: str
    published_at: datetime
    seen_before: datetime | None
    """The last export in which it was otherwise; None when no export shows it otherwise."""
    since: datetime
    """The first export in which it is so."""


def check(titles: Iterable[str], known: Words) -> list[Checked]:
    """Return each title with the words to be looked at."""
    lists = tuple((name, tuple(sorted(known[name]))) for name in TITLE_LISTS)
    return [Checked(title, _hits(title, lists)) for title in titles]


def checked_works(store: Store, filters: Filters) -> list[Checked]:
    """Return the works of a view whose titles hold a word to be looked at, the newest first."""
    where, values = filters.where(Grain.WORK)
    rows = store.rows(
        f"select title, video, account, published_at from work where {where} "
        "and title is not null order by published_at desc, video",
        values,
    )
    found = check([title for title, *_ in rows], words(store))
    return [
        Checked(one.title, one.hits, *facts)
        for one, (_, *facts) in zip(found, rows, strict=True)
        if one.hits
    ]


def check_lines(store: Store, text: str) -> list[Checked]:
    """Return planned titles, one a line, with the words to be looked at."""
    return check([line.strip() for line in text.splitlines() if line.strip()], words(store))


def checked_plan(store: Store) -> list[Checked]:
    """Return the titles of planned works that are not out yet, in the order of the plan."""
    titles = [one.title for one in plan(store) if one.title and one.stage != "done"]
    return check(dict.fromkeys(titles), words(store))


def held(store: Store, filters: Filters) -> list[Held]:
    """Return own works under review, refused or private, the latest change first."""
    where, values = Filters(accounts=filters.accounts).where(Grain.WORK)
    rows = store.rows(
        "with now as (select video, title, account, status, published_at from work "
        f"where {where} and not is_public), "
        "seen as (select s.video, s.captured_at, s.status = n.status as same from video_snapshot "
        "as s inner join now as n on n.video = s.video where s.status is not null), "
        "other as (select video, max(captured_at) as at from seen where not same group by video) "
        "select n.video, n.title, n.account, n.status, n.published_at, o.at, min(s.captured_at) "
        "from now as n inner join seen as s on s.video = n.video and s.same "
        "left join other as o on o.video = n.video "
        "where o.at is null or s.captured_at > o.at "
        "group by all order by 7 desc, n.published_at desc, n.video",
        values,
    )
    return [Held(*row) for row in rows]


Lists = tuple[tuple[str, tuple[str, ...]], ...]


def _hits(title: str, lists: Lists) -> tuple[Hit, ...]:
    pattern, reasons = _compiled(lists)
    found = dict.fromkeys(match.group().casefold() for match in pattern.finditer(title))
    return tuple(Hit(word, reasons[word]) for word in found if reasons[word] in REASONS)


@lru_cache(maxsize=4)
def _compiled(lists: Lists) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern that finds the longest word at each place, and each word's list."""
    reasons = {word.casefold(): name for name, known in lists for word in known}
    longest = sorted(reasons, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)) or "(?!)", re.IGNORECASE), reasons
