"""The commands: what can be asked and done without the pages.

``run`` answers one call as text, so that the prompt can print it and the running app can
send it back. Exit status 0 when everything was done, 1 when a file was refused or needs
an answer, 2 when the call or the question was wrong.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from opsdata import backup, i18n, printed, queries, sample, tracing, usage
from opsdata.alerts import send
from opsdata.analyse import ANALYSES
from opsdata.analyse.asked import Asked
from opsdata.errors import Busy, OpsdataError, Refused, Unanswerable
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.intake import mapfile, retention
from opsdata.intake.accounts import accounts, merge
from opsdata.intake.importer import Wish, all_taken, importer
from opsdata.intake.merging import merges, unmerge
from opsdata.intake.naming import among
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.tell import tell
from opsdata.intake.undo import ledger, undo
from opsdata.meeting import weekly
from opsdata.metrics import Basis
from opsdata.store import Store
from opsdata.workspace import Workspace, workspace

OK, REFUSED, WRONG = 0, 1, 2


@dataclass(frozen=True)
class Outcome:
    """What a command answers: its exit status, and what it prints where."""

    status: int
    out: str = ""
    err: str = ""


def run(
    arguments: Sequence[str],
    store: Store | None = None,
    folder: Path | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Outcome:
    """Return the outcome of one command.

    ``store`` is the database if it is open already, as in the running app; ``folder`` is
    where the caller's paths start, ``environment`` what the caller's shell says.
    Busy when another program holds the database. SystemExit, as argparse has it, when the
    call is wrong.
    """
    parsed = _parser().parse_args(arguments)
    parsed.store = store
    parsed.folder = folder or Path()
    parsed.environment = environment
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
    parsed = _parser().parse_args(arguments)
    parsed.folder = Path()
    return _space(parsed).database


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
    return workspace(parsed.folder / Path(parsed.db).expanduser() if parsed.db else None)


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
    return Outcome(OK if all_taken(receipts) else REFUSED, printed.receipts(receipts, parsed.json))


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
    return Outcome(status, printed.receipts([receipt], parsed.json))


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
    return Outcome(OK, printed.receipts(receipts, parsed.json))


def _read(parsed: argparse.Namespace) -> Outcome:
    path = (parsed.folder / parsed.file).absolute()
    told = tell(path, parsed.file, parsed.csv, parsed.part)
    return Outcome(REFUSED if told.refused else OK, told.out, told.err)


def _of_account(parsed: argparse.Namespace, store: Store) -> tuple[str, ...]:
    """Return the account a question is limited to, under the name that the database has."""
    if not parsed.account:
        return ()
    return (among(parsed.account, (one.name for one in accounts(store))),)


def _ask(parsed: argparse.Namespace) -> Outcome:
    basis = Basis(parsed.basis) if parsed.basis else queries.default_basis(parsed.metrics)
    by = [key for group in parsed.by or [] for key in group]
    with _open(parsed) as store:
        filters = Filters(parsed.since, parsed.until, _of_account(parsed, store), basis=basis)
        if parsed.trace:
            return Outcome(OK, tracing.told(store, parsed.metrics, filters, parsed.format))
        frame = queries.ask(store, parsed.metrics, filters, by)
        until = queries.newest(store, basis, filters.accounts)
    return Outcome(
        OK, printed.rows(frame, parsed.format, basis, (parsed.since, parsed.until), until)
    )


def _analyse(parsed: argparse.Namespace) -> Outcome:
    with _open(parsed) as store:
        filters = Filters(parsed.since, parsed.until, _of_account(parsed, store))
        asked = Asked(parsed.metric, filters, parsed.basis, parsed.horizon, parsed.survey)
        answer = ANALYSES[parsed.analysis](store, asked)
    return Outcome(
        OK, json.dumps(answer, ensure_ascii=False, indent=None if parsed.json else 2) + "\n"
    )


def _sample(parsed: argparse.Namespace) -> Outcome:
    said = ""
    if parsed.files:
        count = sample.write(parsed.folder / parsed.files, parsed.size)
        said = t("cli.sample_files", n=count, folder=parsed.files) + "\n"
        if not parsed.db:
            return Outcome(OK, said)
    target = _space(parsed).database if parsed.db else _space(parsed).sample
    sample.build(target, parsed.size)
    return Outcome(OK, said + t("cli.sample_built", path=target) + "\n")


def _purge(parsed: argparse.Namespace) -> Outcome:
    days = retention.kept_days() if parsed.days is None else parsed.days
    removed = retention.purge(_space(parsed).archive, days)
    if parsed.json:
        return Outcome(OK, json.dumps({"purged": removed, "days": days}) + "\n")
    return Outcome(OK, t("cli.purged", n=removed, days=days) + "\n")


def _weekly(parsed: argparse.Namespace) -> Outcome:
    folder = parsed.folder / parsed.out if parsed.out else _space(parsed).reports
    with _open(parsed) as store:
        week = parsed.week or weekly.last(store)
        if week is None:
            raise Refused("no_week_yet")
        files = weekly.write(store, week, folder, i18n.current(), datetime.now())
    return Outcome(OK, printed.report(week, files, parsed.json))


def _alert(parsed: argparse.Namespace) -> Outcome:
    if parsed.test:
        send.send_test(parsed.environment)
        return Outcome(OK, t("alert.tested") + "\n")
    now = datetime.now().replace(microsecond=0)
    with _open(parsed) as store:
        if not send.rules_on(store):
            return Outcome(OK, t("alert.all_off") + "\n")
        if parsed.dry_run:
            return Outcome(OK, printed.news(send.news(store, now.date()), "would_send"))
        return Outcome(OK, printed.news(send.send(store, parsed.environment, now), "was_sent"))


def _backup(parsed: argparse.Namespace) -> Outcome:
    with _open(parsed) as store:
        backup.backup(store, parsed.folder / parsed.file)
    return Outcome(OK, t("cli.backed_up", path=parsed.file) + "\n")


def _restore(parsed: argparse.Namespace) -> Outcome:
    if parsed.store is not None:
        raise Busy("database_busy", path=str(_space(parsed).database))
    backup.restore(parsed.folder / parsed.file, _space(parsed).database)
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
            "report": _weekly,
            "alert": _alert,
            "sample": _sample,
            "backup": _backup,
            "restore": _restore,
        }
    )
