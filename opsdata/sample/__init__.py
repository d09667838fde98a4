"""A believable team of any size, invented and always the same: it writes export files.

``team`` is how three accounts lived for a year, ``cells`` how the platform would have
exported that, ``rivals`` what a plug-in sees of four competitors, ``audience`` who follows
and watches, ``comments`` what people say, ``bulk`` works of any number. The files enter the
database through the same importer as anybody's.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from opsdata.errors import Refused
from opsdata.intake.limits import COMMAND_LINE
from opsdata.intake.load import Origin
from opsdata.intake.load import write as write_reading
from opsdata.intake.reader import read
from opsdata.intake.staging import Answers
from opsdata.sample import audience, cells, comments, industry, rivals, surveys
from opsdata.sample.acting import act
from opsdata.sample.aims import aims
from opsdata.sample.bulk import bulk_exports
from opsdata.sample.cells import Export, save
from opsdata.sample.learned import learn
from opsdata.sample.team import LAST_DAY
from opsdata.sample.wrote import write_beside, write_down
from opsdata.store import Store, scratch
from opsdata.team import groups, targets

PARTS: tuple[Callable[[], Iterator[Export]], ...] = (
    cells.exports,
    rivals.exports,
    industry.exports,
    audience.exports,
    surveys.exports,
    comments.exports,
)
"""Everything the small sample is made of."""

SIZES = {"small": 0, "1m": 1_000_000, "10m": 10_000_000}
"""Rows of works lists; small is the team that the app shows at first."""


def exports(size: str = "small") -> list[Export]:
    """Return every export of a sample, the newest first; they may be imported in any order."""
    if SIZES[size]:
        return list(bulk_exports(SIZES[size]))
    made = [export for exports_of_part in PARTS for export in exports_of_part()]
    return sorted(made, key=lambda export: export.moment, reverse=True)


def write(folder: Path, size: str = "small") -> int:
    """Write a sample's export files, a folder for each account; return how many."""
    made = exports(size)
    for export in made:
        path = folder / export.account / export.file
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, export.cells())
    return len(made)


_FIRST = {"作品列表": timedelta(days=9), "数据表现": timedelta(days=45)}
"""How old works lists and daily files may be to be imported first: enough for a month's view;
all else comes later."""

_AGAIN = ("播放量数据", "作品点赞数据", "作品分享数据", "作品评论数据", "封面点击率数据")
"""Daily files whose numbers stand in another file of the same day too; they can wait."""

_GIVE_WAY = 1.5
"""Seconds of rest before the older exports, so that the first page is drawn at once."""


def fill(
    store: Store,
    size: str = "small",
    on_first: Callable[[], None] = lambda: None,
    history: bool = True,
) -> None:
    """Import a sample into a database of its own, through the importer, the newest part first.

    ``on_first`` is called when there is something to see; without ``history`` that is all.
    Refused when the database holds real imports; the two are never mixed.
    """
    if store.one("select count(*) from batch") and not store.recall("sample"):
        raise Refused("is_own_database", path=str(store.path))
    store.remember("sample", size)
    if size == "small":
        write_down(store)
    made = exports(size)
    bring(store, [export for export in made if _is_recent(export)])
    if not SIZES[size]:
        for one in aims():
            targets.keep(store, one)
        learn(store)
        act(store)
        write_beside(store)
    on_first()
    if history:
        time.sleep(_GIVE_WAY)
        bring(store, [export for export in made if not _is_recent(export)])
        if not SIZES[size]:
            groups.keep(store, *rivals.GROUP)
    store.remember("sample_complete", "yes")


def _is_recent(export: Export) -> bool:
    if any(name in export.file for name in _AGAIN):
        return False
    newest = datetime.combine(LAST_DAY, datetime.max.time())
    age = newest - export.moment
    return any(export.file.startswith(start) and age <= most for start, most in _FIRST.items())


def bring(store: Store, made: Iterable[Export]) -> None:
    """Import exports in one transaction, because together they are one thing."""
    with tempfile.TemporaryDirectory(prefix="opsdata-sample-") as name:
        folder = Path(name)
        with scratch(folder) as cells_session, store.writing() as session:
            for export in made:
                path = folder / export.file
                save(path, export.cells())
                answers = Answers(export.account, export.moment, "name", export.own)
                for reading in read(path, export.file, folder, COMMAND_LINE, cells_session):
                    write_reading(session, reading, answers, Origin("sample", ""))
                path.unlink()


def build(target: Path, size: str = "small") -> None:
    """Write a sample into a database file; one that is complete already stays as it is."""
    if target.exists() and not is_complete(target):
        remove(target)
    store = Store(target)
    try:
        if store.recall("sample_complete") is None:
            fill(store, size)
    finally:
        store.close()


def is_complete(target: Path) -> bool:
    """Return whether a file holds a whole sample, or anything that is no sample."""
    store = Store(target)
    try:
        return store.recall("sample") is None or store.recall("sample_complete") is not None
    finally:
        store.close()


def remove(target: Path) -> None:
    """Remove a half-built sample."""
    for path in (target, target.with_name(target.name + ".wal")):
        path.unlink(missing_ok=True)
