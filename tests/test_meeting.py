"""A meeting keeps the numbers it started with, in order of its agenda, until it ends."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from opsdata import queries
from opsdata.analyse import ANALYSES
from opsdata.filters import Filters
from opsdata.meeting import build, others
from opsdata.meeting.week import week
from opsdata.reports.minutes import Minutes, Slide, from_json, to_json
from opsdata.store import Store
from opsdata.team import decisions, meetings, targets
from opsdata.team.decisions import Decision, Scope
from opsdata.team.targets import Target
from tests import exports
from tests.conftest import Take
from tests.pages import Open, said

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 16, 9, 30)
ONE = Decision(
    "晚上八点发", "编导", date(2026, 2, 1), date(2026, 3, 1), Scope.SLOTS, ("weekday-20",)
)


def page(found: Minutes | None, key: str) -> Slide:
    assert found is not None
    return next(one for one in found.slides if one.key == key)


def test_what_is_stored_comes_back_as_it_was(filled: Store) -> None:
    targets.keep(filled, Target("views", "", date(2026, 3, 1), date(2026, 3, 31), 5000))
    made = [build.build(filled, lang, NOW, 3) for lang in ("zh", "en")]
    assert from_json(to_json(made)) == {"zh": made[0], "en": made[1]}


def test_both_languages_have_the_same_pages_and_the_same_numbers(filled: Store) -> None:
    zh, en = (build.build(filled, lang, NOW, 3) for lang in ("zh", "en"))
    assert [one.key for one in zh.slides] == [one.key for one in en.slides]
    for one, other in zip(zh.slides, en.slides, strict=True):
        assert [f.cell.value for f in one.figures] == [f.cell.value for f in other.figures]
        assert one.title != other.title


def test_the_numbers_are_those_of_the_week(filled: Store) -> None:
    filters = week(filled)
    assert filters is not None
    views = float(queries.measure(filled, ["views"], filters)["views"][0])
    found = page(build.build(filled, "zh", NOW, 1), "goals")
    assert found.figures[0].cell.value == views
    assert filters.days == 7


def test_numbers_stay_while_imports_go_on(filled: Store, take: Take, tmp_path: Path) -> None:
    key = build.start(filled, NOW)
    before = build.load(filled, key, "zh")
    rows = [["2026-03-13", 99999]]
    header = ["日期", "播放量"]
    take(exports.write_xlsx(tmp_path / "播放量数据-新.xlsx", header, rows, numbers=True))
    assert float(queries.measure(filled, ["views"], Filters(basis="happened"))["views"][0]) > 99999  # type: ignore[arg-type]
    assert build.load(filled, key, "zh") == before
    assert before is not None
    assert before.frozen == f"数字定格于 03-16 09:30，第 {before.version} 版"


def test_the_agenda_is_remembered(filled: Store) -> None:
    items = list(build.agenda(filled))
    assert [one.key for one in items] == list(build.BLOCKS)
    items[1], items[2] = items[2], items[1]
    items[3] = replace(items[3], on=False, minutes=12)
    meetings.keep_agenda(filled, items)
    assert list(build.agenda(filled)) == items
    keys = [one.key for one in build.build(filled, "zh", NOW, 1).slides]
    assert items[3].key not in keys
    assert keys.index("goals") < keys.index("until")


def test_due_reviews_are_the_first_page_and_their_result_is_kept_as_frozen(filled: Store) -> None:
    decision = decisions.keep(filled, ONE)
    key = build.start(filled, NOW)
    found = build.load(filled, key, "zh")
    assert found is not None
    assert found.slides[0].key == "reviews"
    ((kept, outcome),) = build.outcomes(filled, key)
    assert (kept, outcome.verdict, outcome.came_true) == (decision, "not_enough", None)
    assert "证据不足" in page(found, "reviews").table.rows[0][7].text  # type: ignore[union-attr]
    decisions.close(filled, kept, outcome)
    assert build.outcomes(filled, key) == []
    assert decisions.decisions(filled)[0].outcome == outcome


def test_what_is_decided_in_a_meeting_stands_in_its_minutes(filled: Store) -> None:
    decisions.keep(filled, ONE)
    key = build.start(filled, NOW)
    assert page(build.load(filled, key, "zh"), "new").table is None
    build.decide(filled, key, replace(ONE, what="每条加字幕", decided=date(2026, 3, 16)))
    build.speak(filled, key, "why", "只谈一条")
    for lang in ("zh", "en"):
        found = build.load(filled, key, lang)
        table = page(found, "new").table
        assert table is not None
        assert [row[0].text for row in table.rows] == ["每条加字幕"]
        assert page(found, "why").spoken == "只谈一条"


def test_competitors_comments_and_surveys_appear_once_there_is_an_analysis(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert others.competitors(filled) is None or "benchmark" in ANALYSES
    both = {"posts": 3, "interactions": 9, "typical_interactions": 3.0, "share_of_voice": 0.5,
            "share_of_interactions": 0.5}  # fmt: skip
    found = [{"account": "对手", "own": False, "rank": 1, **both},
             {"account": "测试号", "own": True, "rank": 2, **both}]  # fmt: skip
    monkeypatch.setitem(ANALYSES, "benchmark", lambda *_: {"accounts": found})
    monkeypatch.setitem(
        ANALYSES, "comments",
        lambda *_: {"total": 50, "negative": 5, "negative_low": 0.04, "negative_high": 0.21,
                    "terms": [{"term": "快递", "count": 4, "before": 1}], "waiting": 2},
    )  # fmt: skip
    monkeypatch.setitem(ANALYSES, "survey", lambda *_: {"responses": 0})
    rivals = others.competitors(filled)
    assert rivals is not None
    assert rivals.answer == "「测试号」在 2 个账号里排第 2。"
    voices = others.voices(filled)
    assert voices is not None
    assert [one.cell.text for one in voices.figures] == ["50", "10.0%", "2"]
    assert voices.table is not None
    assert [cell.text for cell in voices.table.rows[0]] == ["快递", "4", "1"]


def test_an_empty_database_has_no_meeting(visit: Open, undone_file: Path) -> None:
    assert "还没有可以开会的数据" in said(visit(undone_file, "meeting"))


@pytest.fixture
def held(visit: Open, filled_file: Path, tmp_path: Path) -> AppTest:
    path = Path(shutil.copy(filled_file, tmp_path / "ops.duckdb"))
    app = visit(path, "meeting")
    app.button(key="meeting_start").click().run()
    return app


def test_a_meeting_is_led_from_page_to_page(held: AppTest) -> None:
    assert "数据截至" in said(held)
    held.button(key="stage_next").click().run()
    assert "目标" in said(held)
    assert held.query_params["slide"] in ("2", ["2"])
    held.button(key="stage_back").click().run()
    held.button(key="stage_end").click().run()
    assert "meeting" not in held.query_params
    assert "继续" not in said(held)


def test_a_rerun_that_set_out_earlier_does_not_turn_the_page_back(held: AppTest) -> None:
    held.button(key="stage_next").click().run()
    held.query_params["slide"] = "1"
    held.run()
    assert "目标" in said(held)


def test_the_page_shows_every_cell_of_the_minutes(held: AppTest) -> None:
    held.button(key="stage_next").click().run()
    from opsdata.ui import data

    slides = json.loads(meetings.snapshot(data.store(), 1) or "[]")[0]["slides"]
    shown = next(one for one in slides if one["key"] == "goals")
    assert [m.value for m in held.metric] == [f["cell"]["text"] for f in shown["figures"]]


def test_an_unknown_meeting_says_so(visit: Open, filled_file: Path) -> None:
    app = visit(filled_file, "meeting", meeting="99")
    assert any("没有这次会议" in one.value for one in app.info)
