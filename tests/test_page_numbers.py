"""What pages show is what the data say, and what their downloads hold."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.pages import (
    Open,
    deferred,
    downloaded,
    said,
    values,
)


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


def test_the_trend_draws_every_day_and_its_download_is_the_same(
    visit: Open, filled_file: Path
) -> None:
    app = visit(filled_file, period="all")
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    drawn = next(trace for trace in spec["data"] if trace["name"] == "本期")
    assert [int(v) for v in values(drawn["y"])] == [100, 300, 600]
    assert spec["layout"]["xaxis"]["ticktext"] == ["3月9日", "3月10日", "3月11日"]
    read = downloaded(app, "trend_csv")
    assert list(read["播放量"]) == [100, 300, 600]


def test_the_works_table_and_its_downloads_are_the_same(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "videos", period="all", basis="published")
    shown = app.dataframe[0].value
    assert list(shown["views"]) == [4000, 3000, 2000, 1000, 0]
    for kind in ("csv", "xlsx"):
        read = downloaded(app, f"works_{kind}")
        assert list(read["播放量"]) == [4000, 3000, 2000, 1000, 0]
        assert list(read["作品"]) == list(shown["title"])
        assert read["完播率"].dropna().tolist() == pytest.approx([0.2, 0.1, 0.3, 0.5])


def test_the_cards_download_has_the_values_behind_them(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, period="all", basis="published")
    read = downloaded(app, "cards_csv").set_index("指标")
    assert read.loc["播放量", "本期"] == 10000
    assert read.loc["完播率", "本期"] == pytest.approx(0.22)
    assert set(read.index) == {m.label for m in app.metric}
    assert "播放量,10000,," in deferred(app, "cards_csv").decode()
    book = openpyxl.load_workbook(io.BytesIO(deferred(app, "cards_xlsx")))
    formats = {row[0].value: row[1].number_format for row in book.worksheets[1].iter_rows()}
    assert (formats["播放量"], formats["完播率"]) == ("#,##0", "0.00%")


def test_a_change_is_downloaded_as_it_is_shown(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, period="1d")
    card = next(m for m in app.metric if m.label == "播放量")
    read = downloaded(app, "cards_csv").set_index("指标")
    assert (read.loc["播放量", "本期"], read.loc["播放量", "前期"]) == (600, 300)
    assert read.loc["播放量", "变化"] == 1
    assert "+100.0%" in card.delta


def test_the_list_of_imports_can_be_downloaded(visit: Open, filled_file: Path) -> None:
    read = downloaded(visit(filled_file, "intake"), "imports_csv")
    assert list(read["行数"]) == [3] * 9 + [5]
    assert (read["行数"] == read[["新增", "更新", "相同", "未导入"]].sum(axis=1)).all()


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
    app = visit(filled_file, "videos", period="all", genre="图文")
    assert len(app.dataframe[0].value) == 2, "a filter on works does not hide that"
    assert "两次作品列表导出" in app.info[0].value


def test_one_work_in_full(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "videos", period="all", basis="published")
    video = app.dataframe[0].value["video"].iloc[0]
    app = visit(filled_file, "videos", period="all", basis="published", video=video)
    shown = {m.label: m.value for m in app.metric}
    assert (shown["播放量"], shown["粉丝增量"]) == ("4,000", "12")
    assert "点赞量 200 · 评论量 30 · 分享量 20 · 收藏量 50" in said(app)
    assert "2 条图文里排第 1" in said(app)
    assert "只有一次导出" in said(app)
    table = app.dataframe[1].value
    assert (table["file"].iloc[0], table["line"].iloc[0]) == ("作品列表导出-20260312.xlsx", 6)
    assert list(downloaded(app, f"exports_{video}_csv")["文件"]) == ["作品列表导出-20260312.xlsx"]
    assert list(downloaded(app, f"standing_{video}_csv")["播放量"]) == [4000, 2000]


def test_works_side_by_side(visit: Open, filled_file: Path) -> None:
    ids = list(
        visit(filled_file, "videos", period="all", basis="published").dataframe[0].value["video"]
    )
    app = visit(filled_file, "videos", period="all", basis="published", video=ids[:3])
    assert not app.exception
    table = app.dataframe[1].value
    assert list(table.columns) == ["指标", "①", "②", "③"]
    assert list(table.iloc[0]) == ["播放量", "4,000", "3,000", "2,000"]
    assert list(downloaded(app, "compare_csv")["播放量"]) == [4000, 3000, 2000]
    assert list(downloaded(app, "lives_csv")["播放量"]) == [0, 4000, 0, 3000, 0, 2000]


@pytest.mark.slow
def test_the_steps_of_why_add_up_from_before_to_now(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, basis="happened")
    if any("说不清为什么" in caption.value for caption in app.caption):
        app = visit(sample_file, basis="happened", period="7d")
    table = downloaded(app, "why_csv")
    steps = table.iloc[1:-1]["播放量"].sum()
    first, last = table["播放量"].iloc[0], table["播放量"].iloc[-1]
    assert first + steps == pytest.approx(last)
    assert str(round(last)) == metric_exact(app)


def test_why_says_when_it_cannot_be_said(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, period="custom", **{"from": "2026-03-10", "to": "2026-03-11"})
    assert any(
        "说不清为什么" in caption.value and "没有" in caption.value for caption in app.caption
    )


def metric_exact(app: Any) -> str:
    """The plays of the card, as its help writes them."""
    found = next(m.help for m in app.metric if m.label == "播放量")
    return found.split("**")[1].replace(",", "")
