"""The light of the data: how far each account and source reaches, what is missing, what is late."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from opsdata.health import Light, Reach, reaches
from opsdata.store import Store
from tests import exports
from tests.conftest import Take


def days(take: Take, folder: Path, header: str, known: list[int], account: str = "甲") -> None:
    rows = [[f"2026-03-{day:02d}", "5"] for day in known]
    path = exports.write_xlsx(folder / account / f"{header}.xlsx", ["日期", header], rows, True)
    take(path, account=account)


def test_gaps_are_named_and_measures_that_stop_earlier_too(
    store: Store, take: Take, tmp_path: Path
) -> None:
    days(take, tmp_path, "播放量", [1, 2, 5, 6, 9])
    days(take, tmp_path, "作品点赞", [1, 2, 5])
    found = reaches(store)[0]
    assert (found.account, found.source, found.until, found.gaps) == (
        "甲",
        "days",
        date(2026, 3, 9),
        4,
    )
    assert found.missing == (
        (date(2026, 3, 3), date(2026, 3, 4)),
        (date(2026, 3, 7), date(2026, 3, 8)),
    )
    assert found.behind == (("likes", date(2026, 3, 5)),)


def test_a_works_list_says_what_it_covers(store: Store, take: Take, works_file: Path) -> None:
    take(works_file, captured=datetime(2026, 3, 12, 9))
    found = reaches(store)[0]
    assert (found.source, found.until, found.works) == ("works", date(2026, 3, 12), 5)
    assert found.since == date(2026, 3, 2)
    assert not found.cut
    assert Reach("甲", "works", date(2026, 3, 12), works=1000).cut


@pytest.mark.parametrize(
    ("source", "age", "light"),
    [
        ("days", 3, Light.FRESH), ("days", 4, Light.LATE), ("days", 9, Light.VERY_LATE),
        ("works", 8, Light.FRESH), ("works", 9, Light.LATE), ("works", 16, Light.VERY_LATE),
        ("audience", 35, Light.FRESH), ("audience", 36, Light.LATE),
    ],
)  # fmt: skip
def test_each_source_is_late_by_how_often_it_is_exported(
    source: str, age: int, light: Light
) -> None:
    reach = Reach("甲", source, date(2026, 3, 1))
    assert reach.light(date.fromordinal(date(2026, 3, 1).toordinal() + age)) is light


def test_late_since_is_the_first_day_that_newer_data_were_due() -> None:
    reach = Reach("甲", "days", date(2026, 3, 1))
    assert reach.late_since == date(2026, 3, 5)
    assert reach.light(reach.late_since) is Light.LATE
