"""What comments say, kept beside them: made when they come in, made again for other words.

A text is read once however often it stands under works, so taking an import back or
merging accounts changes no reading.
"""

from __future__ import annotations

import pyarrow as pa

from opsdata.analysis.wording import word_reader
from opsdata.store import Session, Store
from opsdata.team import words

_KEY = "words_read"

_TABLE = pa.schema([
    ("print", pa.string()),
    ("sentiment", pa.int8()),
    ("kinds", pa.list_(pa.string())),
    ("terms", pa.list_(pa.string())),
])  # fmt: skip


def read_new(session: Session) -> None:
    """Read the texts that were not read with the words in force, inside a transaction."""
    known = words.words_in(session)
    if session.one("select value from meta where key = $key", {"key": _KEY}) != known.print:
        session.do("delete from comment_reading")
        session.do(
            "insert or replace into meta values ($key, $value)",
            {"key": _KEY, "value": known.print},
        )
    rows = session.rows(
        "select md5(text), any_value(text) from comment where text is not null "
        "and md5(text) not in (select print from comment_reading) group by md5(text)"
    )
    if not rows:
        return
    read = word_reader(known).read
    said = [read(text) for _, text in rows]
    columns = (
        [print_ for print_, _ in rows],
        [one.sentiment for one in said],
        [one.kinds for one in said],
        [one.terms for one in said],
    )
    session.lend("read", pa.table(list(columns), schema=_TABLE))
    session.do("insert into comment_reading select * from read")
    session.take_back("read")


def forget_gone(session: Session) -> None:
    """Remove the readings of texts that no comment has any more."""
    session.do(
        "delete from comment_reading where print not in "
        "(select md5(text) from comment where text is not null)"
    )


def is_due(store: Store) -> bool:
    """Return whether comments were read with other words than those in force."""
    return bool(store.one("select exists (select 1 from comment)")) and (
        store.recall(_KEY) != words.words(store).print
    )


def bring_up_to_date(store: Store) -> None:
    """Read everything again when the words have changed since, as after an update."""
    if is_due(store):
        with store.writing() as session:
            read_new(session)


def change_words(store: Store, changes: list[words.Change]) -> None:
    """Change lists of words and read the comments again, in one transaction."""
    with store.writing() as session:
        for one in changes:
            words.change(session, one.list, one.word, one.kept)
        read_new(session)
