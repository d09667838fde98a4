"""A table that was explained once: by a job, a small file, the page; known again, and forgotten."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from opsdata.errors import Unanswerable
from opsdata.i18n import use
from opsdata.intake import layouts, mapfile
from opsdata.intake.importer import Wish
from opsdata.intake.jobs import Job, JobQueue, State
from opsdata.intake.receipt import Status
from opsdata.store import Store
from opsdata.ui import data
from opsdata.workspace import Workspace
from tests import exports
from tests.conftest import ACCOUNT
from tests.pages import Open, said
from tests.test_cli import run  # noqa: F401 (fixture)
from tests.test_mapping import HEADER, ROWS, WORKS, given  # noqa: F401 (fixture)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def queue(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Iterator[JobQueue]:
    """One queue, so one reading child, for all tests of jobs; each has an account of its own."""
    folder = tmp_path_factory.mktemp("queue")
    store = Store(Path(shutil.copy(empty_file, folder / "ops.duckdb")))
    made = JobQueue(store, Workspace(folder / "ops.duckdb"))
    yield made
    made.close()
    store.close()


def submit(queue: JobQueue, path: Path) -> Job:
    number = queue.submit(path.name, path.read_bytes(), "test")
    return next(job for job in queue.wait() if job.number == number)


def test_a_job_waits_is_mapped_and_remembered_by_its_layout(
    queue: JobQueue, tmp_path: Path
) -> None:
    store = queue.store
    version = store.version
    job = submit(queue, exports.write_csv(tmp_path / "u.csv", HEADER, ROWS))
    assert job.state is State.MAPPING
    assert job.asks
    assert job.asks.sketch.rows[0][0] == "早餐饼"
    queue.confirm([job.number], Wish(ACCOUNT))
    queue.dismiss()
    assert queue.all()[0].state is State.MAPPING, "nothing is imported unexplained"
    queue.map([job.number], WORKS)
    assert queue.wait()[0].state is State.REVIEW
    assert store.version == version, "explaining writes nothing"
    assert queue.all()[0].receipts[0].new == 2
    queue.confirm([job.number], Wish(ACCOUNT))
    assert queue.wait()[0].receipts[0].status is Status.DONE
    assert layouts.known(store) == (WORKS,)
    rows = [[*row[:2], "5000", *row[3:]] for row in ROWS]
    turned = [HEADER[::-1], *(row[::-1] for row in rows)]
    again = submit(queue, exports.write_csv(tmp_path / "v.csv", turned[0], turned[1:]))
    assert (again.state, again.receipts[0].changed) == (State.REVIEW, 2)
    queue.forget_layout(layouts.layouts(store)[0].number)
    assert submit(queue, tmp_path / "v.csv").state is State.MAPPING


def test_what_is_not_wished_is_not_remembered_and_cancelling_leaves_nothing(
    queue: JobQueue, tmp_path: Path
) -> None:
    path = exports.write_csv(tmp_path / "u.csv", HEADER, ROWS)
    for remember in (False, True):
        job = submit(queue, path)
        queue.map([job.number], WORKS, remember=remember)
        queue.wait()
        if remember:
            queue.cancel([job.number])
            assert queue.wait()[0].state is State.CANCELLED
        else:
            queue.confirm([job.number], Wish("乙号"))
            assert queue.wait()[0].receipts[0].status is Status.DONE
        assert layouts.known(queue.store) == ()


def test_a_layout_without_a_header_is_remembered_by_its_values(
    queue: JobQueue, tmp_path: Path
) -> None:
    rows = [[title, f"202603{day:02d}", str(day * 100)] for day, title in enumerate("甲乙丙", 1)]
    job = submit(queue, exports.write_csv(tmp_path / "u.csv", rows[0], rows[1:]))
    assert job.asks
    likely = job.asks.suggestion()
    assert likely.headerless
    assert {one.header: one.field for one in likely.columns} == {
        "#1": "title", "#2": "published_at", "#3": "views",
    }  # fmt: skip
    queue.map([job.number], likely)
    queue.wait()
    queue.confirm([job.number], Wish("丙号"))
    assert queue.wait()[0].receipts[0].new == 3
    assert queue.store.one("select sum(views) from work where account = '丙号'") == 600
    again = exports.write_csv(tmp_path / "v.csv", ["丁", "20260304", "50"], [])
    assert submit(queue, again).receipts[0].rows == 1
    named = exports.write_csv(tmp_path / "w.csv", ["谁", "哪天", "看"], rows * 4)
    assert submit(queue, named).state is State.MAPPING, "a header is no row"


MAP = """
grain = "works"
remember = true
[columns]
"我的标题" = "title"
"哪天发的" = "published_at"
"看的人" = "views"
"看完的比例" = { field = "completion_rate", unit = "percent" }
"""


def test_the_command_line_takes_a_mapping_and_remembers_it(run, tmp_path: Path) -> None:  # noqa: F811
    path = exports.write_csv(tmp_path / "u.csv", HEADER, ROWS)
    (tmp_path / "m.toml").write_text(MAP, encoding="utf-8")
    status, out, _ = run("import", path, "--account", "甲", "--map", tmp_path / "m.toml", "--json")
    assert (status, json.loads(out)[0]["new"]) == (0, 2)
    _, out, _ = run("ask", "views", "completion_rate", "--format", "json")
    assert json.loads(out)["rows"] == [{"views": 4000, "completion_rate": pytest.approx(0.33875)}]
    status, out, _ = run("import", path, "--account", "乙", "--json")
    assert (status, json.loads(out)[0]["new"]) == (0, 2)


TWICE = """
grain = "works"
remember = true
[columns]
"我的标题" = "title"
"哪天发的" = "published_at"
"看的人" = "views"
"赞" = { field = "likes", nth = 2 }
"""


def test_of_two_columns_of_one_name_the_order_is_remembered_too(run, tmp_path: Path) -> None:  # noqa: F811
    header = ["我的标题", "哪天发的", "看的人", "赞", "赞"]
    rows = [["早餐饼", "2026-03-02 08:00:00", "1000", "1", "9"]]
    (tmp_path / "m.toml").write_text(TWICE, encoding="utf-8")
    path = exports.write_csv(tmp_path / "u.csv", header, rows)
    run("import", path, "--account", "甲", "--map", tmp_path / "m.toml", "--json")
    status, out, _ = run("import", path, "--account", "乙", "--json")
    assert (status, json.loads(out)[0]["new"]) == (0, 1)
    moved = exports.write_csv(tmp_path / "v.csv", header[::-1], [rows[0][::-1]])
    status, out, _ = run("import", moved, "--account", "丙", "--json")
    assert (status, json.loads(out)[0]["status"]) == (1, "needs_answer")
    _, out, _ = run("ask", "likes", "--format", "json")
    assert json.loads(out)["rows"] == [{"likes": 18}]


def test_a_mapping_for_another_file_is_refused(
    given,  # noqa: F811
    store: Store,
    tmp_path: Path,
) -> None:
    path = exports.write_csv(tmp_path / "u.csv", ["日期", "播放量"], [["2026-03-01", "1"]])
    receipt = given(path, replace(WORKS, signature=()))
    assert (receipt.status, receipt.reason) == (Status.REFUSED, "map_misses")
    assert "看的人" in (receipt.why() or "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("grain = ", "map_not_toml"),
        ('grain = "weeks"\n[columns]\na = "title"', "map_bad_grain"),
        ('grain = "works"', "map_no_columns"),
        ('grain = "works"\ncolour = 1', "map_unknown_key"),
        ('grain = "works"\n[columns]\na = "titel"', "map_bad_field"),
        ('grain = "works"\n[columns]\na = "title"', "map_lacks"),
        ('grain = "days"\n[columns]\na = "day"', "map_lacks"),
        ('grain = "days"\n[columns]\na = "day"\nb = "views"\nc = "views"', "map_twice"),
        (
            'grain = "days"\n[columns]\na = "day"\nb = {field = "views", unit = "kg"}',
            "map_bad_unit",
        ),
        ('grain = "days"\n[columns]\na = {field = "day", order = "xyz"}', "map_bad_unit"),
        ('grain = "days"\n[columns]\na = {field = "day", nth = 0}', "map_bad_unit"),
    ],
)
def test_a_wrong_mapping_is_explained(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "m.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Unanswerable) as found:
        mapfile.load(tmp_path / "m.toml")
    assert found.value.code == code


def test_a_mapping_that_is_not_there_is_wrong_usage(run, tmp_path: Path) -> None:  # noqa: F811
    status, _, err = run("import", "x.csv", "--map", tmp_path / "none.toml")
    assert status == 2
    assert "none.toml" in err


@pytest.mark.usefixtures("alone")
def test_the_page_asks_previews_imports_and_forgets(
    visit: Open, filled_file: Path, tmp_path: Path
) -> None:
    app = visit(filled_file, "intake")
    evil = [*HEADER[:4], "[备](http://x)"]
    path = exports.write_csv(
        tmp_path / "u.csv", evil, [*ROWS, ["**粗**", "2026-03-04", "5", "", ""]]
    )
    app.file_uploader[0].upload("<b>周报.csv", path.read_bytes())
    app.run()
    jobs = data.installation().jobs
    jobs.wait()
    app.run()
    assert not app.exception
    assert "[备](" not in said(app)
    assert "<b>周报" not in said(app).replace("\\<b\\>", "")
    views = next(b for b in app.selectbox if b.key and b.key.endswith("_works_False_2_field"))
    assert views.value == "views"
    assert list(app.dataframe[0].value["播放量"]) == [1000, 3000, 5]
    views.set_value("").run()
    assert app.button(key="map").disabled
    assert any("播放量" in w.value for w in app.warning)
    views = next(b for b in app.selectbox if b.key and b.key.endswith("_works_False_2_field"))
    views.set_value("views").run()
    app.button(key="map").click().run()
    jobs.wait()
    app.run()
    app.button(key="confirm").click().run()
    jobs.wait()
    app.run()
    assert data.installation().own.one("select rows from batch where batch_id = 11") == 3
    assert "记住的表" in said(app)
    app.button(key="forget_1").click().run()
    jobs.undo(11, "test")
    jobs.wait()
    app.run()
    assert "记住的表格" not in said(app)


@pytest.mark.usefixtures("alone")
def test_the_panel_is_all_english_for_english_readers(
    visit: Open, undone_file: Path, tmp_path: Path
) -> None:
    use("en")
    app = visit(undone_file, "intake", "en")
    header = ["title of it", "when", "seen", "liked"]
    rows = [["a", "01/05/2026", "10", "2"], ["b", "02/05/2026", "20", "1"]]
    jobs = data.installation().jobs
    jobs.submit("u.csv", exports.write_csv(tmp_path / "u.csv", header, rows).read_bytes(), "test")
    jobs.wait()
    app.run()
    assert app.button(key="map").disabled, "the reading of the dates must be chosen"
    options = [o for b in app.selectbox for o in b.options]
    text = said(app).replace(ACCOUNT, "") + "".join(options) + "".join(w.value for w in app.warning)
    assert not [c for c in text if "\u4e00" <= c <= "\u9fff"]
    order = next(b for b in app.selectbox if b.key and b.key.endswith("_order"))
    order.set_value("dmy").run()
    assert not app.button(key="map").disabled
    assert str(app.dataframe[0].value["Published at"][0])[:10] == "2026-05-01"
