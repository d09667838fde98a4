"""What only the database and the answers tell of a file: twins, odd days, gaps, days to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from opsdata.intake import guess
from opsdata.intake.facts import MOMENTS
from opsdata.intake.reading import Reading
from opsdata.intake.receipt import Finding
from opsdata.intake.staging import Answers, Staging
from opsdata.sources import SOURCES
from opsdata.sources.model import Target
from opsdata.store import sql_file

_TWINS = {"twice": "duplicate_row", "conflict": "conflicting_row"}


def findings(staging: Staging, answers: Answers | None) -> list[Finding]:
    """Return the findings of staged rows that the file alone does not show."""
    found = [Finding(line, "", "", _TWINS[verdict]) for line, verdict in staging.counts.twins]
    if answers is None:
        return found
    found += [*_dated_ahead(staging.reading, answers), *_late(staging.reading, answers)]
    if staging.target is Target.WORKS and not staging.all_new:
        found += _met(staging)
    if staging.target is Target.DAYS:
        found += [*_odd(staging), *_gaps(staging), *_partial(staging.reading, answers)]
    return found


def _dated_ahead(reading: Reading, answers: Answers) -> Iterator[Finding]:
    """Yield the times that the file says it was made at and that are still to come."""
    if not answers.given:
        for moment in guess.still_to_come(reading, answers.captured_from):
            yield Finding(1, "", f"{moment:%Y-%m-%d %H:%M}", "dated_ahead")


def _met(staging: Staging) -> Iterator[Finding]:
    """Yield one note of how many rows met a known work by account and time, not by an id."""
    line, count = staging.session.rows(
        "select min(line), count(*) from staged where by_minute and copy = 1"
    )[0]
    if count:
        yield Finding(line, _header(staging.reading, "published_at"), f"{count:,}", "met_by_minute")


def _odd(staging: Staging) -> Iterator[Finding]:
    """Yield the days that are five times the usual."""
    for line, measure, value in staging.session.rows(sql_file("odd_days")):
        yield Finding(line, _header(staging.reading, measure), f"{value:,}", "five_times")


def _gaps(staging: Staging) -> Iterator[Finding]:
    """Yield the days that no file has brought since the last one."""
    for line, first, last in staging.session.rows(sql_file("day_gaps")):
        value = f"{first}" if first == last else f"{first} — {last}"
        yield Finding(line, _header(staging.reading, "day"), value, "days_missing")


def _partial(reading: Reading, answers: Answers) -> Iterator[Finding]:
    """Yield the day of the export itself, which was not over yet."""
    rows = reading.rows_table()
    running = rows.filter(pc.equal(rows.column("day"), pa.scalar(answers.captured_at.date())))
    for line in running.column("line").to_pylist():
        value = answers.captured_at.date().isoformat()
        yield Finding(line, _header(reading, "day"), value, "partial_day")


def _late(reading: Reading, answers: Answers) -> list[Finding]:
    """Return the findings of rows later than the export they stand in."""
    if reading.last is None:
        return []
    end = _midnight(answers.captured_at) + timedelta(days=1)
    if reading.last < end:
        return []
    field = next(name for name in MOMENTS if name in reading.fields)
    rows = reading.rows_table()
    moments = rows.column(field).cast(pa.timestamp("us"))
    late = rows.filter(pc.greater_equal(moments, pa.scalar(end, pa.timestamp("us"))))
    found = zip(late.column("line").to_pylist(), late.column(field).to_pylist(), strict=True)
    rule = "future_day" if field == "day" else "future"
    return [Finding(line, _header(reading, field), str(value), rule) for line, value in found]


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _header(reading: Reading, field: str) -> str:
    """Return the header of a field as it stands in the file."""
    if field in reading.fields and reading.places:
        return reading.header[reading.places[reading.fields.index(field)]]
    return next(c for c in SOURCES[str(reading.kind)].columns if c.field == field).headers[0]
