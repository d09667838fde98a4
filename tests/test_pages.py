"""Every page, in both languages, with sample data, with none, with one work."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from opsdata.intake.importer import Importer, Wish
from opsdata.metrics import METRICS
from opsdata.store import Store
from opsdata.ui import data
from opsdata.ui.frame import PLACES
from tests import exports
from tests.conftest import ACCOUNT, write_works
from tests.pages import (
    Open,
    metric,
    said,
)

PAGES = [place.key for place in PLACES]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("kind", "lang"),
    [
        ("sample_file", "zh"),
        ("filled_file", "zh"),
        ("filled_file", "en"),
        ("one_work_file", "zh"),
        ("undone_file", "zh"),
    ],
)
def test_every_page_opens(
    visit: Open, request: pytest.FixtureRequest, page: str, lang: str, kind: str
) -> None:
    app = visit(request.getfixturevalue(kind), page, lang)
    assert not app.exception
    assert app.title[0].value
    assert ("示例数据" in said(app) or "Sample data" in said(app)) == (kind == "sample_file")


@pytest.mark.parametrize("page", PAGES)
def test_english_pages_have_no_chinese_but_what_files_say(
    visit: Open, undone_file: Path, page: str
) -> None:
    text = said(visit(undone_file, page, "en")).replace("中文", "").replace(ACCOUNT, "")
    assert not [c for c in text if "\u4e00" <= c <= "\u9fff"]


def test_an_empty_page_says_what_to_bring(visit: Open, undone_file: Path) -> None:
    for page in ("overview", "videos"):
        app = visit(undone_file, page)
        assert "创作者中心" in said(app)


def test_filters_in_the_address_narrow_and_are_said(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, period="all", basis="published", genre="图文", q="摆盘")
    assert metric(app, "播放量") == "2,000"
    assert any("图文" in c.value and "摆盘" in c.value for c in app.caption)


@pytest.mark.parametrize(
    "params",
    [{"period": "bad"}, {"basis": "x"}, {"from": "2026-99-99", "period": "custom"},
     {"account": "没有"}, {"lang": "xx"}, {"metric": "nope"}, {"video": "nope"},
     {"genre": "'; drop table video"}],
    ids=str,
)  # fmt: skip
def test_a_broken_link_shows_the_default(
    visit: Open, filled_file: Path, params: dict[str, str]
) -> None:
    app = visit(filled_file, "videos", **{"lang": "zh", **params})
    assert not app.exception
    assert app.dataframe


def test_a_link_with_a_day_of_ones_own(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, period="custom", **{"from": "2026-03-10", "to": "2026-03-11"})
    assert metric(app, "播放量") == "900"


def test_filters_travel_to_the_next_page_and_reset_goes_home(
    visit: Open, filled_file: Path
) -> None:
    app = visit(filled_file, period="all", basis="published", genre="图文")
    app.switch_page("pages/videos.py").run()
    assert len(app.dataframe[0].value) == 2
    next(b for b in app.button if b.label == "重置").click().run()
    assert app.session_state["genre"] == []
    assert app.session_state["period"] == ""


def test_choosing_a_period_changes_the_numbers(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file)
    control = next(c for c in app.get("segmented_control") if "近7天" in c.options)
    control.set_value("1d").run()
    assert metric(app, "播放量") == "600"
    assert app.session_state["period"] == "1d"


def test_titles_are_never_markdown_or_html(
    visit: Open, tmp_path: Path, empty_file: Path, shared_importer: Importer
) -> None:
    evil = "<img src=x onerror=alert(1)> [a](javascript:alert(1)) **b** $\\href{x}{y}$"
    rows = exports.works_rows()
    rows[4][0] = evil
    folder = tmp_path / "evil"
    store = Store(Path(shutil.copy(empty_file, tmp_path / "ops.duckdb")))
    shared_importer.store = store
    path = exports.write_xlsx(folder / "<b>x</b>.xlsx", exports.WORKS_HEADER, rows)
    shared_importer.take(path, Wish("[号](http://x)"), "test")
    store.close()
    for page in PAGES:
        app = visit(tmp_path / "ops.duckdb", page, period="all", basis="published")
        for text in [*(m.value for m in app.markdown), *(c.value for c in app.caption)]:
            assert not re.search(r"(?<!\\)<img", text)
            assert "](javascript" not in text
            assert "[号](" not in text
            assert not re.search(r"(?<!\\)<b>x", text)


def test_the_dictionary_holds_every_metric(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "dictionary")
    heads = [m.value for m in app.markdown if m.value.startswith("####")]
    assert len(heads) == len(METRICS)
    app.text_input(key="dictionary_search").set_value("完播").run()
    heads = [m.value for m in app.markdown if m.value.startswith("####")]
    assert [h.split()[1] for h in heads] == ["完播率", "5s完播率"]


@pytest.mark.usefixtures("alone")
def test_the_first_import_replaces_the_sample(
    visit: Open, sample_file: Path, tmp_path: Path
) -> None:
    app = visit(sample_file)
    assert "示例数据" in said(app)
    jobs = data.installation().jobs
    path = write_works(tmp_path / "mine")
    number = jobs.submit(path.name, path.read_bytes(), "test")
    jobs.wait()
    jobs.confirm([number], Wish(ACCOUNT))
    jobs.wait()
    app.run()
    assert "示例数据" not in said(app)
    assert metric(app, "发布数") == "5"


@pytest.mark.usefixtures("alone")
def test_the_import_page_previews_confirms_and_takes_back(
    visit: Open, filled_file: Path, tmp_path: Path
) -> None:
    app = visit(filled_file, "intake")
    rows = exports.works_rows()
    rows[0][4] = "1500"
    path = exports.write_xlsx(tmp_path / "n.xlsx", exports.WORKS_HEADER, rows)
    app.file_uploader[0].upload("作品列表导出-20260320.xlsx", path.read_bytes())
    app.run()
    data.installation().jobs.wait()
    app.run()
    assert "更新" in said(app)
    assert not app.button(key="confirm").disabled
    app.button(key="confirm").click().run()
    data.installation().jobs.wait()
    app.run()
    assert data.installation().own.one("select max(batch_id) from batch") == 11
    assert app.button(key="undo_11")
    data.installation().jobs.undo(11, "test")
    data.installation().jobs.wait()
    app.run()
    assert not [b for b in app.button if b.key == "undo_11"]


@pytest.mark.usefixtures("alone")
def test_a_dropped_file_is_taken_once_however_often_it_is_told(
    visit: Open, filled_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    from opsdata.ui import drop

    visit(filled_file, "intake")
    dropped = SimpleNamespace(file_id="one", name="a.csv", getvalue=lambda: b"x")
    monkeypatch.setattr(drop.st, "session_state", {"drop_0": [dropped]})
    drop._submit(0)
    drop._submit(0)
    assert [job.name for job in data.installation().jobs.wait()] == ["a.csv"]
