"""An export that a scheduler lays down while pages are open."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests import exports
from tests.conftest import ACCOUNT


def one_day_more(folder: Path) -> None:
    """Lay the daily plays, with 500 on one day more, into the inbox beside a database."""
    name, (header, days) = next(iter(exports.daily_tables().items()))
    days.append(["2026-03-12", "500"])
    inbox = folder / "inbox" / ACCOUNT
    inbox.mkdir(parents=True, exist_ok=True)
    written = exports.write_xlsx(folder / f"{name}.xlsx", header, days, numbers=True)
    shutil.move(written, inbox / f"{name}.xlsx")
