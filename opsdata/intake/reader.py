"""A file into readings, one table after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from opsdata.errors import Refused
from opsdata.intake import asked, asking, mapping, tables
from opsdata.intake.clean import Cleaned, LinesDoNotAddUp, clean
from opsdata.intake.clock import may_be_past
from opsdata.intake.dates import Ambiguous
from opsdata.intake.encodings import BIG5
from opsdata.intake.facts import (
    in_name,
    named_accounts,
    questions_of,
    range_of,
    titled,
    unused,
    verdict,
)
from opsdata.intake.limits import MEGABYTE, Limits
from opsdata.intake.private import Masked
from opsdata.intake.protect import protected
from opsdata.intake.reading import Reading, open_question, save, stranger, unread
from opsdata.intake.shares import by_account, filled
from opsdata.intake.table import Table
from opsdata.sources.model import PEOPLE, Match, Target
from opsdata.store import Session, SqlError


def read(path: Path, name: str, folder: Path, limits: Limits, session: Session) -> list[Reading]:
    """Return the tables of a file, one Reading each, never raising for what is in the file.

    ``folder`` receives the Arrow files; ``session`` is a scratch database that can read
    both folders. A file that cannot be read at all gives one Reading that says why.
    """
    try:
        return _Reader(name, folder, limits, session).tables_of(path)
    except Refused as refusal:
        return [unread(name, refusal)]


class _Reader:
    """Reads the tables of one file, each under a number of its own."""

    def __init__(self, name: str, folder: Path, limits: Limits, session: Session) -> None:
        self._name = name
        self._folder = folder
        self._limits = limits
        self._session = session
        stamp = in_name(name)
        self._stamps = {"name": stamp} if stamp else {}
        self._numbers = count()

    def tables_of(self, path: Path) -> list[Reading]:
        """Return the readings of all tables; those stacked on one sheet are taken apart."""
        most = self._limits.file_bytes
        if most is not None and path.stat().st_size > most:
            raise Refused("too_large", limit=most // MEGABYTE)
        readings: list[Reading] = []
        left = tables.find(path, self._folder, self._limits)
        while left:
            one, left = left[0], left[1:]
            try:
                readings += self._either(one)
            except Refused as refusal:
                stacked = tables.pieces(one) if refusal.code == "stacked_tables" else []
                if not stacked and one.part is None:
                    raise
                left = stacked + left
                if not stacked:
                    readings.append(replace(unread(self._name, refusal), part=one.part))
        return readings

    def _either(self, found: tables.Found) -> list[Reading]:
        """Return the readings of a table, by the fast way if its rows add up."""
        stamps = self._stamps | found.stamps
        if found.quick is not None:
            try:
                return self._readings(found.quick(), stamps)
            except (LinesDoNotAddUp, SqlError):
                pass
        return self._readings(found.careful(), stamps)

    def _readings(self, table: Table, stamps: dict[str, datetime]) -> list[Reading]:
        """Return a table as one Reading, or as one for each account that its rows name."""
        match = table.header.match
        if table.stranger:
            return [stranger(table, self._name)]
        if match is None or not match.complete:
            return [self._open(table, stamps, asking.which_columns(table, self._session))]
        of_survey = match.source.target is Target.SURVEYS
        match = titled(asked.widened(match, table.header.names) if of_survey else match, table)
        table = asking.explained(table, match)
        newest = max(filter(may_be_past, stamps.values()), default=None)
        try:
            cleaned = clean(table, match, self._session, newest.date() if newest else None)
        except Ambiguous as order:
            ask = asking.which_order(table, match, order, self._session)
            return [self._open(table, stamps, ask)]
        if not of_survey and (twins := asking.twins(table, match, self._session)):
            ask = asking.which_twin(table, match, twins, self._session)
            return [self._open(table, stamps, ask)]
        spare = asking.which_nameless(table, match, self._session)
        facts = _Facts(table, match, self._name, stamps, spare)
        return self._judged(*_of_people(facts, cleaned))

    def _open(self, table: Table, stamps: dict[str, datetime], ask: asking.Ask) -> Reading:
        """Return a question, with the encoding that had to be asked before it."""
        chosen = BIG5 if table.encoding == BIG5 else mapping.encoding()
        return open_question(table, self._name, stamps, replace(ask, encoding=chosen))

    def _judged(self, facts: _Facts, cleaned: Cleaned) -> list[Reading]:
        """Return what was read, refused whole when too much of it is lost."""
        rejected = cleaned.rejects.num_rows
        rows = cleaned.rows.num_rows + rejected
        if self._limits.rows is not None and rows > self._limits.rows:
            raise Refused("too_many_rows", limit=self._limits.rows)
        stem = self._folder / f"{next(self._numbers)}"
        code, values = verdict(rejected, rows)
        if code:
            whole = _reading(facts, cleaned, stem)
            return [replace(whole, refused=code, refused_values=values, rejected=rows)]
        of_works = facts.match.source.target in (Target.WORKS, Target.DAYS)
        shares = by_account(cleaned) if of_works else [(None, filled(cleaned))]
        return [
            replace(
                _reading(facts, share, stem.with_name(f"{stem.name}-{at}")),
                account=account,
                part=_part(facts.table.part, account, len(shares)),
            )
            for at, (account, share) in enumerate(shares)
        ]


@dataclass(frozen=True)
class _Facts:
    """What all shares of one table have in common."""

    table: Table
    match: Match
    name: str
    stamps: dict[str, datetime]
    spare: asking.Ask | None = None
    questions: Mapping[str, str] = field(default_factory=dict)
    masked: Masked = field(default_factory=Masked)


def _of_people(facts: _Facts, cleaned: Cleaned) -> tuple[_Facts, Cleaned]:
    """Return rows of what people said without personal data, and what their columns ask."""
    target = facts.match.source.target
    if target is Target.SURVEYS:
        cleaned, questions = questions_of(cleaned, facts.table, facts.match)
        facts = replace(facts, questions=questions)
    if target in PEOPLE:
        cleaned, masked = protected(cleaned, facts.table, facts.match)
        kept = {*cleaned.rows.column_names}
        questions = {field: title for field, title in facts.questions.items() if field in kept}
        facts = replace(facts, masked=masked, questions=questions)
    return facts, cleaned


def _part(sheet: str | None, account: str | None, shares: int) -> str | None:
    """Return what names one share of a file: its sheet, and its account when there are several."""
    named = [sheet, account if shares > 1 else None]
    return " · ".join(text for text in named if text) or None


def _reading(facts: _Facts, cleaned: Cleaned, stem: Path) -> Reading:
    table, match = facts.table, facts.match
    first, last = range_of(cleaned.rows)
    names = table.header.names
    rejected = cleaned.rejects.num_rows
    told = {
        at: column.field
        for at, column in match.columns.items()
        if column.field != "account" and not asked.is_question(column.field)
    }
    return Reading(
        file=facts.name,
        part=table.part,
        kind=match.source.key,
        encoding=table.encoding,
        delimiter=table.delimiter,
        header=names,
        header_line=table.header_line,
        unknown=unused(names, match, facts.masked),
        fields=tuple(told.values()),
        places=tuple(told),
        accounts=named_accounts(cleaned.rows),
        questions=dict(facts.questions),
        masked=facts.masked.as_json(),
        rows=cleaned.rows.num_rows + rejected,
        rejected=rejected,
        others=cleaned.others,
        first=first,
        last=last,
        stamps=facts.stamps,
        spare=facts.spare,
        rows_file=save(cleaned.rows, stem.with_name(f"rows{stem.name}.arrow")),
        findings_file=save(cleaned.findings, stem.with_name(f"findings{stem.name}.arrow")),
        rejects_file=save(cleaned.rejects, stem.with_name(f"rejects{stem.name}.arrow")),
    )
