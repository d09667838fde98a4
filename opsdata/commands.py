"""The commands: what can be asked and done without the pages.

``run`` answers one call as text, so that the prompt can print it and the running app can
send it back. Exit status 0 when everything was done, 1 when a file was refused or needs
an answer, 2 when the call or the question was wrong.
"""

from __future__ import annotations

import argparse
import getpass
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

import pandas as pd

from opsdata import backup, i18n, queries, sample, tracing, usage
from opsdata.analyse import ANALYSES
from opsdata.analyse.asked import Asked
from opsdata.errors import Busy, OpsdataError, Refused, Unanswerable
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.intake import mapfile, retention
from opsdata.intake.accounts import merge
from opsdata.intake.importer import Wish, all_taken, importer
from opsdata.intake.merging import merges, unmerge
from opsdata.intake.notes import notes
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.tell import tell
from opsdata.intake.undo import ledger, undo
from opsdata.metrics import Basis
from opsdata.store import Store
from opsdata.workspace import Workspace, workspace

OK, REFUSED, WRONG = 0, 1, 2

_SHOWN_FINDINGS = 20


@dataclass(frozen=True)
class Outcome:
    """What a command answers: its exit status, and what it prints where."""

    status: int
    out: str = ""
    err: str = ""


def run(
    arguments: Sequence[str], store: Store | None = None, folder: Path | None = None
) -> Outcome:
    """Return the outcome of one command.

    ``store`` is the database if it is open already, as in the running app; ``folder`` is
    where the caller's paths start. Busy when another program holds the database.
    SystemExit, as argparse has it, when the call is wrong.
    """
    parsed = _parser().parse_args(arguments)
    parsed.store = store
    parsed.folder = folder or Path()
    command: Callable[[argparse.Namespace], Outcome] = parsed.command
    try:
        return command(parsed)
    except Busy:
        raise
    except OpsdataError as error:
        status = WRONG if isinstance(error, Unanswerable) else REFUSED
        return Outcome(status, err=i18n.explain(error) + "\n")


def database(arguments: Sequence[str]) -> Path:
    """Return the database that a call is about."""
    return _space(_parser().parse_args(arguments)).database


@contextmanager
def _open(parsed: argparse.Namespace) -> Iterator[Store]:
    if parsed.store is not None:
        yield parsed.store
        return
    path = _space(parsed).database
    store = Store(path if path.exists() or parsed.creates else None)
    try:
        yield store
    finally:
        store.close()


def _space(parsed: argparse.Namespace) -> Workspace:
    return workspace(parsed.db)


def _import(parsed: argparse.Namespace) -> Outcome:
    told = mapfile.load(parsed.folder / parsed.map) if parsed.map else mapfile.Told()
    said = (parsed.account, parsed.captured, parsed.own, told.mapping, parsed.work)
    wish = Wish(*said, told.encoding, told.remember)
    space = _space(parsed)
    receipts: list[Receipt] = []
    with _open(parsed) as store, importer(store, space.archive) as files:
        if store.recall("sample"):
            raise Refused("is_sample_database", path=str(space.database))
        for path in parsed.files:
            receipts += files.take(parsed.folder / path, wish, getpass.getuser(), name=path)
    return Outcome(OK if all_taken(receipts) else REFUSED, _report(receipts, parsed.json))


def _undo(parsed: argparse.Namespace) -> Outcome:
    with _open(parsed) as store:
        try:
            receipt = undo(store, parsed.batch)
        except Refused as refusal:
            receipt = Receipt(
                file="",
                batch=parsed.batch,
                status=Status.REFUSED,
                reason=refusal.code,
                values=refusal.values,
            )
    status = OK if receipt.status is Status.UNDONE else REFUSED
    return Outcome(status, _report([receipt], parsed.json))


def _merge(parsed: argparse.Namespace) -> Outcome:
    with _open(parsed) as store:
        made = merge(store, parsed.old, parsed.new)
        number = merges(store)[0].number
    key = "cli.merged" if made.was_there else "cli.renamed"
    said = t(key, old=parsed.old, new=made.account.name, works=made.account.works)
    return Outcome(OK, f"{number}  {said}\n")


def _unmerge(parsed: argparse.Namespace) -> Outcome:
    with _open(parsed) as store:
        made = unmerge(store, parsed.number)
    return Outcome(OK, t("cli.unmerged", old=made.old_name, new=made.new_name) + "\n")


def _batches(parsed: argparse.Namespace) -> Outcome:
    with _open(parsed) as store:
        receipts = [entry.receipt for entry in reversed(ledger(store))]
    return Outcome(OK, _report(receipts, parsed.json))


def _report(receipts: Sequence[Receipt], as_json: bool) -> str:
    if as_json:
        plain = [receipt.as_json() for receipt in receipts]
        return json.dumps(plain, ensure_ascii=False) + "\n"
    lines = []
    for receipt in receipts:
        lines.append(_line(receipt))
        lines += [f"      {note}" for note in notes(receipt)]
        for finding in receipt.findings[:_SHOWN_FINDINGS]:
            rule = t(f"rule.{finding.rule}")
            lines.append(
                "      " + t("cli.finding", line=finding.line, rule=rule, value=finding.value)
            )
    return "".join(f"{line}\n" for line in lines)


def _line(receipt: Receipt) -> str:
    name = receipt.file if receipt.part is None else f"{receipt.file} [{receipt.part}]"
    head = f"{receipt.batch or '-':>4}  {t(f'status.{receipt.status}')}  {name}"
    if receipt.status in (Status.REFUSED, Status.NEEDS_ANSWER):
        return f"{head}: {receipt.why()}"
    counts = t(
        "cli.counts",
        rows=receipt.rows,
        new=receipt.new,
        changed=receipt.changed,
        same=receipt.same,
        rejected=receipt.rejected,
    )
    return f"{head}  {t(f'source.{receipt.kind}')} · {receipt.account or '-'} · {counts}"


def _read(parsed: argparse.Namespace) -> Outcome:
    path = (parsed.folder / parsed.file).absolute()
    told = tell(path, parsed.file, parsed.csv, parsed.part)
    return Outcome(REFUSED if told.refused else OK, told.out, told.err)


def _ask(parsed: argparse.Namespace) -> Outcome:
    basis = Basis(parsed.basis) if parsed.basis else queries.default_basis(parsed.metrics)
    filters = Filters(
        since=parsed.since,
        until=parsed.until,
        accounts=(parsed.account,) if parsed.account else (),
        basis=basis,
    )
    by = [key for group in parsed.by or [] for key in group]
    with _open(parsed) as store:
        if parsed.trace:
            return Outcome(OK, tracing.told(store, parsed.metrics, filters, parsed.format))
        frame = queries.ask(store, parsed.metrics, filters, by)
        until = queries.newest(store, basis, filters.accounts)
    return Outcome(OK, _shown(frame, parsed, basis, until))


def _analyse(parsed: argparse.Namespace) -> Outcome:
    accounts = (parsed.account,) if parsed.account else ()
    filters = Filters(since=parsed.since, until=parsed.until, accounts=accounts)
    with _open(parsed) as store:
        asked = Asked(parsed.metric, filters, parsed.basis, parsed.horizon, parsed.survey)
        answer = ANALYSES[parsed.analysis](store, asked)
    return Outcome(
        OK, json.dumps(answer, ensure_ascii=False, indent=None if parsed.json else 2) + "\n"
    )


def _shown(
    frame: pd.DataFrame, parsed: argparse.Namespace, basis: Basis, until: date | None
) -> str:
    if parsed.format == "json":
        answer = {
            "basis": str(basis),
            "from": _iso(parsed.since),
            "to": _iso(parsed.until),
            "data_until": _iso(until),
            "rows": [
                {key: _plain(value) for key, value in row.items()}
                for row in frame.to_dict("records")
            ],
        }
        return json.dumps(answer, ensure_ascii=False) + "\n"
    if parsed.format == "csv":
        return str(frame.to_csv(index=False))
    return str(frame.to_string(index=False, na_rep="—")) + "\n"


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it: missing is null, a day is its ISO day."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat()
    return value.item() if hasattr(value, "item") else value


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _sample(parsed: argparse.Namespace) -> Outcome:
    said = ""
    if parsed.files:
        count = sample.write(Path(parsed.files), parsed.size)
        said = t("cli.sample_files", n=count, folder=parsed.files) + "\n"
        if not parsed.db:
            return Outcome(OK, said)
    target = Path(parsed.db) if parsed.db else _space(parsed).sample
    sample.build(target, parsed.size)
    return Outcome(OK, said + t("cli.sample_built", path=target) + "\n")


def _purge(parsed: argparse.Namespace) -> Outcome:
    days = retention.kept_days() if parsed.days is None else parsed.days
    removed = retention.purge(_space(parsed).archive, days)
    if parsed.json:
        return Outcome(OK, json.dumps({"purged": removed, "days": days}) + "\n")
    return Outcome(OK, t("cli.purged", n=removed, days=days) + "\n")


def _backup(parsed: argparse.Namespace) -> Outcome:
    with _open(parsed) as store:
        backup.backup(store, parsed.folder / parsed.file)
    return Outcome(OK, t("cli.backed_up", path=parsed.file) + "\n")


def _restore(parsed: argparse.Namespace) -> Outcome:
    if parsed.store is not None:
        raise Busy("database_busy", path=str(_space(parsed).database))
    backup.restore(Path(parsed.file), _space(parsed).database)
    return Outcome(OK, t("cli.restored", path=parsed.file) + "\n")


def _parser() -> argparse.ArgumentParser:
    return usage.parser(
        {
            "import": _import,
            "undo": _undo,
            "batches": _batches,
            "purge": _purge,
            "merge-account": _merge,
            "undo-merge": _unmerge,
            "read": _read,
            "ask": _ask,
            "analyse": _analyse,
            "sample": _sample,
            "backup": _backup,
            "restore": _restore,
        }
    )
