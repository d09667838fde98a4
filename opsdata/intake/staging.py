"""What a reading would do to the database: which rows are new, changed, the same.

A ``Staging`` lives in one database session. Nothing it does outlasts that session, so
the preview and the import ask the very same questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import pyarrow as pa

from opsdata.intake import ranges, stage_audience, stage_comments, stage_reports, stage_surveys
from opsdata.intake.reading import Reading
from opsdata.intake.receipt import Move
from opsdata.intake.shapes import Shape, complete
from opsdata.sources import SOURCES
from opsdata.sources.model import Target
from opsdata.store import Session, sql_file

_WORK_FIELDS = {
    "line": pa.int64(), "published_at": pa.timestamp("us"), "to_second": pa.bool_(),
    "platform_id": pa.string(), "title": pa.string(), "genre": pa.string(),
    "status": pa.string(),
    "duration_seconds": pa.float64(), "views": pa.int64(), "likes": pa.int64(),
    "comments": pa.int64(), "shares": pa.int64(), "favorites": pa.int64(),
    "profile_visits": pa.int64(), "follower_gain": pa.int64(),
    "completion_rate": pa.float64(), "completion_5s": pa.float64(), "bounce_2s": pa.float64(),
    "cover_ctr": pa.float64(), "avg_watch_seconds": pa.float64(),
}  # fmt: skip

_MOVES = 10
"""So many works are named whose plays change most."""

WORK_COLUMNS = ", ".join(_WORK_FIELDS)
"""The columns that a works row brings, as they stand in SQL."""


_SHAPES: dict[Target, Shape] = {
    Target.COMMENTS: stage_comments.SHAPE,
    Target.SURVEYS: stage_surveys.SHAPE,
    Target.AUDIENCE: stage_audience.SHAPE,
    Target.REPORTS: stage_reports.SHAPE,
}


@dataclass(frozen=True)
class Answers:
    """What a file cannot say itself: whose it is, and when it was exported."""

    account: str
    captured_at: datetime
    captured_from: str = "given"
    """Where the time comes from: given, name, created, modified, days, file or now."""
    own: bool = True
    work: str = ""
    """The work that a workbook of one work is of, where it is said."""

    @property
    def given(self) -> bool:
        """Whether a person named the time, so that the same content may count again."""
        return self.captured_from == "given"


@dataclass(frozen=True)
class Counts:
    """How many rows are what; the sum is all rows of the file."""

    new: int
    changed: int
    same: int
    rejected: int
    restated: int
    restated_most: float | None
    twins: tuple[tuple[int, str], ...]
    """Lines of rows that stand twice, and whether they agree (twice) or not (conflict)."""


class Staging:
    """The rows of one reading, matched with what is known of the account."""

    def __init__(
        self, session: Session, reading: Reading, account_id: str, at: datetime, work: str = ""
    ) -> None:
        self.session = session
        self.reading = reading
        self.account_id = account_id
        self.target = SOURCES[str(reading.kind)].target
        self.shape = _SHAPES.get(self.target)
        session.lend("here", pa.table({
            "account_id": pa.array([account_id]),
            "captured_at": pa.array([at], pa.timestamp("us")),
            "linked_to": pa.array([work or None], pa.string()),
        }))  # fmt: skip
        self.ranged = False
        self.all_new = self._stage()

    def _stage(self) -> bool:
        """Build "staged"; return whether every row is a new work."""
        if self.shape:
            self.shape.stage(self.session, self.reading)
            return False
        rows = self.reading.rows_table()
        of_works = self.target is Target.WORKS
        self.session.lend("incoming", complete(rows, _WORK_FIELDS) if of_works else _days(rows))
        if self.target is Target.DAYS:
            self.session.do(sql_file("stage_days"))
            return False
        told = ranges.of_works(rows, str(self.reading.kind))
        self.ranged = told.num_rows > 0
        self.session.lend("ranges", told)
        named = "platform_id" in self.reading.fields
        key = (
            "coalesce(platform_id, concat_ws('|', published_at, genre))"
            if named
            else "row(published_at, genre)"
        )
        fresh = self.session.one(
            "select not exists (select 1 from video where account_id = $account)",
            {"account": self.account_id},
        ) and self.session.one(f"select count(*) = count(distinct {key}) from incoming")
        self.session.do(sql_file("stage_works_new" if fresh else "stage_works"))
        return bool(fresh)

    @cached_property
    def counts(self) -> Counts:
        """Return how many rows are new, changed, the same and rejected."""
        rejected = self.reading.rejected
        if self.all_new:
            rows = self.reading.rows - rejected
            return Counts(rows, 0, 0, rejected, 0, None, ())
        name = "judge_works" if self.target is Target.WORKS else "judge_days"
        self.session.do(sql_file(self.shape.judge if self.shape else name))
        if self.ranged:
            ranges.judge(self.session)
        tally = dict(self.session.rows("select verdict, count(*) from judged group by verdict"))
        twins = self.session.rows(
            "select line, verdict from judged where verdict in ('twice', 'conflict') order by line"
        )
        restated, most = self.session.rows("select count(lost), min(lost) from judged")[0]
        return Counts(
            new=tally.get("new", 0),
            changed=tally.get("changed", 0),
            same=tally.get("same", 0) + tally.get("twice", 0),
            rejected=rejected + tally.get("conflict", 0),
            restated=restated,
            restated_most=most,
            twins=tuple(twins),
        )

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """Return the known works whose plays change most, the largest change first."""
        if self.all_new or self.target is not Target.WORKS or not self.counts.changed:
            return ()
        rows = self.session.rows(
            "select coalesce(s.title, v.title, ''), v.views, s.views from judged as j "
            "inner join staged as s on s.line = j.line inner join video as v on v.video = s.video "
            "where j.verdict = 'changed' and s.views <> v.views "
            f"order by abs(s.views - v.views) desc, s.line limit {_MOVES}"
        )
        return tuple(Move(*row) for row in rows)

    @cached_property
    def fingerprint(self) -> str:
        """Return sums of the rows: different content, nearly always different sums."""
        if self.shape:
            sql = self.shape.fingerprint
        elif self.target is Target.DAYS:
            sql = (
                "select count(*), cast(sum(epoch(day)) as bigint), round(sum(value), 3), "
                "string_agg(distinct measure, ' ' order by measure) from staged where copy = 1"
            )
        else:
            sql = (
                "select count(*), cast(sum(epoch(published_at)) as bigint), sum(views), "
                "sum(likes), sum(comments), sum(shares), sum(favorites) from staged where copy = 1"
            )
        sums = [sql, ranges.FINGERPRINT] if self.ranged else [sql]
        return " ".join(str(value) for one in sums for value in self.session.rows(one)[0])

    def same_as(self, answers: Answers) -> int | None:
        """Return the import that holds exactly these rows already, None when there is none.

        Content that a person dates anew counts as a new snapshot.
        """
        if self.all_new:
            return None
        candidates = self.session.rows(
            "select batch_id, captured_at from batch where state = 'done' and kind = $kind "
            "and account_id = $account and fingerprint = $fingerprint order by batch_id",
            {
                "kind": self.reading.kind,
                "account": self.account_id,
                "fingerprint": self.fingerprint,
            },
        )
        for batch_id, captured_at in candidates:
            if answers.given and captured_at != answers.captured_at:
                continue
            if self._equals(batch_id):
                return int(batch_id)
        return None

    def is_older(self, captured_at: datetime) -> bool:
        """Whether the account's newest export of this kind is newer than this one."""
        newest = self.session.one(
            "select max(captured_at) from batch where state = 'done' and kind = $kind "
            "and account_id = $account",
            {"kind": self.reading.kind, "account": self.account_id},
        )
        whole = self.target is Target.WORKS or bool(self.shape and self.shape.snapshot)
        return whole and newest is not None and captured_at < newest

    def _equals(self, batch_id: int) -> bool:
        if self.target is Target.DAYS:
            columns, table = "day, measure, value", "account_day"
        else:
            columns, table = WORK_COLUMNS.removeprefix("line, "), "video_snapshot"
        stored = f"select {columns} from {table} where batch_id = $batch"
        brought = f"select {columns} from staged where copy = 1"
        if self.shape:
            brought, stored = self.shape.brought, self.shape.stored
        return not self._differ(brought, stored, batch_id) and not (
            self.ranged and self._differ(ranges.BROUGHT, ranges.STORED, batch_id)
        )

    def _differ(self, brought: str, stored: str, batch_id: int) -> bool:
        """Whether any row is brought that a batch does not hold, or the other way round."""
        return bool(
            self.session.rows(
                f"({brought} except {stored}) union all ({stored} except {brought}) limit 1",
                {"batch": batch_id},
            )
        )


@contextmanager
def staged(
    session: Session, reading: Reading, account_id: str, at: datetime, work: str = ""
) -> Iterator[Staging]:
    """Yield a Staging; its tables are gone afterwards, so that another can follow."""
    staging = Staging(session, reading, account_id, at, work)
    yield staging
    session.do("drop view staged" if staging.all_new else "drop table staged")
    session.do("drop table if exists judged")
    works = ("incoming", "ranges") if staging.target is Target.WORKS else ("incoming",)
    for name in (*(staging.shape.lent if staging.shape else works), "here"):
        session.take_back(name)


def _days(rows: pa.Table) -> pa.Table:
    """Return daily rows with every measure as a number of one type."""
    return pa.table({
        name: rows.column(name) if name in ("line", "day") else rows.column(name).cast(pa.float64())
        for name in rows.column_names
    })  # fmt: skip
