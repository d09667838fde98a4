"""The audience page shows what typed tables say, and its downloads hold the same."""

from __future__ import annotations

import io
import json
import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from opsdata.intake.importer import Importer, Wish
from opsdata.store import Store
from tests import audience_tables as typed
from tests import people_exports as people
from tests.conftest import ACCOUNT
from tests.pages import Open, deferred, downloaded, said, values

SEEN = datetime(2026, 3, 11, 12)


@pytest.fixture(scope="module")
def audience_file(
    tmp_path_factory: pytest.TempPathFactory, filled_file: Path, shared_importer: Importer
) -> Path:
    """Five works, and the audience of their account."""
    return brought(tmp_path_factory, filled_file, shared_importer, "画像.xlsx", typed.table())


def brought(
    folders: pytest.TempPathFactory, source: Path, taker: Importer, name: str, table: typed.Table
) -> Path:
    folder = folders.mktemp("audience")
    store = Store(Path(shutil.copy(source, folder / "ops.duckdb")))
    taker.store = store
    taker.take(people.write(folder, name, table), Wish(ACCOUNT, SEEN), "test")
    store.close()
    return folder / "ops.duckdb"


def test_the_page_answers_first(visit: Open, audience_file: Path) -> None:
    app = visit(audience_file, "audience", period="all")
    assert not app.exception
    answer = app.subheader[0].value
    assert "女性占 65%" in answer
    assert "24\\-30 岁最多（49%）" in answer
    assert "最多在广东（30%）" in answer
    assert "只发了 5 条作品" in answer
    shown = {metric.label: (metric.value, metric.delta) for metric in app.metric}
    assert shown["性别 · 女"] == ("65.0%", "+5.0个百分点")
    assert shown["地区 · 广东"] == ("30.0%", "")


def test_changes_are_named_only_when_they_are_large(visit: Open, audience_file: Path) -> None:
    text = said(visit(audience_file, "audience"))
    assert "平台未给出样本量" in text
    assert "比2月10日：女 +5.0个百分点、男 -5.0个百分点；比观众：" in text
    assert "和2月10日比，相差都不到 2 个百分点" in text
    assert "列出的合计 50%" in text


def test_the_table_and_its_downloads_are_the_same(visit: Open, audience_file: Path) -> None:
    app = visit(audience_file, "audience")
    shown = app.dataframe[0].value
    for kind in ("csv", "xlsx"):
        read = downloaded(app, f"audience_{kind}")
        assert list(read["占比"]) == pytest.approx(list(shown["share"]))
        assert list(read["类别"].astype(str)) == list(shown["name"])
    women = downloaded(app, "audience_csv").set_index("类别").loc["女"]
    assert (women["TGI"], women["对比那天占比"], women["观众占比"]) == (135, 0.6, 0.5)
    assert women["变化"] == pytest.approx(0.05)
    book = openpyxl.load_workbook(io.BytesIO(deferred(app, "audience_xlsx")))
    facts = {row[0].value: str(row[1].value) for row in book.worksheets[0].iter_rows()}
    assert facts["账号"] == ACCOUNT
    assert facts["人群"] == "粉丝"
    assert "平台未给出样本量" in facts["占比"]


def test_the_hours_are_drawn_as_they_are_downloaded(visit: Open, audience_file: Path) -> None:
    app = visit(audience_file, "audience", period="all")
    read = downloaded(app, "active_hours_csv")
    assert read["活跃占比"].sum() == pytest.approx(1)
    assert read["活跃占比"][18:].sum() == pytest.approx(0.95)
    assert read["发布数"].sum() == 5
    drawn = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    bars = next(t for spec in drawn for t in spec["data"] if t.get("name") == "作品占比")
    assert values(bars["y"]) == pytest.approx(list(read["作品占比"]))
    week = downloaded(app, "active_week_csv")
    assert (len(week), week["发布数"].sum()) == (168, 5)


def test_the_address_names_crowd_and_day(visit: Open, audience_file: Path) -> None:
    app = visit(audience_file, "audience", crowd="viewers")
    assert "观众里" in app.subheader[0].value
    shown = {metric.label: (metric.value, metric.delta) for metric in app.metric}
    assert shown == {"性别 · 男": ("50.0%", "")}
    app = visit(audience_file, "audience", seen=typed.DAYS[0])
    assert "女性占 60%" in app.subheader[0].value
    app = visit(audience_file, "audience", against="none")
    assert not [metric.delta for metric in app.metric if metric.delta]
    app = visit(audience_file, "audience", crowd="nobody", seen="never", shade="x", whose="y")
    assert "女性占 65%" in app.subheader[0].value


def test_provinces_are_tiles_by_share_or_by_index(visit: Open, audience_file: Path) -> None:
    for shade, text in (("share", "广东<br>30.0%"), ("tgi", "广东<br>140")):
        app = visit(audience_file, "audience", shade=shade)
        drawn = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
        labels = {note["text"] for spec in drawn for note in spec["layout"].get("annotations", [])}
        assert {text, "西藏<br>"} <= labels
    assert "不是地图" in said(app)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("FollowerGender.csv", people.gender()),
        ("FollowerTopTerritories.csv", people.AUDIENCE["tiktok_territories"]()),
        ("FollowerActivity.csv", people.activity()),
        ("画像.csv", typed.one("路人", "<b>兴趣</b>", "[x](y)", "100%")),
        ("画像.csv", typed.one("粉丝", "活跃时段", "20", "9%")),
        ("画像.csv", typed.one("粉丝", "星期", "周六", "9%")),
    ],
    ids=["gender", "territories", "activity", "odd_words", "one_hour", "one_weekday"],
)
def test_a_part_of_an_audience_is_enough(
    visit: Open,
    tmp_path_factory: pytest.TempPathFactory,
    filled_file: Path,
    shared_importer: Importer,
    name: str,
    table: typed.Table,
    lang: str,
) -> None:
    path = brought(tmp_path_factory, filled_file, shared_importer, name, table)
    app = visit(path, "audience", lang)
    assert not app.exception
    assert app.subheader[0].value
    assert len(downloaded(app, "audience_csv")) == len(app.dataframe[0].value)
    assert "[x](y)" not in said(app)
    assert "<b>" not in said(app)


def test_without_an_audience_it_says_what_to_type(visit: Open, filled_file: Path) -> None:
    text = said(visit(filled_file, "audience"))
    assert "创作者中心" in text
    assert "人群（粉丝或观众）" in text


def test_the_sample_team_has_an_audience(
    visit: Open, tmp_path: Path, empty_file: Path, shared_importer: Importer
) -> None:
    from opsdata.sample import audience
    from opsdata.sample.cells import save

    store = Store(Path(shutil.copy(empty_file, tmp_path / "ops.duckdb")))
    shared_importer.store = store
    for export in audience.exports():
        save(tmp_path / export.file, export.cells())
        receipt = shared_importer.take(
            tmp_path / export.file, Wish(export.account, export.moment), "test"
        )[0]
        assert (receipt.rejected, receipt.findings) == (0, ())
    store.close()
    app = visit(tmp_path / "ops.duckdb", "audience", "en")
    assert not app.exception
    assert "Followers: 61% Female" in app.subheader[0].value
