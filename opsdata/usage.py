"""What can be typed at the prompt: the commands, their arguments, and help on each."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from opsdata import sample
from opsdata.analyse import ANALYSES
from opsdata.dimensions import DIMENSIONS
from opsdata.i18n import t
from opsdata.intake import retention
from opsdata.intake.mapping import KEYS, fields
from opsdata.meeting.weekly import LAST, Week
from opsdata.metrics import METRICS, Basis


def parser(handlers: Mapping[str, Callable[[argparse.Namespace], Any]]) -> argparse.ArgumentParser:
    """Return the parser of all commands; each handler answers the command of its name."""
    made = argparse.ArgumentParser(prog="python -m opsdata", description=t("cli.about"))
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    adds = {name: _added(commands, name, handler) for name, handler in handlers.items()}
    _taking(adds["import"])
    _changing(adds)
    _reading(adds["read"])
    _asking(adds["ask"])
    _analysing(adds["analyse"])
    _keeping(adds)
    _reporting(adds["report"])
    _alerting(adds["alert"])
    for name in ("import", "undo", "batches", "purge", "report"):
        adds[name].add_argument("--json", action="store_true", help=t("cli.json"))
    return made


def _added(
    commands: Any, name: str, handler: Callable[[argparse.Namespace], Any]
) -> argparse.ArgumentParser:
    """Return the parser of one command, with what all of them take."""
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=t(f"cli.{name}"), description=t(f"cli.{name}")
    )
    made.add_argument("--db", metavar="PATH", help=t("cli.db"))
    made.set_defaults(command=handler, creates=name == "import")
    return made


def _taking(taking: argparse.ArgumentParser) -> None:
    taking.add_argument("files", nargs="+", metavar="FILE")
    taking.add_argument("--account", metavar="NAME", help=t("cli.account"))
    taking.add_argument("--work", metavar="KEY_OR_TITLE", help=t("cli.work"))
    taking.add_argument("--captured", type=_moment, metavar="DAY", help=t("cli.captured"))
    known = ", ".join(dict.fromkeys(f for grain in KEYS for f in fields(grain)))
    taking.add_argument("--map", metavar="TOML", help=t("cli.map", fields=known))
    side = taking.add_mutually_exclusive_group()
    side.add_argument("--own", action="store_true", default=None, help=t("cli.own"))
    side.add_argument("--competitor", dest="own", action="store_false", help=t("cli.competitor"))


def _changing(adds: Mapping[str, argparse.ArgumentParser]) -> None:
    adds["undo"].add_argument("batch", type=int, metavar="BATCH")
    adds["undo-merge"].add_argument("number", type=int, metavar="MERGE")
    merging = adds["merge-account"]
    merging.add_argument("old", metavar="FROM", help=t("cli.merge_from"))
    merging.add_argument("new", metavar="INTO", help=t("cli.merge_into"))


def _reading(reading: argparse.ArgumentParser) -> None:
    reading.add_argument("file", metavar="FILE")
    reading.add_argument("--csv", action="store_true", help=t("cli.as_csv"))
    reading.add_argument("--part", metavar="NAME", help=t("cli.part"))


def _asking(asking: argparse.ArgumentParser) -> None:
    asking.add_argument("metrics", nargs="+", metavar="METRIC", help=", ".join(METRICS))
    asking.add_argument(
        "--by", nargs="+", action="append", metavar="DIMENSION", help=", ".join(DIMENSIONS)
    )
    _filtering(asking)
    asking.add_argument("--trace", action="store_true", help=t("cli.trace"))
    asking.add_argument("--format", choices=["table", "csv", "json"], default="table")


def _analysing(analysing: argparse.ArgumentParser) -> None:
    analysing.add_argument("analysis", choices=list(ANALYSES))
    analysing.add_argument("--metric", choices=list(METRICS), default="views")
    analysing.add_argument(
        "--horizon", type=_days, default=30, metavar="DAYS", help=t("cli.horizon")
    )
    analysing.add_argument("--survey", metavar="NAME", help=t("cli.survey"))
    _filtering(analysing)
    analysing.add_argument("--json", action="store_true", help=t("cli.json"))


def _filtering(made: argparse.ArgumentParser) -> None:
    """Add what a question is limited to: basis, days and account."""
    made.add_argument("--basis", choices=[str(basis) for basis in Basis])
    made.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DAY")
    made.add_argument("--to", dest="until", type=date.fromisoformat, metavar="DAY")
    made.add_argument("--account", metavar="NAME")


def _keeping(adds: Mapping[str, argparse.ArgumentParser]) -> None:
    adds["sample"].add_argument("--size", choices=list(sample.SIZES), default="small")
    adds["sample"].add_argument("--files", metavar="DIR", help=t("cli.files"))
    help_ = t("cli.keep_days", days=retention.DAYS)
    adds["purge"].add_argument("--days", type=_days, metavar="N", help=help_)
    for name in ("backup", "restore"):
        adds[name].add_argument("file", metavar="FILE")


def _reporting(reporting: argparse.ArgumentParser) -> None:
    reporting.add_argument("--week", type=_week, metavar="WEEK", help=t("cli.week"))
    reporting.add_argument("--out", metavar="DIR", help=t("cli.out"))


def _alerting(alerting: argparse.ArgumentParser) -> None:
    instead = alerting.add_mutually_exclusive_group()
    instead.add_argument("--dry-run", action="store_true", help=t("cli.dry_run"))
    instead.add_argument("--test", action="store_true", help=t("cli.test_alert"))


def _week(text: str) -> Week | None:
    """Read a week by its name, such as 2026-W46; the last one is found in the data."""
    return None if text == LAST else Week.named(text)


def _moment(text: str) -> datetime:
    """Read a day (its noon is meant) or a time."""
    moment = datetime.fromisoformat(text)
    return moment.replace(hour=12) if len(text) <= 10 else moment.replace(tzinfo=None)


def _days(text: str) -> int:
    """Read a number of days, none of them negative."""
    days = int(text)
    if days < 0:
        raise ValueError
    return days
