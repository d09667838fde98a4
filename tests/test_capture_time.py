"""When a file was exported: in Beijing's time on any machine, and never in times to come."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from opsdata import queries
from opsdata.filters import Filters
from opsdata.intake import clock
from opsdata.intake.receipt import Receipt
from opsdata.store import Store
from tests import exports
from tests.conftest import Take
from tests.workbooks import write_typed

pytestmark = pytest.mark.slow


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The clock that the machine is set to."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


def rules(receipt: Receipt) -> list[str]:
    return [f.rule for f in receipt.findings if f.rule != "likes_over_views"]


def grown(folder: Path, name: str = "作品列表导出.csv") -> Path:
    rows = exports.works_rows()
    rows[0][4] = "1500"
    return exports.write_csv(folder / name, exports.WORKS_HEADER, rows)


def views(store: Store) -> object:
    return queries.measure(store, ["views"], Filters()).iloc[0, 0]


def test_the_clock_shows_beijing_time_wherever_the_machine_stands(zone: str) -> None:
    beijing = datetime.fromtimestamp(time.time(), clock.BEIJING).replace(tzinfo=None)
    assert abs(clock.now() - beijing) < timedelta(seconds=2), zone
    assert clock.of_seconds(0) == datetime(1970, 1, 1, 8)


def test_a_workbook_and_a_later_text_file_are_in_their_order_on_any_clock(
    zone: str, store: Store, take: Take, tmp_path: Path
) -> None:
    made = datetime.fromtimestamp(time.time() - 60, clock.BEIJING)
    utc = (made - timedelta(hours=8)).replace(tzinfo=None, microsecond=0)
    book = write_typed(tmp_path / "w.xlsx", exports.WORKS_HEADER, exports.works_rows(), utc)
    os.utime(book, (0, 0))
    first, second = take(book), take(grown(tmp_path))
    assert (first.captured_from, second.captured_from) == ("created", "file"), zone
    assert first.captured_at and second.captured_at
    assert timedelta() < second.captured_at - first.captured_at < timedelta(minutes=5)
    assert not second.older
    assert views(store) == 10500


def test_a_workbook_of_times_to_come_does_not_hide_the_exports_after_it(
    store: Store, take: Take, tmp_path: Path
) -> None:
    ahead = clock.now() + timedelta(days=150)
    receipt = take(
        write_typed(tmp_path / "w.xlsx", exports.WORKS_HEADER, exports.works_rows(), ahead)
    )
    assert receipt.captured_at
    assert receipt.captured_at <= clock.now()
    assert rules(receipt) == ["dated_ahead"]
    later = take(grown(tmp_path))
    assert not later.older
    assert views(store) == 10500


def test_a_file_name_of_times_to_come_is_not_believed(
    store: Store, take: Take, tmp_path: Path
) -> None:
    name = f"作品列表导出-{clock.now() + timedelta(days=200):%Y%m%d}.csv"
    receipt = take(exports.write_csv(tmp_path / name, exports.WORKS_HEADER, exports.works_rows()))
    assert (receipt.captured_from, rules(receipt)) == ("file", ["dated_ahead"])
    assert not take(grown(tmp_path)).older
    assert views(store) == 10500


def test_a_time_that_a_person_gave_stands_without_a_word(take: Take, tmp_path: Path) -> None:
    ahead = clock.now() + timedelta(days=200)
    name = f"作品列表导出-{ahead:%Y%m%d}.csv"
    path = exports.write_csv(tmp_path / name, exports.WORKS_HEADER, exports.works_rows())
    receipt = take(path, captured=ahead)
    assert (receipt.captured_at, rules(receipt)) == (ahead, [])
    tomorrow = clock.now() + timedelta(hours=12)
    assert take(grown(tmp_path, f"导出-{tomorrow:%Y%m%d-%H%M%S}.csv")).captured_from == "name"
