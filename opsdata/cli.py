"""The command line: the same importer and the same questions as the pages.

Exit status 0 when everything was done, 1 when a file was refused or needs an answer,
2 when the call or the question was wrong.
"""

from __future__ import annotations

import argparse
import getpass
import json
import locale
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pandas as pd

from opsdata import backup, i18n, queries, sample
from opsdata.dimensions import DIMENSIONS
from opsdata.errors import OpsdataError, Refused, Unanswerable
from opsdata.filters import Filters
from opsdata.i18n import t
from opsdata.intake.importer import Wish, all_taken, importer
from opsdata.intake.receipt import Receipt, Status
from opsdata.intake.undo import ledger, undo
from opsdata.metrics import METRICS, Basis
from opsdata.store import Store
from opsdata.workspace import Workspace, workspace

OK, REFUSED, WRONG = 0, 1, 2


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    i18n.use(_language())
    parsed = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = parsed.command
    try:
        return command(parsed)
    except OpsdataError as error:
        print(i18n.explain(error), file=sys.stderr)
        return WRONG if isinstance(error, Unanswerable) else REFUSED


def _language() -> str:
    named = os.environ.get("OPSDATA_LANG") or locale.getlocale()[0] or os.environ.get("LANG")
    return i18n.from_locale(named)


@contextmanager
def _open(parsed: argparse.Namespace) -> Iterator[Store]:
    store = Store(_space(parsed).database)
    try:
        yield store
    finally:
        store.close()


def _space(parsed: argparse.Namespace) -> Workspace:
    return workspace(parsed.db)


def _import(parsed: argparse.Namespace) -> int:
    wish = Wish(parsed.account, parsed.captured, parsed.own)
    space = _space(parsed)
    receipts: list[Receipt] = []
    with _open(parsed) as store, importer(store, space.archive) as files:
        if store.recall("sample"):
            raise Refused("is_sample_database", path=str(space.database))
        for path in parsed.files:
            receipts += files.take(Path(path), wish, getpass.getuser(), name=path)
    _report(receipts, parsed.json)
    return OK if all_taken(receipts) else REFUSED


def _undo(parsed: argparse.Namespace) -> int:
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
    _report([receipt], parsed.json)
    return OK if receipt.status is Status.UNDONE else REFUSED


def _batches(parsed: argparse.Namespace) -> int:
    with _open(parsed) as store:
        receipts = [entry.receipt for entry in reversed(ledger(store))]
    _report(receipts, parsed.json)
    return OK


def _report(receipts: Sequence[Receipt], as_json: bool) -> None:
    if as_json:
        print(json.dumps([receipt.as_json() for receipt in receipts], ensure_ascii=False))
        return
    for receipt in receipts:
        print(_line(receipt))
        for finding in receipt.findings[:20]:
            rule = t(f"rule.{finding.rule}")
            print("    " + t("cli.finding", line=finding.line, rule=rule, value=finding.value))


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
    return f"{head}  {t(f'source.{receipt.kind}')} · {receipt.account} · {counts}"


def _ask(parsed: argparse.Namespace) -> int:
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
    _show(frame, parsed, basis, until)
    return OK


def _show(
    frame: pd.DataFrame, parsed: argparse.Namespace, basis: Basis, until: date | None
) -> None:
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
        print(json.dumps(answer, ensure_ascii=False))
    elif parsed.format == "csv":
        print(frame.to_csv(index=False), end="")
    else:
        print(frame.to_string(index=False, na_rep="—"))


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


def _sample(parsed: argparse.Namespace) -> int:
    if parsed.files:
        count = sample.write(Path(parsed.files), parsed.size)
        print(t("cli.sample_files", n=count, folder=parsed.files))
        if not parsed.db:
            return OK
    target = Path(parsed.db) if parsed.db else _space(parsed).sample
    sample.build(target, parsed.size)
    print(t("cli.sample_built", path=target))
    return OK


def _backup(parsed: argparse.Namespace) -> int:
    backup.backup(_space(parsed).database, Path(parsed.file))
    print(t("cli.backed_up", path=parsed.file))
    return OK


def _restore(parsed: argparse.Namespace) -> int:
    backup.restore(Path(parsed.file), _space(parsed).database)
    print(t("cli.restored", path=parsed.file))
    return OK


def _moment(text: str) -> datetime:
    """Read a day (its noon is meant) or a time."""
    moment = datetime.fromisoformat(text)
    return moment.replace(hour=12) if len(text) <= 10 else moment.replace(tzinfo=None)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m opsdata", description=t("cli.about"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=t(f"cli.{name}"), description=t(f"cli.{name}"))
        made.add_argument("--db", metavar="PATH", help=t("cli.db"))
        made.set_defaults(command=command)
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
    for made in (taking, undoing, listing):
        made.add_argument("--json", action="store_true", help=t("cli.json"))

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

    sampling = add("sample", _sample)
    sampling.add_argument("--size", choices=list(sample.SIZES), default="small")
    sampling.add_argument("--files", metavar="DIR", help=t("cli.files"))
    for name, command in (("backup", _backup), ("restore", _restore)):
        add(name, command).add_argument("file", metavar="FILE")
    return parser
