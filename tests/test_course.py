"""What happened on a day stands beside it: notes on unusual days, the course of a crisis."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from opsdata.analysis.crises import crises, published
from opsdata.filters import Filters
from opsdata.intake.importer import Importer, Wish
from opsdata.store import Store
from opsdata.team import notes
from opsdata.team.notes import Note
from tests import exports
from tests import people_exports as people
from tests import ten_comments as ten
from tests.conftest import ACCOUNT
from tests.pages import Open, downloaded, said
from tests.test_anomalies import SPIKE, daily_file  # noqa: F401 (fixture)

DAYS = (date(2026, 3, 16), date(2026, 3, 19))


def test_an_unusual_day_tells_what_was_noted_on_it(
    visit: Open,
    alone: None,
    daily_file: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    (tmp_path / "noted").mkdir()
    path = Path(shutil.copy(daily_file, tmp_path / "noted"))
    store = Store(path)
    notes.keep(store, Note(SPIKE, "上了热门"))
    notes.keep(store, Note(date(2026, 2, 1), "别的日子"))
    store.close()
    alert = next(line for line in said(visit(path)).splitlines() if "高于预期" in line)
    assert "备注：上了热门" in alert
    assert "别的日子" not in alert


@pytest.fixture(scope="module")
def crisis_file(
    tmp_path_factory: pytest.TempPathFactory, empty_file: Path, shared_importer: Importer
) -> Path:
    """Complaints that peak on 17 March, a work of that day, and a note on it."""
    folder = tmp_path_factory.mktemp("crisis")
    store = Store(Path(shutil.copy(empty_file, folder / "ops.duckdb")))
    shared_importer.store = store
    counts = [1] * 14 + [3, 9, 12, 4, 1, 1, 1]
    rows = [
        [f"76{day:08d}{i:08d}", f"2026-03-{day + 1:02d} 08:{i:02d}:00", "", ten.WORK,
         f"质量太差了{i}", f"id-{i}", "某", "0", "0", "0"]
        for day, count in enumerate(counts) for i in range(count)
    ]  # fmt: skip
    said_ = people.write(folder, "c.csv", (ten.HEADER, rows))
    work = dict(zip(exports.WORKS_HEADER, exports.works_rows()[0], strict=True))
    work |= {"作品名称": "道歉和说明", "发布时间": "2026-03-17 20:00:00"}
    made = exports.write_xlsx(folder / "w.xlsx", exports.WORKS_HEADER, [list(work.values())])
    for file in (said_, made):
        shared_importer.take(file, Wish(ACCOUNT), "test")
    notes.keep(store, Note(date(2026, 3, 17), "联系了厂家", ACCOUNT))
    notes.keep(store, Note(date(2026, 3, 25), "以后的事", ACCOUNT))
    store.close()
    return folder / "ops.duckdb"


def test_a_crisis_knows_the_works_published_in_its_days(crisis_file: Path) -> None:
    store = Store(crisis_file)
    (one,) = crises(store, Filters())
    assert (one.start, one.over) == DAYS
    assert published(store, one) == [(date(2026, 3, 17), "道歉和说明")]
    store.close()


def test_a_crisis_is_told_day_by_day_with_its_works_and_notes(
    visit: Open, crisis_file: Path
) -> None:
    app = visit(crisis_file, "comments", period="all")
    told = next(line for line in said(app).splitlines() if line.startswith("**3月17日**"))
    assert told == "**3月17日** 最高；发布 1 条：「道歉和说明」；备注：测试号：联系了厂家"
    days = downloaded(app, "crisis_days_csv").set_index("日期")["经过"].dropna()
    assert days["2026-03-17"] == told.removeprefix("**3月17日** ")
    assert days["2026-03-19"] == "恢复平常"
    assert "以后的事" not in said(app)
