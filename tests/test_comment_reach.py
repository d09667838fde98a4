"""Until when comments reach: the day of the export where it is known, else the newest comment."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from opsdata.health import Light, reaches
from opsdata.store import Store
from tests import people_exports as people
from tests.conftest import Take

HEADER = ["昵称", "点赞数", "时间", "评论"]


def written(folder: Path, name: str, *times: str) -> Path:
    rows = [[f"无名{at}", "1", time, f"好看{at}"] for at, time in enumerate(times)]
    return people.write(folder, name, (HEADER, rows))


def test_a_list_that_says_no_day_reaches_to_its_newest_comment(
    store: Store, take: Take, tmp_path: Path
) -> None:
    take(written(tmp_path, "评论收集.csv", "2026-03-01 10:00:00", "2026-03-04 09:00:00"))
    (found,) = reaches(store)
    assert (found.source, found.until) == ("comments", date(2026, 3, 4))
    assert found.light(date(2026, 4, 1)) is Light.VERY_LATE


def test_a_list_that_says_its_day_reaches_to_it(store: Store, take: Take, tmp_path: Path) -> None:
    take(written(tmp_path, "评论收集_20260310.csv", "2026-03-04 09:00:00"))
    assert reaches(store)[0].until == date(2026, 3, 10)
    path = written(tmp_path, "别的.csv", "2026-03-05 09:00:00")
    take(path, captured=datetime(2026, 3, 12, 9))
    assert reaches(store)[0].until == date(2026, 3, 12)


def test_a_list_without_any_time_claims_none(store: Store, take: Take, tmp_path: Path) -> None:
    take(written(tmp_path, "评论收集.csv", "", ""))
    assert store.one("select count(*) from comment") == 2
    assert reaches(store) == []
