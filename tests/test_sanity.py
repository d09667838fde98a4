"""What is said before anything is written: odd days, gaps, running days, changed works."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from opsdata import i18n, trends
from opsdata.charts.trend import trend
from opsdata.filters import Filters
from opsdata.intake import guess
from opsdata.intake.importer import Wish, importer
from opsdata.intake.jobs import JobQueue, State
from opsdata.intake.reading import Reading
from opsdata.intake.receipt import Receipt
from opsdata.intake.undo import ledger
from opsdata.metrics import METRICS, Basis
from opsdata.store import Store
from opsdata.ui import data
from opsdata.workspace import Workspace
from tests import exports
from tests.conftest import ACCOUNT, Take
from tests.pages import Open, downloaded, said

pytestmark = pytest.mark.slow

FIRST = date(2026, 2, 1)


def days(folder: Path, start: int, views: list[int]) -> Path:
    rows = [[str(FIRST + timedelta(start + at)), str(n)] for at, n in enumerate(views)]
    return exports.write_csv(folder / f"d{start}.csv", ["日期", "播放量"], rows)


def flagged(receipt: Receipt) -> list[tuple[int, str, str]]:
    rules = ("five_times", "days_missing", "partial_day")
    return [(f.line, f.value, f.rule) for f in receipt.findings if f.rule in rules]


@pytest.fixture
def queue(store: Store, tmp_path: Path) -> Iterator[JobQueue]:
    made = JobQueue(store, Workspace(tmp_path / "ops.duckdb"))
    yield made
    made.close()


def test_a_day_five_times_the_usual_is_said(store: Store, take: Take, tmp_path: Path) -> None:
    take(days(tmp_path, 0, [100, 110, 90, 100, 5000, 100, 100, 105]))
    receipt = take(days(tmp_path, 8, [499, 500]))
    assert flagged(receipt) == [(3, "500", "five_times")]
    assert receipt.new == 2, "it loads all the same"
    assert store.one("select header from finding where rule = 'five_times'") == "播放量"


def test_without_a_week_of_known_days_nothing_is_usual(take: Take, tmp_path: Path) -> None:
    assert flagged(take(days(tmp_path, 0, [100] * 6 + [9000]))) == []
    (tmp_path / "b").mkdir()
    assert flagged(take(days(tmp_path / "b", 7, [9000]), account="乙号")) == []


def test_only_the_last_28_known_days_are_the_usual(take: Take, tmp_path: Path) -> None:
    take(days(tmp_path, 0, [10] * 40 + [100] * 28))
    assert flagged(take(days(tmp_path, 68, [499]))) == []


def test_days_missing_since_the_last_export_are_named(take: Take, tmp_path: Path) -> None:
    take(days(tmp_path, 0, [100, 100]))
    assert flagged(take(days(tmp_path, 4, [100]))) == [
        (2, "2026-02-03 — 2026-02-04", "days_missing")
    ]
    assert flagged(take(days(tmp_path, 6, [100]))) == [(2, "2026-02-06", "days_missing")]
    assert flagged(take(days(tmp_path, 7, [100]))) == []
    assert flagged(take(days(tmp_path, 2, [100]))) == [], "filling a gap is none"


def test_the_day_of_the_export_is_only_part_of_a_day(store, take: Take, tmp_path: Path) -> None:
    path = days(tmp_path, 0, [100, 40])
    assert flagged(take(path, captured=datetime(2026, 2, 3, 12))) == []
    receipt = take(path, "乙号", datetime(2026, 2, 2, 9))
    assert flagged(receipt) == [(3, "2026-02-02", "partial_day")]
    assert "partial_day" in {f.rule for f in ledger(store)[0].receipt.findings}


def test_a_running_day_is_not_dated_tomorrow() -> None:
    now = datetime(2026, 2, 2, 18)
    today = Reading("d.csv", kind="douyin_daily", last=datetime(2026, 2, 2))
    assert guess.captured(today, None, now) == (now, "now")
    yesterday = Reading("d.csv", kind="douyin_daily", last=datetime(2026, 2, 1))
    assert guess.captured(yesterday, None, now) == (datetime(2026, 2, 2, 12), "days")


def newer_works(folder: Path) -> Path:
    rows = exports.works_rows()
    rows[0][4], rows[1][4], rows[2][4] = "1500", "2640", "2001"
    rows[4][5], rows[3][10] = "1.5", "9"
    return exports.write_csv(folder / "作品列表导出-20260320.csv", exports.WORKS_HEADER, rows)


def test_a_preview_tells_all_before_anything_is_written(
    queue: JobQueue, store: Store, take: Take, works_file: Path, tmp_path: Path
) -> None:
    take(works_file)
    version = store.version
    path = newer_works(tmp_path)
    number = queue.submit(path.name, path.read_bytes(), "test")
    queue.wait()
    queue.ask([number], Wish(ACCOUNT, datetime(2026, 3, 9, 12)))
    end = time.time() + 20
    while not queue.all()[0].settled and time.time() < end:
        time.sleep(0.02)
    job = queue.all()[0]
    assert (job.state, store.version) == (State.REVIEW, version)
    receipt = job.receipts[0]
    assert {f.rule for f in receipt.findings} >= {
        "likes_over_views", "share_out_of_range", "future",
    }  # fmt: skip
    moved = [(m.title[:2], m.before, m.after) for m in receipt.moves]
    assert moved == [("早餐", 1000, 1500), ("炖汤", 3000, 2640), ("摆盘", 2000, 2001)]
    queue.ask([number], Wish(ACCOUNT, datetime(2026, 3, 20, 12)))
    while not queue.all()[0].settled and time.time() < end:
        time.sleep(0.02)
    receipt = queue.all()[0].receipts[0]
    assert (receipt.restated, receipt.restated_most) == (1, pytest.approx(-0.12))
    assert receipt.as_json()["moves"][0]["to"] == 1500


@pytest.mark.usefixtures("alone")
def test_the_page_shows_what_changes_and_gives_it_as_a_file(
    visit: Open, filled_file: Path, tmp_path: Path
) -> None:
    app = visit(filled_file, "intake")
    path = newer_works(tmp_path)
    jobs = data.installation().jobs
    jobs.submit(path.name, path.read_bytes(), "test")
    jobs.wait()
    app.run()
    assert not app.exception
    assert "最多 \\-12%" in said(app)
    labels = [e.label for e in app.expander]
    assert any("点赞比播放多" in label for label in labels)
    assert any("播放变化最大的 3 条" in label for label in labels)
    table = downloaded(app, "moves_review_1_0_csv")
    assert list(table["变化"]) == [500, -360, 1]
    assert list(table["作品"])[1].startswith("炖汤")


def test_a_running_day_is_marked_in_the_chart(take: Take, store: Store, tmp_path: Path) -> None:
    take(days(tmp_path, 0, [100, 110, 40]), captured=datetime(2026, 2, 3, 9))
    happened = Filters(basis=Basis.HAPPENED)
    frame = trends.trend(store, "views", happened)
    assert list(frame["running"]) == [False, False, True]
    for lang, words in (("zh", "未满一天"), ("en", "day not over")):
        i18n.use(lang)
        figure = trend(frame, None, METRICS["views"])
        assert words in [note.text for note in figure.layout.annotations]
        assert [list(t.y) for t in figure.data if t.mode == "markers"] == [[40]]
    take(days(tmp_path / "later", 0, [100, 110, 140]), captured=datetime(2026, 2, 5, 9))
    assert not trends.trend(store, "views", happened)["running"].any(), "exported again since"


@pytest.mark.usefixtures("alone")
def test_the_page_says_which_day_is_not_over(visit: Open, tmp_path: Path, empty_file: Path) -> None:
    made = Store(Path(shutil.copy(empty_file, tmp_path / "ops.duckdb")))
    with importer(made, tmp_path / "archive") as files:
        wish = Wish(ACCOUNT, datetime(2026, 2, 3, 9))
        files.take(days(tmp_path, 0, [100, 110, 40]), wish, "test")
    made.close()
    app = visit(tmp_path / "ops.duckdb", basis="happened", metric="views")
    assert not app.exception
    table = downloaded(app, "trend_csv")
    assert list(table["说明"].dropna()) == ["未满一天"]
