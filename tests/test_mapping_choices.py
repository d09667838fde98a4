"""What a person may choose of an unknown table: platform, units, and what goes ahead of it."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from opsdata.errors import Unanswerable
from opsdata.intake import layouts, mapfile
from opsdata.intake.importer import Wish
from opsdata.intake.jobs import JobQueue, State
from opsdata.intake.mapping import Assigned
from opsdata.intake.receipt import Status
from opsdata.store import Store
from opsdata.ui import data
from tests import exports
from tests.conftest import ACCOUNT, Take
from tests.pages import Open, said
from tests.test_mapping import (  # noqa: F401 (fixtures)
    HEADER,
    ROWS,
    WORKS,
    given,
)
from tests.test_mapping_remembered import queue, submit  # noqa: F401 (fixtures)

pytestmark = pytest.mark.slow


def test_a_mapped_table_belongs_to_the_platform_that_was_chosen(
    store: Store,
    given,  # noqa: F811
    tmp_path: Path,
) -> None:
    path = exports.write_csv(tmp_path / "t.csv", HEADER, ROWS)
    receipt = given(path, replace(WORKS, platform="tiktok"))
    assert (receipt.status, receipt.kind) == (Status.DONE, "mapped_works_tiktok")
    assert store.rows("select account_id, platform from account") == [
        (f"tiktok:{ACCOUNT}", "tiktok")
    ]


@pytest.mark.parametrize(
    ("unit", "texts", "seconds"),
    [(60.0, ["1.5", "2", "30秒"], [90, 120, 30]), (1.0, ["1.5", "2", "1:30"], [1.5, 2, 90])],
)
def test_plain_numbers_are_minutes_or_seconds_and_texts_keep_their_own_unit(
    store: Store,
    given,  # noqa: F811
    tmp_path: Path,
    unit: float,
    texts: list[str],
    seconds: list[float],
) -> None:
    rows = [
        [f"作品{at}", f"2026-03-0{at + 1} 08:00:00", "10", text] for at, text in enumerate(texts)
    ]
    path = exports.write_csv(tmp_path / "m.csv", ["我的标题", "哪天发的", "看的人", "多长"], rows)
    assigned = (*WORKS.columns[:3], Assigned("多长", "duration_seconds", times=unit))
    assert given(path, replace(WORKS, columns=assigned, signature=())).status is Status.DONE
    found = store.rows("select duration_seconds from video order by published_at")
    assert [value for (value,) in found] == seconds


@pytest.mark.parametrize(
    "change",
    [
        {"grain": "livestreams"},
        {"new_choice": 1},
        {"platform": "nowhere"},
        {"columns": [{"header": "甲", "field": "no_such_field"}]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_remembered_mapping_of_a_kind_unknown_here_is_left_alone(
    store: Store, take: Take, tmp_path: Path, change: dict[str, object]
) -> None:
    layouts.remember(store, WORKS)
    foreign = json.dumps({**WORKS.as_json(), **change})
    with store.writing() as session:
        session.do("update layout set mapping = $mapping", {"mapping": foreign})
    assert layouts.known(store) == ()
    assert layouts.layouts(store) == []
    path = exports.write_csv(tmp_path / "t.csv", HEADER, ROWS)
    assert take(path).status is Status.NEEDS_ANSWER
    assert store.one("select mapping from layout") == foreign


def packed(folder: Path) -> Path:
    """A zip of an official list and an unknown table."""
    known = exports.write_csv(folder / "作品列表.csv", exports.WORKS_HEADER, exports.works_rows())
    unknown = exports.write_csv(folder / "周报.csv", HEADER, ROWS)
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for one in (known, unknown):
            archive.write(one, one.name)
    return path


def test_the_known_tables_of_a_zip_go_ahead(queue: JobQueue, tmp_path: Path) -> None:  # noqa: F811
    job = submit(queue, packed(tmp_path))
    assert job.state is State.MAPPING
    assert [one.part for one in job.known] == ["作品列表.csv"]
    queue.take_known(job.number)
    rest, first = queue.wait()[:2]
    assert (first.number, first.state) == (job.number, State.REVIEW)
    assert [receipt.part for receipt in first.receipts] == ["作品列表.csv"]
    assert rest.state is State.MAPPING
    wish = Wish("先行号")
    queue.confirm([first.number], wish)
    queue.wait()
    queue.map([rest.number], WORKS, remember=False)
    rest = next(one for one in queue.wait() if one.number == rest.number)
    assert rest.state is State.REVIEW
    assert [receipt.part for receipt in rest.receipts] == ["周报.csv"]
    queue.confirm([rest.number], wish)
    done = {one.number: one for one in queue.wait()}
    counts = [done[n].receipts[0].rows for n in (first.number, rest.number)]
    assert counts == [5, 2]


def test_an_unknown_table_can_be_left_out(queue: JobQueue, tmp_path: Path) -> None:  # noqa: F811
    job = submit(queue, packed(tmp_path))
    queue.leave_out(job.number)
    job = next(one for one in queue.wait() if one.number == job.number)
    assert (job.state, len(job.receipts)) == (State.REVIEW, 1)
    queue.cancel([job.number])


@pytest.mark.usefixtures("alone")
def test_the_page_says_that_the_known_ones_need_not_wait(
    visit: Open, filled_file: Path, tmp_path: Path
) -> None:
    visit(filled_file, "intake")
    jobs = data.installation().jobs
    path = packed(tmp_path)
    jobs.submit(path.name, path.read_bytes(), "test")
    jobs.wait()
    app = visit(filled_file, "intake")
    assert not app.exception
    assert "不必等" in said(app)
    keys = {button.key for button in app.button}
    assert {"take_known_1", "leave_out_1"} <= keys
    assert any(box.key and box.key.endswith("_platform") for box in app.selectbox)


def test_the_small_file_names_platform_and_units(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    head = 'grain = "works"\nplatform = "bilibili"\n[columns]\n'
    columns = '"名" = "title"\n"日" = "published_at"\n"播" = { field = "views", unit = "万" }\n'
    long = '"长" = { field = "duration_seconds", unit = "minutes" }\n'
    path.write_text(head + columns + long, encoding="utf-8")
    mapping = mapfile.load(path).mapping
    assert mapping
    assert (mapping.platform, mapping.kind) == ("bilibili", "mapped_works_bilibili")
    assert [one.times for one in mapping.columns] == [1, 1, 10000, 60]
    path.write_text(head.replace("bilibili", "nowhere") + columns, encoding="utf-8")
    with pytest.raises(Unanswerable) as found:
        mapfile.load(path)
    assert found.value.code == "map_bad_platform"
