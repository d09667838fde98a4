"""What the overview says beside its figures of the days compared, and of whom they lack."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from opsdata.intake.importer import Importer, Wish
from opsdata.intake.receipt import Receipt
from opsdata.store import Store
from tests.own_team import Team
from tests.pages import Open, said
from tests.test_fair_change import Feed


class Written:
    """A database of its own, written by a test and then looked at."""

    def __init__(self, path: Path, importer: Importer, visit: Open) -> None:
        self.store = importer.store = Store(path)
        self._path, self._importer, self._visit = path, importer, visit
        self.feed = Feed(self._take, path.parent)
        self.team = Team(self._take, path.parent)

    def _take(self, path: Path, account: str, captured: datetime | None) -> Receipt:
        return self._importer.take(path, Wish(account, captured), "test")[0]

    def overview(self, first: str, last: str, lang: str = "zh") -> str:
        """Return what stands on the overview of some days, as they happened."""
        self.store.close()
        days = {"period": "custom", "from": first, "to": last, "basis": "happened"}
        return said(self._visit(self._path, lang=lang, **days))


@pytest.fixture
def written(tmp_path: Path, empty_file: Path, shared_importer: Importer, visit: Open) -> Written:
    path = Path(shutil.copy(empty_file, tmp_path / "ops.duckdb"))
    return Written(path, shared_importer, visit)


def test_a_worked_saturday_is_named_on_both_sides(written: Written) -> None:
    written.feed("2025-01-20", [1000] * 30)
    written.feed("2026-02-15", [1000] * 14)
    text = written.overview("2026-02-28", "2026-02-28")
    assert "同比对比 2025年2月8日。 按春节对齐。" in text
    assert "假期：本期补班 1 天，前期春节 1 天" in text
    assert "补班的周末" not in text


def test_a_worked_saturday_against_a_free_one_is_said(written: Written) -> None:
    written.feed("2025-01-20", [1000] * 30)
    written.feed("2026-02-01", [1000] * 20)
    text = written.overview("2026-02-09", "2026-02-14", "en")
    assert "A year ago means 20 Jan 2025" in text
    assert "Weekend days worked for holidays: 1 in this period, 0 a year ago." in text


def test_an_account_long_gone_is_named_below_the_figures(written: Written) -> None:
    written.team.days("甲", "2026-01-01", "2026-06-20", 1000)
    written.team.days("丙", "2025-10-01", "2025-12-20", 1000)
    text = written.overview("2026-06-07", "2026-06-20")
    assert "早就没有新数据、不在合计里的账号：「丙」（只到2025年12月20日）。" in text
    assert "早就没有新数据、之后不再算的账号：「丙」（只到2025年12月20日）。" in text
    assert "6月已到 2.0万" in text


def test_an_account_that_is_late_is_named_beside_the_pace(written: Written) -> None:
    written.team.days("甲", "2026-01-01", "2026-06-20", 1000)
    written.team.days("乙", "2026-01-01", "2026-06-18", 1000)
    text = written.overview("2026-06-07", "2026-06-20")
    assert "只算到6月18日，因为还没有后面数据的账号：乙。" in text
    assert "「乙」只到6月18日，不比较" in text
