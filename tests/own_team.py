"""A team whose accounts start, stop and are exported as a test wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from opsdata.intake.receipt import Receipt
from opsdata.store import Store
from tests import exports

DAYS = timedelta(days=1)


class Team:
    """Accounts with a work of every other day that gains 100 plays a day, and their files."""

    def __init__(self, take: Callable[..., Receipt], folder: Path) -> None:
        self._take, self._folder = take, folder

    def lists(self, account: str, moments: Iterable[str]) -> None:
        """Import the works list of an account as it stood at noon of some days."""
        for at in moments:
            noon = datetime.fromisoformat(f"{at} 12:00")
            born = [datetime(2026, 7, 1, 18) + 2 * i * DAYS for i in range(90)]
            rows = [
                [f"{account}{one:%m%d}", f"{one}", "图文", "公开", str((noon - one).days * 100),
                 *exports.WORKS_ROWS[0][5:]]
                for one in born if one < noon
            ]  # fmt: skip
            path = exports.write_csv(
                self._folder / account / f"{at}.csv", exports.WORKS_HEADER, rows
            )
            self._take(path, account, noon)

    def days(self, account: str, first: str, last: str, plays: int = 100) -> None:
        """Import the daily plays of an account."""
        start, end = date.fromisoformat(first), date.fromisoformat(last)
        rows = [[f"{start + i * DAYS}", str(plays)] for i in range((end - start).days + 1)]
        path = self._folder / f"{account}-播放量.xlsx"
        exports.write_xlsx(path, ["日期", "播放量"], rows, numbers=True)
        self._take(path, account, datetime.combine(end + DAYS, datetime.min.time()))


@pytest.fixture
def team(store: Store, take: Callable[..., Receipt], tmp_path: Path) -> Team:
    return Team(take, tmp_path)
