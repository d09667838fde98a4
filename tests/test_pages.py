"""Every page, in both languages, with sample data, with none, with one work."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from opsdata.intake.importer import Importer, Wish
from opsdata.metrics import METRICS
from opsdata.store import Store
from opsdata.ui import data
from opsdata.ui.frame import PLACES
from tests import exports
from tests.conftest import ACCOUNT, write_works

ROOT = Path(__file__).resolve().parents[1]
PAGES = [place.key for place in PLACES]


Open = Callable[..., AppTest]


class Home:
    """The installation that pages are opened in; another database is another installation."""

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        self._folders = folders
        self._database: Path | None = None

    def move(self, database: Path) -> None:
        if self._database != database:
            self.leave()
            copy = shutil.copy(database, self._folders.mktemp("home"))
            os.environ["OPSDATA_DB"] = str(Path(copy).with_name("ops.duckdb"))
            self._database = database

    def leave(self) -> None:
        if self._database is not None:
            data.installation().close()
        st.cache_data.clear()
        st.cache_resource.clear()
        self._database = None


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    made = Home(tmp_path_factory)
    yield made
    made.leave()
    os.environ.pop("OPSDATA_DB", None)


@pytest.fixture
def alone(home: Home) -> Iterator[None]:
    """For tests that write: an installation that no other test has seen or will see."""
    home.leave()
    yield
    home.leave()


@pytest.fixture
def visit(home: Home) -> Open:
    """Open a page of the app over a copy of a database."""

    def go(database: Path, page: str = "overview", lang: str = "zh", **params: str) -> AppTest:
        home.move(database)
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in {"lang": lang, **params}.items():
            app.query_params[name] = value
        if page != "overview":
            app.switch_page(f"pages/{page}.py")
        return app.run()

    return go


def said(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.title, app.subheader, app.info, app.button, app.metric)
    return "\n".join(str(getattr(e, "label", "")) + str(e.value) for kind in kinds for e in kind)


def metric(app: AppTest, name: str) -> str:
    return next(str(found.value) for found in app.metric if found.label == name)


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


def test_the_overview_shows_the_sums_by_publish_day(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, period="all", basis="published")
    shown = {m.label: m.value for m in app.metric}
    assert shown == {
        "播放量": "1.0万", "完播率": "22.0%", "互动率": "5.8%", "粉丝增量": "20", "发布数": "5",
        "点赞量": "402", "评论量": "64", "分享量": "40", "收藏量": "76", "主页访问量": "200",
    }  # fmt: skip


def test_the_overview_shows_what_happened(visit: Open, filled_file: Path) -> None:
    shown = {m.label: m.value for m in visit(filled_file, period="all").metric}
    assert shown == {
        "播放量": "1,000", "净增粉丝": "7", "总粉丝量": "509", "发布数": "5", "点赞量": "100",
        "评论量": "3", "分享量": "5", "主页访问量": "40", "取关粉丝": "5", "封面点击率": "22.0%",
    }  # fmt: skip


def test_a_card_says_the_exact_value_and_its_meaning(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, period="all", basis="published")
    help_ = next(m.help for m in app.metric if m.label == "播放量")
    assert "10,000" in help_
    assert "播放的次数" in help_


def test_a_withheld_percentage_says_why(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, period="7d")
    card = next(m for m in app.metric if m.label == "播放量")
    assert not card.delta
    assert any("缺" in caption.value for caption in app.caption)


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


def test_the_trend_draws_every_day_and_its_download_is_the_same(
    visit: Open, filled_file: Path
) -> None:
    app = visit(filled_file, period="all")
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    drawn = next(trace for trace in spec["data"] if trace["name"] == "本期")
    assert [int(v) for v in values(drawn["y"])] == [100, 300, 600]
    assert spec["layout"]["xaxis"]["ticktext"][0] == "3月9日"
    read = downloaded(app, "trend_csv")
    assert list(read["播放量"]) == [100, 300, 600]


def values(encoded: object) -> list[float]:
    """Plotly writes arrays as base64; small ones as lists."""
    if isinstance(encoded, dict):
        import base64

        import numpy as np

        raw = base64.b64decode(encoded["bdata"])
        return list(np.frombuffer(raw, dtype=encoded["dtype"]))
    return list(encoded)  # type: ignore[call-overload]


def button(app: AppTest, key: str) -> object:
    return next(b for b in app.get("download_button") if b.key == key)


def downloaded(app: AppTest, key: str) -> pd.DataFrame:
    content = deferred(app, key)
    if key.endswith("csv"):
        assert content.startswith(b"\xef\xbb\xbf")
        return pd.read_csv(io.BytesIO(content))
    return pd.read_excel(io.BytesIO(content), sheet_name=1)


def deferred(app: AppTest, key: str) -> bytes:
    """Make the file of a download button, as a click would."""
    assert button(app, key)
    return bytes(captured[key]())


captured: dict[str, Callable[[], bytes]] = {}


@pytest.fixture(autouse=True)
def catch_downloads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what each download button would make; AppTest does not serve files."""
    captured.clear()
    real = st.download_button

    def keep(*args: object, **kwargs: object) -> object:
        captured[str(kwargs["key"])] = kwargs["data"]  # type: ignore[assignment]
        return real(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(st, "download_button", keep)


def test_the_works_table_and_its_downloads_are_the_same(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "videos", period="all", basis="published")
    shown = app.dataframe[0].value
    assert list(shown["views"]) == [4000, 3000, 2000, 1000, 0]
    for kind in ("csv", "xlsx"):
        read = downloaded(app, f"works_{kind}")
        assert list(read["播放量"]) == [4000, 3000, 2000, 1000, 0]
        assert list(read["作品"]) == list(shown["title"])
        assert read["完播率"].dropna().tolist() == pytest.approx([0.2, 0.1, 0.3, 0.5])


def test_an_excel_download_says_filters_time_and_definitions(
    visit: Open, filled_file: Path
) -> None:
    app = visit(filled_file, "videos", period="all", basis="published", genre="图文")
    book = openpyxl.load_workbook(io.BytesIO(deferred(app, "works_xlsx")))
    facts = {row[0].value: str(row[1].value) for row in book.worksheets[0].iter_rows()}
    assert "图文" in facts["筛选"]
    assert facts["数据至"] == "2026年3月11日"
    assert "播放的次数" in facts["播放量"]
    cells = book.worksheets[1]
    assert [cell.value for cell in cells[1]][:3] == ["作品", "播放量", "发布时间"]
    assert cells["B2"].value == 4000
    assert cells["C2"].is_date


def test_the_sum_of_the_detail_is_the_figure(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "videos", period="all", basis="published")
    assert app.dataframe[0].value["views"].sum() == 10000
    assert "1.0万" in said(app)


def test_works_without_gains_are_listed_by_publish_day_and_it_says_so(
    visit: Open, filled_file: Path
) -> None:
    app = visit(filled_file, "videos", period="all")
    assert len(app.dataframe[0].value) == 5
    assert "两次作品列表导出" in app.info[0].value


def test_one_work_in_full(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "videos", period="all", basis="published")
    video = app.dataframe[0].value["video"].iloc[0]
    app = visit(filled_file, "videos", period="all", basis="published", video=video)
    shown = {m.label: m.value for m in app.metric}
    assert (shown["播放量"], shown["点赞量"], shown["收藏量"]) == ("4,000", "200", "50")
    assert "2 条图文里排第 1" in said(app)
    assert "只有一次导出" in said(app)
    table = app.dataframe[1].value
    assert (table["file"].iloc[0], table["line"].iloc[0]) == ("作品列表导出-20260312.xlsx", 6)


def test_works_side_by_side(visit: Open, filled_file: Path) -> None:
    ids = list(
        visit(filled_file, "videos", period="all", basis="published").dataframe[0].value["video"]
    )
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update({"lang": "zh", "period": "all", "basis": "published"})
    app.query_params["video"] = ids[:3]
    app.switch_page("pages/videos.py").run()
    assert not app.exception
    table = app.dataframe[1].value
    assert list(table.columns) == ["指标", "①", "②", "③"]
    assert list(table.iloc[0]) == ["播放量", "4,000", "3,000", "2,000"]


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
    assert metric_free(app, "confirm")
    app.button(key="confirm").click().run()
    data.installation().jobs.wait()
    app.run()
    assert data.installation().own.one("select max(batch_id) from batch") == 11
    assert app.button(key="undo_11")
    data.installation().jobs.undo(11, "test")
    data.installation().jobs.wait()
    app.run()
    assert not [b for b in app.button if b.key == "undo_11"]


def metric_free(app: AppTest, key: str) -> bool:
    return not app.button(key=key).disabled
