"""What the team wrote beside its figures: a note belongs to a day, or to a work on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opsdata.errors import Refused
from opsdata.store import Store
from opsdata.team.accounts import account_id

LONGEST = 500


@dataclass(frozen=True)
class Note:
    """A few words on a day, of one account or of all; or on a work, from a day on."""

    day: date
    text: str
    account: str = ""
    """The account it is about; empty means all own ones. A work's note has the work's."""
    video: str = ""
    """The work it is about; empty means the day itself."""
    title: str | None = None
    key: int = 0
    """0 while it is not kept yet."""


def notes(store: Store) -> tuple[Note, ...]:
    """Return all notes in the order of their days; those of works that are gone wait for them."""
    rows = store.rows(
        "select n.day, n.text, coalesce(w.account, a.name, ''), n.video, w.title, n.note_id "
        "from note as n left join account as a on a.account_id = n.account_id "
        "left join work as w on w.video = n.video "
        "where (n.video = '' and (n.account_id = '' or a.name is not null)) "
        "or (n.video <> '' and w.video is not null) "
        "order by n.day, n.note_id"
    )
    return tuple(Note(*row) for row in rows)


def within(
    store: Store, since: date | None, until: date | None, accounts: Sequence[str] = ()
) -> tuple[Note, ...]:
    """Return the notes of some days that concern some accounts; open ends and none mean all."""
    return tuple(
        one
        for one in notes(store)
        if (since is None or one.day >= since)
        and (until is None or one.day <= until)
        and (not accounts or one.account in ("", *accounts))
    )


def of_work(store: Store, video: str) -> tuple[Note, ...]:
    """Return the notes on a work itself."""
    return tuple(one for one in notes(store) if one.video == video)


def keep(store: Store, one: Note) -> int:
    """Keep a note, a known one in place of what it said; return its key. Refused when empty."""
    text = " ".join(one.text.split())[:LONGEST]
    if not text:
        raise Refused("empty_note")
    with store.writing() as session:
        key = one.key or session.new_key("note", "note_id")
        values = {
            "key": key,
            "day": one.day,
            "account": "" if one.video else account_id(session, one.account),
            "video": one.video,
            "text": text,
        }
        session.do(
            "insert or replace into note values ($key, $day, $account, $video, $text)", values
        )
    return key


def drop(store: Store, key: int) -> None:
    """Forget a note."""
    with store.writing() as session:
        session.do("delete from note where note_id = $key", {"key": key})
