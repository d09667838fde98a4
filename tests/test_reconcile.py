"""Works and official totals agree week by week, or the rest is shown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from opsdata.analysis.reconcile import Week, balance, reconcile
from opsdata.errors import Unanswerable
from opsdata.filters import Filters
from opsdata.intake.importer import Importer, Wish
from opsdata.store import Store
from tests import exports
from tests.conftest import ACCOUNT, Take
from tests.pages import Open, said

pytestmark = pytest.mark.slow

MONDAY = date(2026, 3, 2)


def days(folder: Path, first: int, last: int, plays: int = 10) -> Path:
    rows = [[f"2026-03-{day:02d}", plays] for day in range(first, last + 1)]
    name = f"数据表现_播放量数据-{first}-{last}.xlsx"
    return exports.write_xlsx(folder / name, ["日期", "播放量"], rows, numbers=True)


def works(folder: Path, plays: int) -> Path:
    row = [*exports.WORKS_ROWS[2]]
    row[1], row[4] = "2026-02-01 10:00:00", str(plays)
    return exports.write_xlsx(folder / f"works-{plays}.xlsx", exports.WORKS_HEADER, [row])


@pytest.fixture
def week_file(tmp_path: Path, empty_file: Path, shared_importer: Importer) -> Path:
    """Seven days of ten plays, and a work that gains 56 from Monday to Monday."""
    made = Store(Path(shutil.copy(empty_file, tmp_path / "ops.duckdb")))
    shared_importer.store = made
    shared_importer.take(days(tmp_path, 2, 8), Wish(ACCOUNT), "test")
    for plays, day in ((100, 2), (156, 9)):
        shared_importer.take(works(tmp_path, plays), Wish(ACCOUNT, datetime(2026, 3, day)), "test")
    made.close()
    return tmp_path / "ops.duckdb"


@pytest.fixture
def store(week_file: Path) -> Iterator[Store]:
    made = Store(week_file)
    yield made
    made.close()


def test_the_rest_is_what_no_listed_work_gained(store: Store) -> None:
    (found,) = reconcile(store, "views", Filters())
    assert (found.monday, found.official, found.works, found.rest) == (MONDAY, 70, 56, 14)
    assert found.share == pytest.approx(0.2)
    assert balance([found]).odd


def test_a_week_with_a_missing_day_is_named_and_left_out(
    take: Take, store: Store, tmp_path: Path
) -> None:
    take(days(tmp_path, 9, 12))
    first, second = reconcile(store, "views", Filters())
    assert (second.reason, second.rest) == ("week_incomplete", None)
    assert balance([first, second]).official == 70


def test_a_week_that_no_exports_lie_around_is_named(
    take: Take, store: Store, tmp_path: Path
) -> None:
    take(days(tmp_path, 16, 22))
    found = reconcile(store, "views", Filters())[-1]
    assert (found.reason, found.rest) == ("week_unseen", None)
    assert balance([found]).share is None


def test_a_metric_of_one_side_is_refused(store: Store) -> None:
    with pytest.raises(Unanswerable, match="not_on_both_sides"):
        reconcile(store, "followers", Filters())


def test_a_rest_that_is_there_every_week_is_usual_and_only_an_odd_week_is_named() -> None:
    mondays = [MONDAY + timedelta(days=7 * i) for i in range(9)]
    weeks = [Week("A", monday, 100.0, 85.0) for monday in mondays]
    weeks[4] = Week("A", mondays[4], 100.0, 60.0)
    found = balance([*weeks, Week("B", mondays[0], 100.0, 85.0)])
    assert found.usual == pytest.approx(0.15)
    assert [week.monday for week in found.odd] == [mondays[4]]
    assert (len(found.weeks), found.official, found.works) == (9, 1000, 825)


def test_the_page_says_what_stays_unexplained(visit: Open, week_file: Path) -> None:
    text = said(visit(week_file, "dictionary"))
    assert "1 周可以对账：官方 70，作品合计 56，差 20.0%" in text
    assert "其中 1 周的差额偏离平常（0%）超过 10 个百分点" in text
