"""The wall's slides say what the pages say, and name nobody."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from opsdata.format import literal, short
from opsdata.meeting import build
from opsdata.metrics import Unit
from opsdata.ui import data
from tests.pages import Open, downloaded, metric, said

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("patient")]


def slides(visit: Open, database: Path, **params: str) -> dict[str, Any]:
    """What a visit to the wall sends to the browser, by slide."""
    app = visit(database, "screen", **params)
    assert not app.exception
    sent = json.loads(app.get("bidi_component")[0].proto.json)
    return {slide["key"]: slide for slide in sent["slides"]}


def figures(slide: dict[str, Any]) -> dict[str, str]:
    return {item["label"]: item["value"] for item in slide["items"]}


@pytest.fixture
def shown(visit: Open, whole_file: Path) -> dict[str, Any]:
    return slides(visit, whole_file)


def test_the_sample_shows_every_slide(shown: dict[str, Any]) -> None:
    wanted = ["headline", "kpis", "trend", "works", "rivals", "voices", "survey", "decided"]
    assert list(shown) == wanted
    assert all(1 <= len(slide["items"]) <= 6 for slide in shown.values())


def test_our_place_is_that_of_the_competitors_page(
    visit: Open, whole_file: Path, shown: dict[str, Any]
) -> None:
    found = figures(shown["rivals"])
    page = downloaded(visit(whole_file, "competitors"), "benchmark_csv")
    ours = page[page["哪一边"] == "自己"].iloc[0]
    assert shown["rivals"]["title"].startswith(ours["账号"])
    assert found["典型互动"] == short(ours["典型互动"], Unit.COUNT)
    assert found["互动份额"] == short(ours["互动份额"], Unit.SHARE)
    assert found["每周发布"] == f"{ours['每周发布']:.1f}"
    notes = shown["rivals"]["items"][0]["notes"]
    assert (
        notes[0]
        == f"在 {page['典型互动排名'].notna().sum()} 个账号里排第 {ours['典型互动排名']:.0f}"
    )


def test_complaints_and_alerts_are_those_of_the_comments_page(
    visit: Open, whole_file: Path, shown: dict[str, Any]
) -> None:
    found = figures(shown["voices"])
    page = visit(whole_file, "comments")
    for name in ("负面占比", "等回复"):
        assert found[name] == metric(page, name)
    assert int(found["突增"]) >= len(page.warning) > 0


def test_the_survey_is_that_of_its_page(
    visit: Open, whole_file: Path, shown: dict[str, Any]
) -> None:
    found = figures(shown["survey"])
    page = visit(whole_file, "feedback")
    for name in ("推荐度 NPS", "答卷"):
        assert found[name] == metric(page, name)
    note = " ".join(shown["survey"]["items"][0]["notes"])
    assert "95% 区间" in note
    assert "人回答" in note


def test_the_meeting_shows_the_same_numbers(visit: Open, whole_file: Path) -> None:
    shown = slides(visit, whole_file, period="7d")
    held = build.build(data.store(), "zh", datetime(2026, 11, 16, 9, 30), 1)
    pages = {one.key: one for one in held.slides}
    table = pages["competitors"].table
    assert table is not None
    ours = next(row for row in table.rows if row[1].text in shown["rivals"]["title"])
    found = figures(shown["rivals"])
    assert [ours[4].text, ours[6].text] == [found["典型互动"], found["互动份额"]]
    said = {one.name: one.cell.text for one in pages["voices"].figures}
    assert said["NPS"] == figures(shown["survey"])["推荐度 NPS"]
    due = pages["reviews"].table
    assert due is not None
    assert due.rows[0][0].text == shown["decided"]["items"][0]["label"]


def test_decisions_are_those_of_the_meeting_without_their_people(
    visit: Open, whole_file: Path, shown: dict[str, Any]
) -> None:
    page = said(visit(whole_file, "meeting"))
    values = [item["value"] for item in shown["decided"]["items"]]
    assert values == ["该复盘了", "11月26日前"]
    for item in shown["decided"]["items"]:
        assert item["label"] in page
        wanted = item["notes"][0].removeprefix("预期").split("，")[0]
        assert literal(wanted) in page
    assert "内容组" not in json.dumps(shown, ensure_ascii=False)


def test_what_the_team_noted_stands_under_the_chart(shown: dict[str, Any]) -> None:
    noted = shown["trend"]["noted"]
    assert len(noted) == 2
    assert all(line.startswith("⚑ 11月") for line in noted)
    assert any("200 元" in line for line in noted)


def test_no_competitor_is_named_and_nobody_is_quoted(
    visit: Open, whole_file: Path, shown: dict[str, Any]
) -> None:
    text = json.dumps(shown, ensure_ascii=False)
    rivals = downloaded(visit(whole_file, "competitors"), "benchmark_csv")
    for name in rivals[rivals["哪一边"] == "竞品"]["账号"]:
        assert name not in text
    said = data.store().rows("select distinct text from comment_said where length(text) > 4")
    assert said
    assert not [quote for (quote,) in said if quote in text]


def test_slides_without_their_data_are_left_out(visit: Open, filled_file: Path) -> None:
    assert not {"rivals", "voices", "survey", "decided"} & set(slides(visit, filled_file))


def test_arrows_and_signs_say_what_colours_say(shown: dict[str, Any]) -> None:
    items = [item for slide in shown.values() for item in slide["items"]]
    coloured = [item for item in items if item["tone"] != "gray"]
    assert coloured
    for item in coloured:
        assert (item["change"] or item["value"])[:3] in ("▲ +", "▼ -"), item
