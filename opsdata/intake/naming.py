"""What an account is called: two spellings that nobody can tell apart are one name.

Every way in goes through here: the command line, the import page, the inbox's folders, the
columns of files. A database that was filled before may hold a spelling that is no name any
more; what comes for that account goes on to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

import pyarrow as pa

from opsdata.store import Session, Store

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufeff\uffa0]|(?<![\u2000-\u3300\ufe0f\U0001f000-\U0001faff])\u200d"
)
"""Signs without a shape; the joiner inside one picture made of several is part of it."""


@lru_cache(maxsize=4096)
def named(text: str) -> str:
    """Return an account's name as it is kept: one width, no blanks around it, nothing unseen.

    >>> named(" ＡＢ\u200b 号 "), named("\ufeff")
    ('AB 号', '')
    """
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return " ".join(_UNSEEN.sub("", plain).split())


def among(said: str, known: Iterable[str]) -> str:
    """Return the known name that looks like what was said, else what was said as a name."""
    names = list(known)
    if said in names:
        return said
    name = named(said)
    return name if name in names else next((n for n in names if named(n) == name), name)


def stored(database: Session | Store, platform: str, said: str) -> str:
    """Return the name under which a database has an account, else the name as it is kept."""
    return among(said, _known(database, platform))


def named_column(names: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the names of a column as they are kept; one of nothing but unseen signs is none."""
    return _each(names, named)


def stored_column(session: Session, platform: str, names: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the names of a column as a database has them."""
    known = _known(session, platform)
    return _each(names, lambda name: among(name, known))


def _known(database: Session | Store, platform: str) -> list[str]:
    rows = database.rows(
        "select name from account where platform = $platform order by account_id",
        {"platform": platform},
    )
    return [name for (name,) in rows]


def _each(names: pa.ChunkedArray, spelled: Callable[[str], str]) -> pa.ChunkedArray:
    """Return a column with each distinct name spelled another way; an empty one is none."""
    coded = names.combine_chunks().dictionary_encode()
    kept = [spelled(name) or None for name in coded.dictionary.to_pylist()]
    return pa.chunked_array([pa.array(kept, pa.string()).take(coded.indices)])
