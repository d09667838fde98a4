"""What commands print: receipts of imports, rows of an answer, the files of a report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from opsdata import i18n
from opsdata.alerts.send import News
from opsdata.i18n import t
from opsdata.intake.notes import notes
from opsdata.intake.receipt import Receipt, Status
from opsdata.meeting.weekly import Week
from opsdata.metrics import Basis
from opsdata.reports.sheets import guarded

_SHOWN_FINDINGS = 20


def receipts(made: Sequence[Receipt], as_json: bool) -> str:
    """Return what imports did, a line each with its findings, or as JSON."""
    if as_json:
        plain = [receipt.as_json() for receipt in made]
        return json.dumps(plain, ensure_ascii=False) + "\n"
    lines = []
    for receipt in made:
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


def rows(
    frame: pd.DataFrame,
    format_: str,
    basis: Basis,
    days: tuple[date | None, date | None],
    until: date | None,
) -> str:
    """Return the answer to a question as a table, as CSV or as JSON."""
    if format_ == "json":
        answer = {
            "basis": str(basis),
            "from": _iso(days[0]),
            "to": _iso(days[1]),
            "data_until": _iso(until),
            "rows": [
                {key: _plain(value, key) for key, value in row.items()}
                for row in frame.to_dict("records")
            ],
        }
        return json.dumps(answer, ensure_ascii=False) + "\n"
    if format_ == "csv":
        return csv(frame)
    return str(frame.to_string(index=False, na_rep="—")) + "\n"


def csv(frame: pd.DataFrame) -> str:
    """Return a table as CSV in which no text is a formula; spreadsheets open it too."""
    safe = frame.map(lambda value: guarded(value) if isinstance(value, str) else value)
    return str(safe.to_csv(index=False))


def _plain(value: Any, key: str) -> Any:
    """Return a value as JSON knows it: missing is null, a day is its ISO day."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat() if key in ("day", "week") else value.isoformat()
    return value.item() if hasattr(value, "item") else value


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None


def report(week: Week, files: Sequence[Path], as_json: bool) -> str:
    """Return which files a report was written to."""
    if as_json:
        answer = {
            "week": week.name, "from": _iso(week.since), "to": _iso(week.until),
            "files": [str(path) for path in files],
        }  # fmt: skip
        return json.dumps(answer, ensure_ascii=False) + "\n"
    head = t("weekly.written", week=week.name, days=i18n.span(week.since, week.until))
    return "".join(f"{line}\n" for line in (head, *(f"  {path}" for path in files)))


def news(found: News, said: str) -> str:
    """Return the alerts that were posted or would be, a line each."""
    if not found.alerts:
        return t("alert.nothing_new") + "\n"
    head = t(f"alert.{said}", n=len(found.alerts))
    lines = (head, found.title, *(f"  {one.text}" for one in found.alerts))
    return "".join(f"{line}\n" for line in lines)
