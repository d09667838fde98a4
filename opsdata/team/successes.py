"""Success cases: works that others can learn from, with what is to be learned of each.

They name works by their key and stand apart from what is imported, so neither an import nor
an undo touches them; the case of a work that is undone waits for its next import.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opsdata.store import Store

LONGEST = 500
"""What is to be learned is a few sentences; anything longer is cut."""
LONGEST_TAG = 20


@dataclass(frozen=True)
class Success:
    """One work as a case; without a lesson somebody still has to write it."""

    video: str
    lesson: str = ""
    tags: tuple[str, ...] = ()
    marked: date = date.min


def successes(store: Store) -> tuple[Success, ...]:
    """Return all cases, the newest first; those of works that are gone too."""
    rows = store.rows(
        "select video, lesson, tags, marked from success_case order by marked desc, video"
    )
    return tuple(Success(video, lesson, tuple(tags), day) for video, lesson, tags, day in rows)


def tags(store: Store) -> tuple[str, ...]:
    """Return the words that cases are found by, the most used first."""
    rows = store.rows(
        "select tag from (select unnest(tags) as tag from success_case) "
        "group by tag order by count(*) desc, tag"
    )
    return tuple(tag for (tag,) in rows)


def keep(store: Store, one: Success) -> None:
    """Keep a case, a known one in place of what it said; the day it was marked stays."""
    values = {
        "video": one.video,
        "lesson": " ".join(one.lesson.split())[:LONGEST],
        "tags": list(dict.fromkeys(filter(None, map(plain, one.tags)))),
        "marked": one.marked,
    }
    with store.writing() as session:
        session.do(
            "insert into success_case values ($video, $lesson, $tags, $marked) "
            "on conflict (video) do update set lesson = excluded.lesson, tags = excluded.tags",
            values,
        )


def mark(store: Store, videos: Sequence[str], day: date) -> None:
    """Make cases of some works; those that are cases stay as they are."""
    with store.writing() as session:
        for video in videos:
            session.do(
                "insert into success_case values ($video, '', [], $day) on conflict do nothing",
                {"video": video, "day": day},
            )


def drop(store: Store, video: str) -> None:
    """Make a work no case any more."""
    with store.writing() as session:
        session.do("delete from success_case where video = $video", {"video": video})


def plain(tag: str) -> str:
    """Return a tag as it is kept: one line, without a leading hash sign.

    >>> plain(" #开头  三秒 ")
    '开头 三秒'
    """
    return " ".join(tag.split()).lstrip("#＃")[:LONGEST_TAG].strip()
