"""The page of the plan: board, week and table, what became of it, uploads, and the ways in."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from opsdata.team import plan
from opsdata.team.plan import Item
from opsdata.ui import data
from opsdata.ui.plan_table import item_of
from tests import exports
from tests.conftest import ACCOUNT
from tests.pages import Open, captured, downloaded, said

EVIL = "<img src=x onerror=alert(1)> [a](javascript:alert(1)) **b**"


def test_the_answer_comes_first_and_the_board_has_a_card_for_each(
    visit: Open, sample_file: Path
) -> None:
    app = visit(sample_file, "plan")
    answer = app.subheader[0].value
    assert "接下来 7 天要发 5 条" in answer
    assert "错过 2 条" in answer
    assert "拿不准" in answer
    assert "请粉丝点菜，一周七天照做" in said(app).replace("\\", "")
    assert "全网最低" in said(app)
    assert b"BEGIN:VEVENT" in captured["plan_ics"]()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", ["board", "week", "table", "nope"])
def test_every_view_opens_from_its_address(
    visit: Open, sample_file: Path, view: str, lang: str
) -> None:
    app = visit(sample_file, "plan", lang, view=view, monday="2026-11-11", doer="小林")
    assert not app.exception
    shown = app.get("segmented_control")[0].value
    assert shown == (view if view != "nope" else "board")


def test_a_week_shows_what_was_planned_and_what_was_not(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, "plan", view="week", monday="2026-11-12")
    text = said(app)
    assert "11月9日" in text
    assert "错过" in text
    assert "计划外" in text
    app.button(key="plan_week_before").click().run()
    assert app.session_state["monday"] == "2026-11-02"
    app.button(key="plan_week_now").click().run()
    assert app.session_state["monday"] == ""


def test_the_owner_in_the_address_narrows_the_plan(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, "plan", view="table", doer="大川")
    table = downloaded(app, "plan_csv")
    assert len(table) == 3
    assert set(table["负责人"]) == {"大川"}


def test_what_became_of_the_plan_is_downloaded_as_shown(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, "plan")
    table = downloaded(app, "plan_against_csv")
    assert list(table["结果"]).count("已发") == 5
    assert list(table["结果"]).count("错过") == 2
    missed = table[table["结果"] == "错过"]
    assert missed["播放"].isna().all()


@pytest.mark.usefixtures("alone")
def test_a_card_moves_with_a_click_and_a_question_is_answered(
    visit: Open, filled_file: Path
) -> None:
    app = visit(filled_file, "plan")
    assert "计划还是空的" in app.subheader[0].value
    own = data.installation().own
    plan.keep(
        own, Item("想法一条"), Item(EVIL), Item("", "topic", datetime(2026, 3, 3, 12), ACCOUNT)
    )
    app.run()
    assert "<img" not in said(app).replace("\\<", "")
    key = next(one.key for one in plan.plan(own) if one.title == "想法一条")
    app.button(key=f"plan_move_{key}").click().run()
    assert {one.title: one.stage for one in plan.plan(own)}["想法一条"] == "topic"
    app.switch_page("pages/plan.py").run()
    assert not app.exception


@pytest.mark.usefixtures("alone")
def test_an_ambiguous_work_is_asked_for_and_told(visit: Open, filled_file: Path) -> None:
    visit(filled_file, "plan")
    own = data.installation().own
    plan.keep(own, Item("早餐饼的各种做法", "planned", datetime(2026, 3, 3, 20), ACCOUNT))
    app = visit(filled_file, "plan")
    assert "拿不准" in said(app)
    app.button(key="plan_is_1_0").click().run()
    assert "拿不准，请" not in said(app)
    (one,) = plan.plan(own)
    assert (one.stage, bool(one.video)) == ("done", True)


@pytest.mark.usefixtures("alone")
def test_a_table_is_uploaded_told_and_taken_back(
    visit: Open, filled_file: Path, tmp_path: Path
) -> None:
    app = visit(filled_file, "plan")
    rows = [["饼", "2026-03-20 19:30", "好"], ["", "2026-03-21", ""], ["汤", "哪天", ""]]
    path = exports.write_csv(tmp_path / "a.csv", ["标题", "时间", "心情"], rows)
    app.file_uploader[0].upload("<b>周.csv", path.read_bytes())
    app.run()
    text = said(app)
    assert "共 3 行：新增 1 条，更新 0 条，已有 0 条，没收 2 行" in text
    assert "没有用到的列：心情" in text
    assert "先空着：阶段、账号、提出人、负责人、备注" in text
    assert "第 3 行没有收：没有标题" in text
    assert "看不懂" in text
    app.button(key="plan_undo_1").click().run()
    assert "已撤回" in said(app)
    assert plan.plan(data.installation().own) == ()
    app.file_uploader[0].upload("b.csv", "播放,点赞\n1,2\n".encode())
    app.run()
    assert any("找不到标题这一列" in one.value for one in app.error)


@pytest.mark.usefixtures("alone")
def test_drawn_times_go_into_the_plan_with_one_click(visit: Open, sample_file: Path) -> None:
    app = visit(sample_file, "timing")
    before = len(plan.plan(data.store()))
    app.button(key="slotplan_take").click().run()
    put = len(plan.plan(data.store())) - before
    assert put > 0
    assert f"这 {put} 条都在计划里了" in said(app)
    assert app.button(key="slotplan_take").disabled


def test_titles_of_the_plan_are_checked_on_the_page_of_comments(
    visit: Open, sample_file: Path
) -> None:
    text = said(visit(sample_file, "comments"))
    assert "计划里的标题" in text
    assert "全网最低价的取暖器值得买吗" in text.replace("\\", "")


def test_the_template_stands_beside_the_drop_zone(visit: Open, undone_file: Path) -> None:
    visit(undone_file, "plan")
    made = captured["plan_template_xlsx"]()
    assert next(iter(pd.read_excel(io.BytesIO(made)).columns)) == "标题"


def row(**cells: object) -> dict[str, object]:
    """A row of the table as the page gives it back."""
    names = ("title", "stage", "slot", "account", "proposer", "owner", "note", "result", "key")
    return {**dict.fromkeys(names), "slot": pd.NaT, "result": "", **cells}


def test_a_row_of_the_table_becomes_the_work_it_was(visit: Open, undone_file: Path) -> None:
    visit(undone_file, "plan")
    noon = datetime(2026, 3, 3, 12)
    known = {3: Item("饼", "planned", noon, proposer="小林", votes=("阿杰",), origin="x", key=3)}
    kept = {"key": 3.0, "slot": pd.Timestamp(noon), "proposer": "小林"}
    changed = item_of(known, row(title="大饼 ", stage="edit", **kept))
    assert changed == Item(
        "大饼", "edit", noon, proposer="小林", votes=("阿杰",), origin="x", key=3
    )
    published = item_of(known, row(title="饼", stage="done", result="已发", **kept))
    assert published == known[3]
    assert item_of(known, row(title="新的")) == Item("新的")
    assert item_of(known, row()) is None
