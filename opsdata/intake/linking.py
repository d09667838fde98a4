"""The workbook of one work does not name it: which work it is of is asked, with a suggestion."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from opsdata.errors import Refused
from opsdata.intake.asked import survey_name
from opsdata.intake.reading import Reading
from opsdata.sources import SOURCES
from opsdata.store import Store

UNLINKED = "-"
"""What is said instead of a work to leave a file without one."""

_NEWEST = 300
"""So many works of an account can be chosen from; workbooks are of new works."""
_ALIKE, _AHEAD = 0.6, 0.1
"""A title less like the file's name, or hardly more so than another, is not suggested."""
_TAGS = re.compile(r"#\S+")


@dataclass(frozen=True)
class Candidate:
    """A work that a file may be of."""

    account: str
    video: str
    title: str
    published_at: datetime


def asks_work(reading: Reading) -> bool:
    """Return whether a table is of one work that it does not name."""
    if reading.refused or reading.ask:
        return False
    return SOURCES[str(reading.kind)].topic.startswith("work")


def candidates(store: Store, reading: Reading, account: str | None = None) -> list[Candidate]:
    """Return the works a table may be of, of one account or of each, the newest first."""
    values: dict[str, object] = {
        "platform": SOURCES[str(reading.kind)].platform,
        "account": account,
        "most": _NEWEST,
    }
    rows = store.rows(
        "select a.name, v.video, coalesce(v.title, ''), v.published_at from video as v "
        "inner join account as a on a.account_id = v.account_id "
        "where a.platform = $platform and a.name = coalesce($account, a.name) "
        "qualify row_number() over (partition by a.name order by v.published_at desc, v.video) "
        "<= $most order by v.published_at desc, v.video",
        values,
    )
    return [Candidate(*row) for row in rows]


def suggested(known: Sequence[Candidate], file: str) -> Candidate | None:
    """Return the work whose title is most like a file's name, None when none stands out."""
    name = _plain(survey_name(file))
    found = sorted(((_likeness(name, _plain(one.title)), one) for one in known), key=_first)
    found.reverse()
    if not found or found[0][0] < _ALIKE:
        return None
    clear = len(found) == 1 or found[0][0] - found[1][0] >= _AHEAD
    return found[0][1] if clear else None


def _first(pair: tuple[float, Candidate]) -> float:
    return pair[0]


def _likeness(name: str, title: str) -> float:
    """Return how alike two texts are; one that holds the other counts as alike, equal as more."""
    if name == title:
        return 2.0
    shorter, longer = sorted((name, title), key=len)
    ratio = SequenceMatcher(None, name, title).ratio()
    whole = len(shorter) > 1 and shorter in longer
    return max(ratio, 0.7 + 0.3 * ratio) if whole else ratio


def _plain(text: str) -> str:
    """Return a title or a file's name without hashtags, blanks and signs.

    >>> _plain("早餐饼 第1集！#早餐")
    '早餐饼第1集'
    """
    plain = unicodedata.normalize("NFKC", _TAGS.sub("", text)).lower()
    return "".join(sign for sign in plain if sign.isalnum())


def before(store: Store, sha: str) -> str | None:
    """Return the work that the same file was linked to before, None when to none."""
    rows = store.rows(
        "select r.video from reported as r inner join batch as b on b.batch_id = r.batch_id "
        "where b.bytes_sha = $sha and b.state = 'done' order by b.batch_id desc limit 1",
        {"sha": sha},
    )
    return rows[0][0] if rows else None


def resolved(store: Store, reading: Reading, account: str, said: str | None, sha: str) -> str:
    """Return the work a table is linked to, "" for none; Refused when a person must say it.

    A work is said by its key or by its title. Where the account has no works there is
    nothing to ask.
    """
    known = candidates(store, reading, account)
    if said == UNLINKED or not known:
        return ""
    if said is None:
        earlier = before(store, sha)
        if earlier:
            return earlier
        likely = suggested(known, reading.file)
        raise Refused("which_work", title=(likely or known[0]).title[:60] or "—")
    return _named(known, said)


def _named(known: Sequence[Candidate], said: str) -> str:
    """Return the work of a key or a title; Refused when there is none, or more than one."""
    if any(one.video == said for one in known):
        return said
    titles = {one.video for one in known if one.title == said}
    titles = titles or {one.video for one in known if _plain(one.title) == _plain(said)}
    if len(titles) != 1:
        raise Refused("several_works" if titles else "no_such_work", said=said[:60])
    return titles.pop()
