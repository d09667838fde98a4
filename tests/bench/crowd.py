"""A team of any size with everything that is analysed: the sample team, publishing far more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pandas as pd

from opsdata.intake.importer import Importer, Wish, importer
from opsdata.intake.receipt import Status
from opsdata.sample import audience, cells, comments, industry, rivals, surveys
from opsdata.sample.cells import Export, save
from opsdata.sample.team import DAYS, LAST_DAY, SEED, Works, team, works_of
from opsdata.store import Store
from tests.bench.resources import Cost, spent

_MOST_LISTED = 30
"""Works lists that are brought in: the newest weeks."""
_EVERY = 4


def crowd(works: int) -> list[Works]:
    """Return the sample team's accounts with so many works together."""
    per_week = works / len(team()) * 7 / DAYS
    accounts = [{**one.account, "per_week": per_week} for one in team()]
    return [works_of(account, SEED + at) for at, account in enumerate(accounts)]


def exports(works: int, said: int) -> Iterator[Export]:
    """Yield the exports of such a team, of its competitors, audience, surveys, and comments."""
    oldest = LAST_DAY - timedelta(days=7 * _MOST_LISTED)
    for at, one in enumerate(crowd(works)):
        lists = 0
        for export in cells.exports_of(one):
            if export.file.startswith("作品列表"):
                lists += 1
                if lists % _EVERY != 1 or export.moment.date() < oldest:
                    continue
            yield export
        yield rivals._export(one, rivals._MONDAY, own=True)
        yield _comments(one, said // len(team()), at)
    for part in (rivals, industry, audience, surveys):
        yield from (export for export in part.exports() if not _is_of_team(export))


def _is_of_team(export: Export) -> bool:
    return export.own and export.file.startswith("抖音-")


def _comments(works: Works, count: int, at: int) -> Export:
    made = partial(_said, works, count, at)
    return Export(works.account["name"], f"comments_{at}.csv", comments._MOMENT, made)


def _said(works: Works, count: int, at: int) -> pd.DataFrame:
    """Return comments of which no two are alike, so that each has to be read."""
    cells = comments._cells(works, count, SEED + 200 + at)
    texts = cells["content"] + [f" {number}" for number in range(len(cells))]
    return cells.assign(content=texts)


def build(path: Path, works: int, said: int) -> dict[str, Cost]:
    """Import such a team into a database, and return what the files of comments cost."""
    store = Store(path)
    folder = path.with_name("files")
    folder.mkdir(exist_ok=True)
    costs: dict[str, Cost] = {}
    with importer(store, folder) as files:
        for export in exports(works, said):
            file = folder / export.file
            save(file, export.cells())
            if export.file.startswith("comments_"):
                child = files._reader.start().pid
                costs[export.file] = spent(partial(_take, files, file, export), child)
            else:
                _take(files, file, export)
            file.unlink()
    store.close()
    return costs


def _take(files: Importer, file: Path, export: Export) -> None:
    wish = Wish(export.account, export.moment, export.own)
    for receipt in files.take(file, wish, "bench"):
        assert receipt.status is Status.DONE, receipt
