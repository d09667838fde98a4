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
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd

from opsdata import backup, i18n, queries, sample
from opsdata.analyse import ANALYSES
from opsdata.dimensions import DIMENSIONS
from opsdata.errors import Busy, OpsdataError, Refused, Unanswerable
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.intake import retention
from opsdata.intake.importer import Wish, all_taken, importer
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.tell import tell
from opsdata.intake.undo import ledger, undo
from opsdata.metrics import METRICS, Basis
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
    wish = Wish(parsed.account, parsed.captured, parsed.own)
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
        frame = queries.ask(store, parsed.metrics, filters, by)
        until = queries.newest(store, basis, filters.accounts)
    return Outcome(OK, _shown(frame, parsed, basis, until))


def _analyse(parsed: argparse.Namespace) -> Outcome:
    accounts = (parsed.account,) if parsed.account else ()
    filters = Filters(since=parsed.since, until=parsed.until, accounts=accounts)
    with _open(parsed) as store:
        answer = ANALYSES[parsed.analysis](store, parsed.metric, filters, parsed.basis)
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


def _days(text: str) -> int:
    """Read a number of days, none of them negative."""
    days = int(text)
    if days < 0:
        raise ValueError
    return days


def _backup(parsed: argparse.Namespace) -> Outcome:
    with _open(parsed) as store:
        backup.backup(store, parsed.folder / parsed.file)
    return Outcome(OK, t("cli.backed_up", path=parsed.file) + "\n")


def _restore(parsed: argparse.Namespace) -> Outcome:
    if parsed.store is not None:
        raise Busy("database_busy", path=str(_space(parsed).database))
    backup.restore(Path(parsed.file), _space(parsed).database)
    return Outcome(OK, t("cli.restored", path=parsed.file) + "\n")


def _moment(text: str) -> datetime:
    """Read a day (its noon is meant) or a time."""
    moment = datetime.fromisoformat(text)
    return moment.replace(hour=12) if len(text) <= 10 else moment.replace(tzinfo=None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m opsdata", description=t("cli.about"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Callable[[argparse.Namespace], Outcome]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=t(f"cli.{name}"), description=t(f"cli.{name}"))
        made.add_argument("--db", metavar="PATH", help=t("cli.db"))
        made.set_defaults(command=command, creates=name == "import")
        return made

    taking = add("import", _import)
    taking.add_argument("files", nargs="+", metavar="FILE")
    taking.add_argument("--account", metavar="NAME", help=t("cli.account"))
    taking.add_argument("--captured", type=_moment, metavar="DAY", help=t("cli.captured"))
    side = taking.add_mutually_exclusive_group()
    side.add_argument("--own", action="store_true", default=None, help=t("cli.own"))
    side.add_argument("--competitor", dest="own", action="store_false", help=t("cli.competitor"))
    undoing = add("undo", _undo)
    undoing.add_argument("batch", type=int, metavar="BATCH")
    listing = add("batches", _batches)
    purging = add("purge", _purge)
    help_ = t("cli.keep_days", days=retention.DAYS)
    purging.add_argument("--days", type=_days, metavar="N", help=help_)
    for made in (taking, undoing, listing, purging):
        made.add_argument("--json", action="store_true", help=t("cli.json"))

    reading = add("read", _read)
    reading.add_argument("file", metavar="FILE")
    reading.add_argument("--csv", action="store_true", help=t("cli.as_csv"))
    reading.add_argument("--part", metavar="NAME", help=t("cli.part"))

    asking = add("ask", _ask)
    asking.add_argument("metrics", nargs="+", metavar="METRIC", help=", ".join(METRICS))
    asking.add_argument(
        "--by", nargs="+", action="append", metavar="DIMENSION", help=", ".join(DIMENSIONS)
    )
    asking.add_argument("--basis", choices=[str(basis) for basis in Basis])
    asking.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DAY")
    asking.add_argument("--to", dest="until", type=date.fromisoformat, metavar="DAY")
    asking.add_argument("--account", metavar="NAME")
    asking.add_argument("--format", choices=["table", "csv", "json"], default="table")

    analysing = add("analyse", _analyse)
    analysing.add_argument("analysis", choices=list(ANALYSES))
    analysing.add_argument("--metric", choices=list(METRICS), default="views")
    analysing.add_argument("--basis", choices=[str(basis) for basis in Basis])
    analysing.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DAY")
    analysing.add_argument("--to", dest="until", type=date.fromisoformat, metavar="DAY")
    analysing.add_argument("--account", metavar="NAME")
    analysing.add_argument("--json", action="store_true", help=t("cli.json"))

    sampling = add("sample", _sample)
    sampling.add_argument("--size", choices=list(sample.SIZES), default="small")
    sampling.add_argument("--files", metavar="DIR", help=t("cli.files"))
    for name, command in (("backup", _backup), ("restore", _restore)):
        add(name, command).add_argument("file", metavar="FILE")
    return parser
