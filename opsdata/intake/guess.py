"""What a file does not say, suggested: whose it is, and when it was exported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyarrow as pa

from opsdata.intake import clock
from opsdata.intake.clock import may_be_past
from opsdata.intake.reading import Reading
from opsdata.sources import SOURCES
from opsdata.sources.model import Target
from opsdata.store import Store


def captured(
    reading: Reading, file_time: datetime | None, now: datetime | None = None
) -> tuple[datetime, str]:
    """Return when a file was exported, as well as can be told, and where that stands.

    In this order: a date in the file name, the workbook's creation, for daily files the
    day after the last one in them, the workbook's last change, the time of the file, now.
    What is earlier than the file's own rows cannot be it, nor what is still to come.
    """
    now = now or clock.now()
    for moment, source in _candidates(reading, file_time, now):
        if may_be_past(moment, now) and _not_too_early(moment, reading.last):
            return _not_before(moment, reading.last), source
    return now.replace(microsecond=0), "now"


def still_to_come(reading: Reading, chosen: str, now: datetime | None = None) -> Iterator[datetime]:
    """Yield the moments that a file names before the chosen one and that cannot be true yet."""
    now = now or clock.now()
    for moment, source in _candidates(reading, None, now):
        if source == chosen:
            return
        if not may_be_past(moment, now):
            yield moment


def _candidates(
    reading: Reading, file_time: datetime | None, now: datetime
) -> Iterator[tuple[datetime, str]]:
    """Yield what may be the moment of an export, the best first."""
    told = [
        (reading.stamps.get("name"), "name"),
        (reading.stamps.get("created"), "created"),
        (_day_after(reading, now), "days"),
        (reading.stamps.get("modified"), "modified"),
        (file_time, "file"),
    ]
    yield from ((moment, source) for moment, source in told if moment is not None)


def _not_too_early(moment: datetime, last: datetime | None) -> bool:
    return last is None or moment.date() >= last.date()


def _day_after(reading: Reading, now: datetime) -> datetime | None:
    """Return noon after the last day; None when that is still to come, as for a running day."""
    of_days = SOURCES[str(reading.kind)].target in (Target.DAYS, Target.REPORTS)
    if reading.last is None or not of_days:
        return None
    noon = reading.last.replace(hour=12, minute=0, second=0) + timedelta(days=1)
    return noon if noon.date() <= now.date() else None


def _not_before(moment: datetime, last: datetime | None) -> datetime:
    """Return a guessed moment, or the file's newest row when that came later the same day."""
    return moment if last is None else max(moment, last)


@dataclass(frozen=True)
class Owner:
    """An account a file may belong to, and how many of its works the account has."""

    account: str
    works: int


def owners(store: Store, reading: Reading) -> list[Owner]:
    """Return the known accounts, the likeliest owner of a file first.

    Likeliest is the account with most works of the same title and publish second, then
    the one that was imported last.
    """
    if reading.kind is None:
        return []
    values: dict[str, object] = {"platform": SOURCES[reading.kind].platform}
    with store.session() as session:
        session.lend("incoming", _works(reading))
        rows = session.rows(
            "select a.name, count(distinct v.video) as works, max(b.batch_id) as newest "
            "from account as a "
            "inner join batch as b on b.account_id = a.account_id and b.state = 'done' "
            "left join video as v on v.account_id = a.account_id and exists ("
            "select 1 from incoming as i where i.published_at = v.published_at "
            "and i.title is not distinct from v.title) "
            "where a.platform = $platform group by a.name order by works desc, newest desc, a.name",
            values,
        )
    return [Owner(name, works) for name, works, _ in rows]


def _works(reading: Reading) -> pa.Table:
    schema = pa.schema([("published_at", pa.timestamp("us")), ("title", pa.string())])
    if "published_at" not in reading.fields:
        return schema.empty_table()
    return reading.rows_table().select(schema.names).cast(schema)
